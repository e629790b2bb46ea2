"""A list of titles with a quieter line below each, and how other entries take the place of those before."""

from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from studyapp.ui.theme import Theme
from studyapp.ui.widgets.choice_delegate import SUBTITLE, ChoiceDelegate

_KEY = Qt.ItemDataRole.UserRole


class EntryList(QListWidget):
    """Entries that wrap at the width of the list."""

    def __init__(self, name: str, theme: Theme) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setItemDelegate(ChoiceDelegate(theme, self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """At another width other heights: Qt asks for them again only where no layout is pending."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def fill(self, items: list[QListWidgetItem]) -> None:
        """Put other entries in, and leave the view where it is, on the same entry where that is still there."""
        key, scrolled = key_of(self.currentItem()), self.verticalScrollBar().value()
        with QSignalBlocker(self):
            self.clear()
            for item in items:
                self.addItem(item)
            self.choose(key)
        self.doItemsLayout()
        self.verticalScrollBar().setValue(scrolled)

    def choose(self, key: Any) -> None:
        """Mark the entry that stands for this, where there is one."""
        for i in range(self.count()):
            if key_of(self.item(i)) == key:
                self.setCurrentRow(i)

    @property
    def in_view(self) -> bool:
        """Whether one sees the chosen entry."""
        item = self.currentItem()
        return item is not None and self.viewport().rect().intersects(self.visualItemRect(item))


def key_of(item: QListWidgetItem | None) -> Any:
    """What an entry stands for; None where there is none."""
    return item.data(_KEY) if item is not None else None


def entry(key: Any, title: str, detail: str) -> QListWidgetItem:
    """An entry with a quieter line below its title."""
    item = QListWidgetItem(title)
    item.setData(_KEY, key)
    item.setData(SUBTITLE, detail)
    item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{title}, {detail}")
    return item
