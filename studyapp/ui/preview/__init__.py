"""The preview of a deck."""
