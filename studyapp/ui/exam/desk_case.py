"""The case of a question: a pane of its own with a search, which keeps its place between the case's questions."""

from pathlib import Path

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from studyapp.ui.theme import Theme
from studyapp.ui.widgets.layout import label, row, scrolling
from studyapp.ui.widgets.reading import Mark, ReadingText


class _SearchField(QLineEdit):
    """``step`` comes with 1 for Enter and -1 for Shift+Enter, ``done`` with Escape."""

    step = Signal(int)
    done = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes from match to match, Escape ends the search."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.step.emit(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        elif event.key() == Qt.Key.Key_Escape:
            self.clear()
            self.done.emit()
        else:
            super().keyPressEvent(event)


class CasePane(QWidget):
    """The text of a case. ``search_done`` tells that the search was left with Escape."""

    search_done = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._case = ""
        self._scrolled: dict[str, int] = {}
        self._wanted: int | None = None
        self._matches: list[tuple[int, int]] = []
        self._match = 0
        self._title = label("", "section", wrap=True)
        self._search = _SearchField()
        self._search.setPlaceholderText("Search the case   ( / )")
        self._search.setAccessibleName("Search the case")
        self._search.setClearButtonEnabled(True)
        self._found = label("", "faint")
        self._text = ReadingText(theme)
        self._text.setAccessibleName("Case study")
        self._body = QWidget()
        self._body.setObjectName("page")
        inner = QVBoxLayout(self._body)
        inner.setContentsMargins(24, 8, 24, 24)
        inner.addWidget(self._text)
        inner.addStretch(1)
        self._area = scrolling(self._body)
        self._area.setAccessibleName("Case study, scrolls")
        self._area.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        head = QVBoxLayout()
        head.setContentsMargins(24, 24, 24, 8)
        head.setSpacing(12)
        head.addWidget(self._title)
        head.addLayout(row(self._search, self._found))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(head)
        outer.addWidget(self._area, 1)
        self._search.textChanged.connect(self._look_for)
        self._search.step.connect(self._step)
        self._search.done.connect(self.search_done)
        bar = self._area.verticalScrollBar()
        bar.rangeChanged.connect(self._scroll_back)
        bar.valueChanged.connect(self._note_scroll)

    def show_case(self, case: str, title: str, text: str, folder: Path | None = None) -> None:
        """Show a case where it was left; without a text the pane is hidden."""
        if text and case != self._case:
            self._case = case
            self._wanted = self._scrolled.get(case, 0)
            self._title.setText(title)
            self._text.show_markdown(text, folder)
            self._look_for(self._search.text())
            self._scroll_back()
        elif text and self.isHidden():
            self._wanted = self._scrolled.get(case, 0)
        self.setVisible(bool(text))

    def search(self) -> None:
        """Let the learner type what to look for."""
        if not self.isHidden():
            self._search.setFocus()
            self._search.selectAll()

    def _note_scroll(self, value: int) -> None:
        # While the text is laid out anew the bar moves by itself.
        if self._wanted is None and self.isVisible():
            self._scrolled[self._case] = value

    def _scroll_back(self) -> None:
        bar = self._area.verticalScrollBar()
        if self._wanted is not None and bar.maximum() >= self._wanted:
            wanted, self._wanted = self._wanted, None
            bar.setValue(wanted)

    def _look_for(self, words: str) -> None:
        text, words = self._text.toPlainText().casefold(), words.casefold()
        self._matches, self._match = [], 0
        start = text.find(words) if words else -1
        while start >= 0:
            self._matches.append((start, start + len(words)))
            start = text.find(words, start + len(words))
        self._show_match()

    def _step(self, by: int) -> None:
        if self._matches:
            self._match = (self._match + by) % len(self._matches)
            self._show_match()

    def _show_match(self) -> None:
        self._text.show_marks(
            [Mark(*m, "caution" if i == self._match else "info") for i, m in enumerate(self._matches)]
        )
        count = len(self._matches)
        self._found.setText(f"{self._match + 1} of {count}" if count else "none" if self._search.text() else "")
        self._found.setAccessibleName(f"Match {self._found.text()}" if self._found.text() else "")
        if count:
            place = self._text.cursorRect(self._text.select(*self._matches[self._match])).center()
            place = self._text.mapTo(self._body, place)
            self._area.ensureVisible(0, QPoint(place).y(), 0, self._area.height() // 3)
