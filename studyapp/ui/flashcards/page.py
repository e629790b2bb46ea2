"""One sheet in the middle of the page: front, a thin line, back, four buttons with their next interval."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from studyapp.core.scheduler import Rating
from studyapp.ui.flashcards.view_model import FlashcardsState, FlashcardsViewModel
from studyapp.ui.theme import COLUMN_WIDTH, MARGIN, Theme
from studyapp.ui.widgets.layout import button, focused_button, label, limit_width, row, rule, scrolling, sheet
from studyapp.ui.widgets.message_bar import MessageArea
from studyapp.ui.widgets.reading import ReadingText

KEYS = (
    ("Space or Enter", "Show the back; then Good"),
    ("1 – 4", "Again, Hard, Good, Easy"),
    ("U", "Undo"),
    ("E", "Edit the card"),
    ("R", "Report the card"),
)
_NAMES = {Rating.AGAIN: "Again", Rating.HARD: "Hard", Rating.GOOD: "Good", Rating.EASY: "Easy"}


class FlashcardsPage(QWidget):
    """The review page."""

    def __init__(self, view_model: FlashcardsViewModel, theme: Theme) -> None:
        super().__init__()
        self._vm = view_model
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Flashcards")
        self.messages = MessageArea()
        self._progress = label("", "faint")
        self._undo = button("Undo", view_model.undo, "quiet", name="Undo the last rating")
        self._front = ReadingText(theme)
        self._front.setAccessibleName("Front of the card")
        self._line = rule()
        self._back = ReadingText(theme)
        self._back.setAccessibleName("Back of the card")
        self._changed = ReadingText(theme, "soft")
        self._source = label("", "faint", wrap=True)
        self._sheet, inner = sheet(MARGIN)
        inner.setSpacing(20)
        for part in (self._front, self._line, self._back, self._changed):
            inner.addWidget(part)
        inner.addSpacing(8)
        edit = button("Edit", view_model.edit, "quiet", name="Edit this card")
        report = button("Report", view_model.report, "quiet", name="Report this card")
        inner.addLayout(row(self._source, edit, report))
        self._headline = label("", "section")
        self._detail = label("", "soft", wrap=True)
        self._empty, empty = sheet(MARGIN)
        empty.addWidget(self._headline)
        empty.addWidget(self._detail)
        self._reveal = button("Show answer  ␣", view_model.reveal, "primary", name="Show answer")
        self._ratings = {r: button("", lambda r=r: view_model.rate(r)) for r in Rating}  # type: ignore[misc]
        self._ratings[Rating.GOOD].setProperty("role", "primary")
        body = QWidget()
        body.setObjectName("page")
        column = QVBoxLayout(body)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(16)
        column.addLayout(row(label("Flashcards", "title"), None, self._progress, self._undo))
        middle = QVBoxLayout()
        middle.setSpacing(16)
        middle.addWidget(self._sheet)
        middle.addWidget(self._empty)
        middle.addLayout(row(None, self._reveal, *self._ratings.values(), None))
        held = QWidget()
        limit_width(held, COLUMN_WIDTH + 2 * MARGIN, theme)
        held.setLayout(middle)
        middle.setContentsMargins(0, 0, 0, 0)
        centred = QHBoxLayout()
        centred.addStretch(1)
        centred.addWidget(held, 100)
        centred.addStretch(1)
        column.addSpacing(16)
        column.addLayout(centred)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.messages)
        outer.addWidget(scrolling(body), 1)
        for made in body.findChildren(QPushButton):
            # A click does not take the focus from the page: Enter goes on meaning what it means there.
            made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        view_model.changed.connect(self.render_state)
        view_model.message.connect(self.messages.show_message)
        view_model.settled.connect(self.messages.dismiss)
        self.render_state(view_model.state)

    def render_state(self, state: FlashcardsState) -> None:
        """Show a state; showing it twice changes nothing."""
        self._progress.setText(state.progress)
        self._undo.setEnabled(state.can_undo)
        self._sheet.setVisible(state.has_card)
        self._empty.setVisible(not state.has_card)
        self._headline.setText(state.headline)
        self._detail.setText(state.detail)
        self._front.show_markdown(state.back if state.revealed and _is_cloze(state) else state.front, state.folder)
        shows_back = state.revealed and not _is_cloze(state)
        self._line.setVisible(shows_back)
        self._back.setVisible(shows_back)
        self._back.show_markdown(state.back if shows_back else "", state.folder)
        self._changed.setVisible(bool(state.changed))
        self._changed.show_markdown(
            f"**What changed since the notes.** {state.changed}" if state.changed else "", state.folder
        )
        self._source.setText(state.source)
        self._reveal.setVisible(state.has_card and not state.revealed)
        for (rating, made), interval in zip(
            self._ratings.items(), state.intervals or ("",) * len(self._ratings), strict=True
        ):
            made.setVisible(state.revealed)
            made.setText(f"{int(rating)}  {_NAMES[rating]} · {interval}")
            made.setAccessibleName(f"{_NAMES[rating]}, next in {interval}")
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of ``KEYS``, unless Enter is for a button; anything else goes on to the window."""
        key = event.key()
        enter = key in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and (at := focused_button(self)) is not None:
            at.click()
        elif enter or key == Qt.Key.Key_Space:
            if self._vm.state.revealed:
                self._vm.rate(Rating.GOOD)
            else:
                self._vm.reveal()
        elif Qt.Key.Key_1 <= key <= Qt.Key.Key_4:
            self._vm.rate(Rating(key - Qt.Key.Key_0))
        elif key == Qt.Key.Key_U:
            self._vm.undo()
        elif key == Qt.Key.Key_E:
            self._vm.edit()
        elif key == Qt.Key.Key_R:
            self._vm.report()
        else:
            super().keyPressEvent(event)


def _is_cloze(state: FlashcardsState) -> bool:
    return "**[ … ]**" in state.front
