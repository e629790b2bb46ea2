"""Mending an item where it was seen."""
