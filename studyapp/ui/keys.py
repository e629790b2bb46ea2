"""What ``?`` shows: the keys of the page on screen, and those that work everywhere."""

import sys

from PySide6.QtWidgets import QDialog, QGridLayout, QVBoxLayout

from studyapp.ui.main_window import PAGES, MainWindow
from studyapp.ui.widgets.layout import button, label, row

EVERYWHERE = (
    *((f"Ctrl+{i}", title) for i, (_, title) in enumerate(PAGES, start=1)),
    ("Ctrl + and Ctrl -", "Larger and smaller text"),
    ("?", "These keys"),
)


def show_keys(window: MainWindow) -> None:
    """Open the list of keys for the page on screen."""
    dialog = QDialog(window)
    dialog.setWindowTitle("Keys")
    column = QVBoxLayout(dialog)
    column.setContentsMargins(24, 24, 24, 24)
    column.setSpacing(12)
    here = getattr(sys.modules[type(window.page).__module__], "KEYS", ())
    for title, keys in (("On this page", here), ("Everywhere", EVERYWHERE)):
        if not keys:
            continue
        column.addWidget(label(title, "section"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        for i, (key, what) in enumerate(dict(keys).items()):
            grid.addWidget(label(key, "strong"), i, 0)
            grid.addWidget(label(what), i, 1)
        grid.setColumnStretch(1, 1)
        column.addLayout(grid)
    column.addLayout(row(None, button("Close", dialog.accept)))
    dialog.setModal(True)
    dialog.open()
