"""The page one opens the program to."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QPushButton

from studyapp.ui.theme import Theme
from studyapp.ui.today.state import Tile, TodayState
from studyapp.ui.today.view_model import TodayViewModel
from studyapp.ui.widgets.layout import ScrollPage, button, clear, label, row, sheet, shortcut

KEYS = (("Enter", "Take the next step"),)


class TodayPage(ScrollPage):
    """The next step on a sheet of its own, three figures below."""

    def __init__(self, view_model: TodayViewModel, theme: Theme) -> None:
        super().__init__("Today", theme)
        self._vm = view_model
        self._state: TodayState | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        frame, step = sheet(24)
        self._headline = label("", "section", wrap=True)
        self._detail = label("", "soft", wrap=True)
        self._start: QPushButton = button("", view_model.start, "primary")
        step.addWidget(self._headline)
        step.addWidget(self._detail)
        step.addSpacing(8)
        step.addLayout(row(self._start, None))
        self.groups.addWidget(frame)
        self._tiles = QHBoxLayout()
        self._tiles.setSpacing(16)
        self.groups.addLayout(self._tiles)
        self.groups.addStretch(1)
        for keys in ("Return", "Enter"):
            shortcut(self, keys, view_model.start)
        view_model.changed.connect(self.render_state)
        self.render_state(view_model.state)

    def fit(self, narrow: bool) -> None:
        """The figures below each other where there is no room for three."""
        directions = QBoxLayout.Direction
        self._tiles.setDirection(directions.TopToBottom if narrow else directions.LeftToRight)

    def render_state(self, state: TodayState) -> None:
        """Show a state; showing it twice changes nothing."""
        if state == self._state:
            return
        self._state = state
        self.title.setText(state.greeting)
        self._headline.setText(state.headline)
        self._detail.setText(state.detail)
        self._detail.setVisible(bool(state.detail))
        self._start.setText(f"{state.action}  ⏎")
        self._start.setAccessibleName(state.action)
        self._start.setVisible(bool(state.action))
        clear(self._tiles)
        for tile in state.tiles:
            self._tiles.addWidget(self._tile(tile), 1)

    def _tile(self, tile: Tile) -> QFrame:
        frame, inner = sheet(16)
        frame.setAccessibleName(f"{tile.title}: {tile.number}, {tile.detail}")
        inner.addWidget(label(tile.title, "soft"))
        inner.addWidget(label(tile.number, "number"))
        inner.addWidget(label(tile.detail, "faint", wrap=True))
        inner.addStretch(1)
        if tile.action:
            inner.addLayout(row(-8, button(tile.action, lambda: self._vm.follow(tile.route), "quiet"), None))
        return frame
