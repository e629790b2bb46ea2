"""One question of the results, in the open."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from studyapp.core.scoring import Outcome
from studyapp.ui.exam.results_view_model import Answered
from studyapp.ui.theme import Theme
from studyapp.ui.widgets.layout import button, label, row, rule, sheet
from studyapp.ui.widgets.options import OptionList
from studyapp.ui.widgets.reading import Mark, ReadingText

_ROLES = {Outcome.RIGHT: "right", Outcome.WRONG: "wrong", Outcome.UNANSWERED: "caution"}


class QuestionSheet(QWidget):
    """A sheet with stem, options and rationales, and what the learner left on them.

    It works out its height by itself: in a layout with hundreds of texts each new one would be asked for its height
    together with all the others. ``edit`` and ``report`` ask for that, with the question.
    """

    edit = Signal(object)
    report = Signal(object)

    def __init__(self, answered: Answered, theme: Theme) -> None:
        super().__init__()
        self.answered = answered
        self._frame, inner = sheet(24)
        self.title = label(f"Question {answered.number}", "section")
        headline = label(answered.headline, _ROLES[answered.outcome], wrap=True)
        of = f"question {answered.number}"
        edit = button("Edit", lambda: self.edit.emit(answered), "quiet", name=f"Edit {of}")
        report = button("Report", lambda: self.report.emit(answered), "quiet", name=f"Report {of}")
        inner.addLayout(row(self.title, 8, headline, edit, report))
        if answered.case_title:
            inner.addWidget(label(f"Case: {answered.case_title}", "faint", wrap=True))
        for remark in answered.remarks:
            inner.addWidget(label(remark, "soft", wrap=True))
        stem = ReadingText(theme)
        stem.show_markdown(answered.stem, answered.folder)
        stem.show_marks([Mark(start, end) for start, end in answered.highlights])
        inner.addWidget(stem)
        options = OptionList(theme)
        options.render_views(answered.options, multiple=answered.multiple, enabled=False, folder=answered.folder)
        inner.addWidget(options)
        if answered.note:
            inner.addWidget(label("Your note", "strong"))
            inner.addWidget(label(answered.note, wrap=True))
        if answered.changed:
            inner.addWidget(rule())
            changed = ReadingText(theme, "soft")
            changed.show_markdown(f"**What changed since the notes.** {answered.changed}", answered.folder)
            inner.addWidget(changed)
        self._frame.setParent(self)

    def event(self, event: QEvent) -> bool:
        """A text that changed its size wants another height."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width wants another height."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        height = self._frame.heightForWidth(self.width())
        self._frame.setGeometry(0, 0, self.width(), height)
        self.setFixedHeight(height)
