"""The use cases that a screen or a command drives."""
