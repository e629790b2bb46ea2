"""What ``?`` shows: the keys of the page on screen, and those that work everywhere."""

import sys

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QVBoxLayout, QWidget

from studyapp.ui.main_window import PAGES, MainWindow
from studyapp.ui.widgets.layout import button, label, row, scrolling

# In characters.
_WIDTH = 88

EVERYWHERE = (
    *((f"Ctrl+{i}", title) for i, (_, title) in enumerate(PAGES, start=1)),
    ("Ctrl + and Ctrl -", "Larger and smaller text"),
    ("?", "These keys"),
)


def show_keys(window: MainWindow) -> None:
    """Open the list of keys for the page on screen; it is no larger than the window, and scrolls."""
    dialog = QDialog(window)
    dialog.setWindowTitle("Keys")
    body = QWidget()
    body.setObjectName("page")
    column = QVBoxLayout(body)
    column.setContentsMargins(24, 24, 24, 8)
    column.setSpacing(12)
    here = getattr(sys.modules[type(window.page).__module__], "KEYS", ())
    for title, keys in (("On this page", here), ("Everywhere", EVERYWHERE)):
        if not keys:
            continue
        column.addWidget(label(title, "section"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        for i, (key, what) in enumerate(dict(keys).items()):
            grid.addWidget(label(key, "strong", wrap=True), i, 0)
            grid.addWidget(label(what, wrap=True), i, 1)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 3)
        column.addLayout(grid)
    area = scrolling(body)
    area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    area.setAccessibleName("Keys")
    foot = row(None, button("Close", dialog.accept))
    foot.setContentsMargins(24, 8, 24, 16)
    outer = QVBoxLayout(dialog)
    outer.setContentsMargins(0, 0, 0, 0)
    outer.addWidget(area, 1)
    outer.addLayout(foot)
    width = min(dialog.fontMetrics().averageCharWidth() * _WIDTH, window.width() - 40)
    height = body.heightForWidth(width) + foot.sizeHint().height() + 24
    dialog.resize(width, min(height, window.height() - 40))
    dialog.setModal(True)
    dialog.open()
    area.setFocus()
