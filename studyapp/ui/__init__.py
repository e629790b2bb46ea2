"""The PySide6 window, and the only place that imports Qt."""
