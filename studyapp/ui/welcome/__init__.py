"""The two questions of the first start."""
