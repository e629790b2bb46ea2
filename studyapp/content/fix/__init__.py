"""Mending what can be mended safely: only the characters that the problem is made of change."""
