"""The practice exam: choosing one, sitting it, its results."""
