"""A card or a question as a preview shows it: as it is asked, or in the open with its key and all rationales."""

from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout, QWidget

from studyapp.core.deck import Card, Case, Question
from studyapp.ui.card_words import sides
from studyapp.ui.theme import Theme
from studyapp.ui.widgets.folded_case import FoldedCase
from studyapp.ui.widgets.layout import label, rule
from studyapp.ui.widgets.options import OptionList, OptionView, Verdict
from studyapp.ui.widgets.reading import ReadingText


class ItemView(QWidget):
    """Shows one item; kept and filled anew for the next."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._headline = label("", "faint", wrap=True)
        self.case = FoldedCase(theme)
        self._first = ReadingText(theme)
        self._line = rule()
        self._second = ReadingText(theme)
        self._options = OptionList(theme)
        self._changed = ReadingText(theme, "soft")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        for part in (self._headline, self.case, self._first, self._line, self._second, self._options, self._changed):
            column.addWidget(part)
        column.addStretch(1)

    def show_item(
        self,
        item: Card | Question,
        headline: str,
        folder: Path | None = None,
        *,
        answered: bool = True,
        case: tuple[Case | None, Path | None] = (None, None),
    ) -> None:
        """Show an item; ``headline`` is a quiet line above it, ``folder`` where its images lie.

        ``answered`` shows the answer with it; ``case`` is the case of a question and where that one's images lie.
        """
        question = isinstance(item, Question)
        self._headline.setText(headline)
        self.case.show_case(*case)
        if isinstance(item, Question):
            self._first.show_markdown(item.stem, folder)
            self._options.render_views(_views(item, answered), multiple=len(item.key) > 1, enabled=False, folder=folder)
        else:
            front, back = sides(item)
            self._first.show_markdown(front, folder)
            self._second.show_markdown(back, folder)
        self._options.setVisible(question)
        self._line.setVisible(answered and not question)
        self._second.setVisible(answered and not question)
        changed = item.changed if answered else ""
        self._changed.setVisible(bool(changed))
        self._changed.show_markdown(f"**What changed since the notes.** {changed}" if changed else "", folder)


def _views(question: Question, answered: bool) -> tuple[OptionView, ...]:
    if not answered:
        return tuple(OptionView(option.text, chosen=False) for option in question.options)
    return tuple(
        OptionView(
            option.text,
            chosen=False,
            verdict=Verdict.KEY if option.correct else Verdict.OTHER,
            note="✓ Right answer" if option.correct else "",
            rationale=option.rationale,
        )
        for option in question.options
    )
