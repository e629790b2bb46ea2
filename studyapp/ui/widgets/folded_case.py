"""The case of a question, folded away above it until it is wanted."""

from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout, QWidget

from studyapp.core.deck import Case
from studyapp.ui.theme import Theme
from studyapp.ui.widgets.layout import button, row, rule
from studyapp.ui.widgets.reading import ReadingText


class FoldedCase(QWidget):
    """One line with the title, and below it the text while it is folded out; hidden without a case.

    Whether it is folded out stays so from one case to the next.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._title = ""
        self._open = False
        self._fold = button("", self.toggle, "quiet")
        self._text = ReadingText(theme)
        self._text.setAccessibleName("Case study")
        self._end = rule()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(row(self._fold, None))
        for part in (self._text, self._end):
            column.addWidget(part)
        self.show_case(None)

    def show_case(self, case: Case | None, folder: Path | None = None) -> None:
        """Show a case; ``folder`` is where its images lie."""
        self.setVisible(case is not None)
        if case is not None:
            self._title = case.title
            self._text.show_markdown(case.text, folder)
            self._render()

    def toggle(self) -> None:
        """Fold the text out, or away again, where there is one."""
        if not self.isHidden():
            self._open = not self._open
            self._render()

    def _render(self) -> None:
        self._fold.setText(f"{'▾' if self._open else '▸'} Case: {self._title}")
        self._fold.setAccessibleName(f"{'Fold' if self._open else 'Show'} the case {self._title}")
        for part in (self._text, self._end):
            part.setVisible(self._open)
