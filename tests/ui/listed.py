"""The list of the Decks page, as one sees it."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListWidget

from studyapp.ui.widgets.choice_delegate import SUBTITLE


def deck_list(page) -> QListWidget:
    return next(view for view in page.findChildren(QListWidget) if view.accessibleName() == "Decks")


def listed(page) -> list[tuple[str, str]]:
    """Each line: title and what stands below it."""
    view = deck_list(page)
    return [(view.item(i).text(), view.item(i).data(SUBTITLE)) for i in range(view.count())]


def choose(page, title: str) -> None:
    """Click on the line of this title."""
    view = deck_list(page)
    item = next(view.item(i) for i in range(view.count()) if view.item(i).text() == title)
    view.scrollToItem(item)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualItemRect(item).center())
    QApplication.processEvents()
