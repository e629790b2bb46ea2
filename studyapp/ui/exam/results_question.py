"""One question of the results, in the open."""

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QFrame, QTextEdit

from studyapp.core.scoring import Outcome
from studyapp.ui.exam.results_view_model import Answered
from studyapp.ui.theme import Theme
from studyapp.ui.widgets.layout import label, row, rule, sheet
from studyapp.ui.widgets.options import OptionList
from studyapp.ui.widgets.reading import ReadingText

_ROLES = {Outcome.RIGHT: "right", Outcome.WRONG: "wrong", Outcome.UNANSWERED: "caution"}


def question_sheet(answered: Answered, theme: Theme) -> QFrame:
    """A sheet with stem, options and rationales, and what the learner left on them."""
    frame, inner = sheet(24)
    number = label(f"Question {answered.number}", "section")
    headline = label(answered.headline, _ROLES[answered.outcome], wrap=True)
    inner.addLayout(row(number, 8, headline))
    if answered.case_title:
        inner.addWidget(label(f"Case: {answered.case_title}", "faint", wrap=True))
    for remark in answered.remarks:
        inner.addWidget(label(remark, "soft", wrap=True))
    stem = ReadingText(theme)
    stem.show_markdown(answered.stem)
    _highlight(stem, answered.highlights, theme)
    inner.addWidget(stem)
    options = OptionList(theme)
    options.render_views(answered.options, multiple=answered.multiple, enabled=False)
    inner.addWidget(options)
    if answered.note:
        inner.addWidget(label("Your note", "strong"))
        inner.addWidget(label(answered.note, wrap=True))
    if answered.changed:
        inner.addWidget(rule())
        changed = ReadingText(theme, "soft")
        changed.show_markdown(f"**What changed since the notes.** {answered.changed}")
        inner.addWidget(changed)
    return frame


def _highlight(stem: ReadingText, ranges: tuple[tuple[int, int], ...], theme: Theme) -> None:
    selections = []
    for start, end in ranges:
        selection = QTextEdit.ExtraSelection()
        selection.format.setBackground(theme.colour("caution_tint"))
        selection.cursor = QTextCursor(stem.document())
        selection.cursor.setPosition(start)
        selection.cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        selections.append(selection)
    stem.setExtraSelections(selections)
