"""Controls that the pages around an exam share."""

from collections.abc import Callable, Iterable
from typing import Generic, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QSpinBox, QWidget

from studyapp.ui.widgets.layout import button

T = TypeVar("T")


class NumberBox(QSpinBox):
    """A number that the wheel changes only where the learner is at it, so that scrolling the page does not.

    ``chosen`` is called with a number that the learner chose, once it is typed in full.
    """

    def __init__(self, low: int, high: int, suffix: str, name: str, chosen: Callable[[int], None]) -> None:
        super().__init__()
        self.setRange(low, high)
        self.setSuffix(suffix)
        self.setAccessibleName(name)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setKeyboardTracking(False)
        self.valueChanged.connect(chosen)

    def show_number(self, number: int) -> None:
        """Show a number without telling that it was chosen."""
        self.blockSignals(True)
        self.setValue(number)
        self.blockSignals(False)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The page scrolls, unless the box has the focus."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class Switch(QWidget, Generic[T]):
    """Buttons of which one is on. ``picked`` is called with the value of the one that was clicked."""

    def __init__(self, choices: Iterable[tuple[T, str]], picked: Callable[[T], None], a_row: int) -> None:
        super().__init__()
        self._buttons: dict[T, QPushButton] = {}
        self._a_row = a_row
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(8)
        for value, text in choices:
            made = button(text, lambda v=value: self._clicked(v, picked))  # type: ignore[misc]
            made.setCheckable(True)
            self._buttons[value] = made
        self._arrange()

    def show_choice(self, chosen: T, texts: dict[T, str] | None = None, hidden: Iterable[T] = ()) -> None:
        """Show which is on, with other texts where they changed, without those that are hidden."""
        gone = set(hidden)
        for value, made in self._buttons.items():
            made.setChecked(value == chosen)
            made.setVisible(value not in gone)
            if texts is not None:
                made.setText(texts[value])
        self._arrange()

    def fit(self, a_row: int) -> None:
        """So many beside each other."""
        if a_row != self._a_row:
            self._a_row = a_row
            self._arrange()

    def _clicked(self, value: T, picked: Callable[[T], None]) -> None:
        # What is shown as on follows the state, not the click.
        self._buttons[value].setChecked(not self._buttons[value].isChecked())
        picked(value)

    def _arrange(self) -> None:
        visible = [made for made in self._buttons.values() if not made.isHidden()] or list(self._buttons.values())
        for i, made in enumerate(visible):
            self._grid.addWidget(made, i // self._a_row, i % self._a_row)
        for i in range(self._grid.columnCount()):
            self._grid.setColumnStretch(i, 0)
        self._grid.setColumnStretch(min(self._a_row, len(visible)), 1)
