"""A card or a question in the open, as a preview shows it: with its key, all rationales, and what changed."""

from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout, QWidget

from studyapp.core.deck import Card, Question
from studyapp.ui.card_words import sides
from studyapp.ui.theme import Theme
from studyapp.ui.widgets.layout import label, rule
from studyapp.ui.widgets.options import OptionList, OptionView, Verdict
from studyapp.ui.widgets.reading import ReadingText


class ItemView(QWidget):
    """Shows one item; kept and filled anew for the next."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._headline = label("", "faint", wrap=True)
        self._first = ReadingText(theme)
        self._line = rule()
        self._second = ReadingText(theme)
        self._options = OptionList(theme)
        self._changed = ReadingText(theme, "soft")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        for part in (self._headline, self._first, self._line, self._second, self._options, self._changed):
            column.addWidget(part)
        column.addStretch(1)

    def show_item(self, item: Card | Question, headline: str, folder: Path | None = None) -> None:
        """Show an item; ``headline`` is a quiet line above it, ``folder`` where its images lie."""
        question = isinstance(item, Question)
        self._headline.setText(headline)
        if isinstance(item, Question):
            self._first.show_markdown(item.stem, folder)
            views = tuple(
                OptionView(
                    option.text,
                    chosen=False,
                    verdict=Verdict.KEY if option.correct else Verdict.OTHER,
                    note="✓ Right answer" if option.correct else "",
                    rationale=option.rationale,
                )
                for option in item.options
            )
            self._options.render_views(views, multiple=len(item.key) > 1, enabled=False, folder=folder)
        else:
            front, back = sides(item)
            self._first.show_markdown(front, folder)
            self._second.show_markdown(back, folder)
        self._options.setVisible(question)
        self._line.setVisible(not question)
        self._second.setVisible(not question)
        self._changed.setVisible(bool(item.changed))
        self._changed.show_markdown(f"**What changed since the notes.** {item.changed}" if item.changed else "", folder)
