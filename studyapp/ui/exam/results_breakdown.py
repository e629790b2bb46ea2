"""The score broken down by area, topic, difficulty and so on, one of them at a time."""

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from studyapp.ui.exam.results_view_model import ResultsState, ResultsViewModel
from studyapp.ui.exam.results_words import Line, View
from studyapp.ui.exam.setup_controls import Switch
from studyapp.ui.theme import Theme
from studyapp.ui.widgets.bars import IntervalBar
from studyapp.ui.widgets.layout import clear, label, sheet

_INTERVALS = "The band is where the true share lies, 80 % sure; the dashed line is the pass mark."
_TIMES = "The questions that took you longest, all visits together."


class LengthBar(QWidget):
    """A length between nothing and the longest there is."""

    def __init__(self, theme: Theme, share: float) -> None:
        super().__init__()
        self._theme = theme
        self._share = share
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """A row's height."""
        return QSize(220, max(20, self._theme.type.base + 8))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The axis, and the length on it."""
        c = self._theme.colours
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left, width, middle = 6.0, self.width() - 12.0, self.height() / 2
        painter.setPen(QPen(QColor(c.line), 2))
        painter.drawLine(QPointF(left, middle), QPointF(left + width, middle))
        painter.setPen(QPen(QColor(c.info_line), 1))
        painter.setBrush(QColor(c.info_tint))
        painter.drawRoundedRect(QRectF(left, middle - 4, max(4.0, self._share * width), 8), 4, 4)
        painter.end()


class Breakdown(QFrame):
    """A sheet with a switch and the lines of what is switched on."""

    def __init__(self, view_model: ResultsViewModel, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._shown: tuple[object, ...] = ()
        frame, inner = sheet(24)
        inner.setSpacing(12)
        self._switch = Switch([(view, f"By {view}") for view in View], view_model.set_view, len(View))
        self._lines = QGridLayout()
        self._lines.setHorizontalSpacing(16)
        self._lines.setVerticalSpacing(8)
        self._note = label("", "faint", wrap=True)
        inner.addWidget(label("Score", "section"))
        inner.addWidget(self._switch)
        inner.addLayout(self._lines)
        inner.addWidget(self._note)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(frame)

    def fit(self, narrow: bool) -> None:
        """Fewer buttons beside each other where there is less room."""
        self._switch.fit(3 if narrow else len(View))

    def render_state(self, state: ResultsState) -> None:
        """Show the lines of a state."""
        self._switch.show_choice(state.view, hidden=[view for view in View if view not in state.views])
        shown = (state.lines, state.pass_mark)
        if shown == self._shown:
            return
        self._shown = shown
        clear(self._lines)
        for i, line in enumerate(state.lines):
            self._lines.addWidget(label(line.name, wrap=True), i, 0)
            self._lines.addWidget(label(line.text, "strong"), i, 1)
            self._lines.addWidget(self._bar(line, state.pass_mark / 100), i, 2)
            self._lines.addWidget(label(line.detail, "faint"), i, 3)
        self._lines.setColumnStretch(0, 2)
        self._lines.setColumnStretch(2, 3)
        self._note.setText(_TIMES if state.view is View.TIME else _INTERVALS)

    def _bar(self, line: Line, pass_mark: float) -> QWidget:
        if line.interval is None:
            return LengthBar(self._theme, line.share)
        bar = IntervalBar(self._theme)
        bar.show_share(line.share, line.interval, pass_mark)
        return bar
