"""Before submitting: what is answered, and what is not."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from studyapp.ui import words
from studyapp.ui.exam.desk_view_model import Summary
from studyapp.ui.theme import MARGIN, Theme
from studyapp.ui.widgets.layout import button, clear, label, limit_width, scrolling, sheet

_A_ROW = 10


class SummaryPanel(QWidget):
    """Counts, and a button to each question that is not answered or that is flagged."""

    jump = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        frame, self._column = sheet(24)
        limit_width(frame, 720, theme)
        self._headline = label("", "section", wrap=True)
        self._detail = label("", "soft", wrap=True)
        self._column.addWidget(self._headline)
        self._column.addWidget(self._detail)
        self._unanswered_label = label("Not answered", "strong")
        self._unanswered = QGridLayout()
        self._flagged_label = label("Flagged", "strong")
        self._flagged = QGridLayout()
        for grid in (self._unanswered, self._flagged):
            grid.setSpacing(6)
        self._column.addWidget(self._unanswered_label)
        self._column.addLayout(self._unanswered)
        self._column.addWidget(self._flagged_label)
        self._column.addLayout(self._flagged)
        body = QWidget()
        body.setObjectName("page")
        inner = QVBoxLayout(body)
        inner.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        inner.addWidget(frame)
        inner.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolling(body))

    def show_summary(self, summary: Summary, total: int) -> None:
        """Show the counts and the buttons."""
        missing = len(summary.unanswered)
        self._headline.setText(
            f"All {total} questions are answered."
            if not missing
            else f"{words.counted(missing, 'question')} of {total} not answered"
        )
        self._detail.setText(
            "Submitting ends the exam and shows your results."
            + (" An unanswered question counts as wrong; a guess costs nothing." if missing else "")
        )
        self._fill(self._unanswered, summary.unanswered, "not answered")
        self._fill(self._flagged, summary.flagged, "flagged")
        self._unanswered_label.setVisible(bool(summary.unanswered))
        self._flagged_label.setVisible(bool(summary.flagged))

    def _fill(self, grid: QGridLayout, places: tuple[int, ...], what: str) -> None:
        clear(grid)
        for i, place in enumerate(places):
            made = button(str(place + 1), self._jumper(place), name=f"Go to question {place + 1}, {what}")
            made.setFixedWidth(self._theme.type.base * 4)
            grid.addWidget(made, i // _A_ROW, i % _A_ROW)
        grid.setColumnStretch(_A_ROW, 1)

    def _jumper(self, place: int) -> Callable[[], None]:
        return lambda: self.jump.emit(place)
