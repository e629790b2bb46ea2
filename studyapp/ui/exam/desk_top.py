"""The line above the question: which one it is, its flag, the text size, the time."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QSizePolicy

from studyapp.ui.exam.desk_state import DeskState
from studyapp.ui.exam.desk_view_model import DeskViewModel
from studyapp.ui.settings.view_model import READING_SIZES
from studyapp.ui.theme import Theme
from studyapp.ui.widgets.layout import button, label, set_role


class _Title(QLabel):
    """One line that gives way to what stands beside it."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "faint")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter.setPen(self.palette().windowText().color())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
        painter.end()


class DeskTop(QFrame):
    """``size_wanted`` tells the percentage of the text size that was chosen."""

    size_wanted = Signal(int)

    def __init__(self, view_model: DeskViewModel, theme: Theme) -> None:
        super().__init__()
        self._vm = view_model
        self._theme = theme
        self._number = label("", "section")
        self._title = _Title()
        self._flag = button("⚑ Flag", view_model.toggle_flag, "quiet", name="Flag this question")
        self._flag.setCheckable(True)
        self._size = button("Aa", self.choose_size, "quiet", name="Text size")
        self._pace = label("", "faint")
        self._clock = label("", "strong")
        self._hide = button("Hide", self.toggle_clock, "quiet", name="Hide clock")
        self._pause = button("Pause", view_model.toggle_pause, "quiet")
        self._leave = button("Leave", view_model.ask_to_leave, "quiet")
        self._sizes = QMenu("Text size", self)
        self._hidden = bool(view_model.recall("clock_hidden", 0))
        self._time = ("", "")
        line = QHBoxLayout(self)
        line.setContentsMargins(24, 12, 16, 12)
        line.setSpacing(8)
        line.addWidget(self._number)
        line.addSpacing(4)
        line.addWidget(self._title, 1)
        for control in (self._flag, self._size, self._pace, self._clock, self._hide, self._pause, self._leave):
            line.addWidget(control)
        view_model.ticked.connect(self._show_time)

    def render_state(self, state: DeskState) -> None:
        """Show a state."""
        self._number.setText(f"{state.number} of {state.total}")
        self._title.setText(state.title)
        self._title.setToolTip(state.title)
        self._flag.setChecked(state.flagged)
        self._flag.setText("⚑ Flagged" if state.flagged else "⚑ Flag")
        self._flag.setAccessibleName("Take the flag away" if state.flagged else "Flag this question")
        self._flag.setVisible(not state.reviewing and not state.paused)
        self._pause.setVisible(state.may_pause)
        self._pause.setText("Go on" if state.paused else "Pause")
        self._pause.setAccessibleName("Let the clock go on" if state.paused else "Pause")
        for part in (self._clock, self._hide, self._pace):
            part.setVisible(state.timed)

    def toggle_clock(self) -> None:
        """Hide the clock, or show it; that is remembered."""
        self._hidden = not self._hidden
        self._vm.remember("clock_hidden", int(self._hidden))
        self._show_time(*self._time)

    def choose_size(self) -> None:
        """Offer the text sizes."""
        self._sizes.clear()
        for percent in READING_SIZES:
            entry = QAction(f"{percent} %", self._sizes, checkable=True, checked=percent == self._theme.percent)
            entry.triggered.connect(lambda _checked=False, p=percent: self.size_wanted.emit(p))
            self._sizes.addAction(entry)
            if percent == self._theme.percent:
                self._sizes.setActiveAction(entry)
        self._sizes.popup(self._size.mapToGlobal(self._size.rect().bottomLeft()))

    def _show_time(self, left: str, pace: str) -> None:
        self._time = (left, pace)
        self._clock.setText("" if self._hidden else f"{left} left")
        self._clock.setAccessibleName(f"Time left: {left}")
        set_role(self._clock, "caution" if left < "0:05:00" and not left[1:2].isdigit() else "strong")
        self._pace.setText("" if self._hidden else pace)
        self._hide.setText("Show clock" if self._hidden else "Hide")
        self._hide.setAccessibleName("Show clock" if self._hidden else "Hide clock")
