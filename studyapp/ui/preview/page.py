"""One item of a deck as the learner sees it, and beside it what ``studyapp check`` says of it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QAbstractButton, QBoxLayout

from studyapp.ui import words
from studyapp.ui.exam.setup_controls import Switch
from studyapp.ui.preview.state import PreviewState
from studyapp.ui.preview.view_model import PreviewViewModel
from studyapp.ui.theme import Theme
from studyapp.ui.widgets.item_view import ItemView
from studyapp.ui.widgets.layout import ScrollPage, button, column, label, row, sheet, shortcut
from studyapp.ui.widgets.problem_list import ProblemList

KEYS = (
    ("Space", "Show the answer, or hide it again"),
    ("C", "Fold the case out, or away"),
    ("J or →", "Next item"),
    ("K or ←", "Previous item"),
    ("N", "Next item with a problem"),
    ("O", "Open in your editor, at this line"),
    ("E", "Edit the item here"),
    ("R", "Report the item"),
    ("Esc", "Back"),
)
_BY_TAB = Qt.FocusPolicy.TabFocus
"""A click does not take the focus from the page: Space goes on meaning what it means there."""
_STALE = "The file as it is now does not load. You see the item as it was before; mend what stands here."
_GONE = "The file is gone, or cannot be read. You see the item as it was before; it is read as soon as it can be."


class PreviewPage(ScrollPage):
    """``alone`` leaves out what needs the rest of the program: editing, reporting, the way back."""

    def __init__(self, view_model: PreviewViewModel, theme: Theme, *, alone: bool = False) -> None:
        super().__init__("Preview", theme, width=1200)
        self._vm = view_model
        self._shown: PreviewState | None = None
        self._file = label("", "faint", wrap=True)
        self._place = label("", "soft")
        self._previous = button("‹ Previous", lambda: view_model.step(-1), name="Previous item")
        self._next = button("Next ›", lambda: view_model.step(1), name="Next item")
        self._editor = button("Open in editor", view_model.open_editor)
        self._tools = (
            []
            if alone
            else [
                button("Edit", view_model.edit, name="Edit this item"),
                button("Report", view_model.report, name="Report this item"),
            ]
        )
        self._answers = Switch([(False, "As asked"), (True, "With answers  ␣")], view_model.turn, 2)
        self._item = ItemView(theme)
        self._empty = label("", "soft", wrap=True)
        self._mine = ProblemList()
        self._fine = label("No problems.", "faint")
        self._of_file = ProblemList()
        self._file_title = label("The file", "section")
        self._stale = label(_STALE, "soft", wrap=True)
        self._elsewhere = label("", "soft", wrap=True)
        self._next_problem = button("Next with a problem", view_model.next_problem)
        self._back = None if alone else button("‹ Decks", view_model.back, "quiet")
        self._build()
        for problems in (self._mine, self._of_file):
            problems.chosen.connect(view_model.open_editor)
        for keys, by in (("J", 1), ("Right", 1), ("K", -1), ("Left", -1)):
            shortcut(self, keys, lambda by=by: view_model.step(by))  # type: ignore[misc]
        shortcut(self, "C", self._item.case.toggle)
        shortcut(self, "N", view_model.next_problem)
        shortcut(self, "O", view_model.open_editor)
        if not alone:
            shortcut(self, "E", view_model.edit)
            shortcut(self, "R", view_model.report)
            shortcut(self, "Esc", view_model.back)
        view_model.changed.connect(self.render_state)
        self.render_state(view_model.state)

    def _build(self) -> None:
        if self._back is not None:
            self.put_around_title(row(self._back, None))
        for made in (self._previous, self._next):
            made.setFocusPolicy(_BY_TAB)
        self.groups.addLayout(row(self._previous, self._next, 8, self._place, 8, self._file))
        frame, item = sheet(24)
        item.addWidget(self._answers)
        item.addSpacing(8)
        item.addWidget(self._item)
        item.addWidget(self._empty)
        item.addStretch(1)
        side, problems = sheet(24)
        problems.addLayout(row(self._editor, *self._tools, None))
        problems.addSpacing(8)
        self._mine_title = label("Problems", "section")
        for part in (self._mine_title, self._mine, self._fine):
            problems.addWidget(part)
        problems.addSpacing(8)
        for part in (self._file_title, self._stale, self._of_file):
            problems.addWidget(part)
        problems.addLayout(column(self._elsewhere, row(self._next_problem, None)))
        problems.addStretch(1)
        for half in (frame, side):
            for found in half.findChildren(QAbstractButton):
                found.setFocusPolicy(_BY_TAB)
        self._both = row(spacing=16)
        self._both.addWidget(frame, 3)
        self._both.addWidget(side, 2)
        self.groups.addLayout(self._both)
        self.groups.addStretch(1)

    def fit(self, narrow: bool) -> None:
        """The problems below the item where there is no room beside it."""
        directions = QBoxLayout.Direction
        self._both.setDirection(directions.TopToBottom if narrow else directions.LeftToRight)

    def render_state(self, state: PreviewState) -> None:
        """Show a state; showing it twice changes nothing."""
        before, self._shown = self._shown, state
        if state == before:
            return
        self.title.setText(state.title)
        self._file.setText(words.breakable(state.path))
        if self._back is not None:
            self._back.setText(f"‹ {state.back}")
        self._place.setText(state.place)
        self._previous.setEnabled(not state.first)
        self._next.setEnabled(not state.last)
        some = state.item is not None
        self._item.setVisible(some)
        self._answers.setVisible(some)
        self._answers.show_choice(state.answered)
        self._empty.setVisible(not some)
        self._empty.setText("Reading the file …" if state.busy else _empty_words(state))
        for tool in self._tools:
            tool.setEnabled(some and not state.stale)
        if state.item is not None:
            self._item.show_item(
                state.item,
                state.headline,
                state.path.parent,
                answered=state.answered,
                case=(state.case, state.case_folder),
            )
            self.setAccessibleDescription(state.headline)
        self._mine.show_problems(state.problems)
        self._mine_title.setVisible(some and not state.stale)
        self._fine.setVisible(some and not state.stale and not state.problems)
        self._of_file.show_problems(state.file_problems)
        self._file_title.setVisible(bool(state.file_problems))
        self._stale.setText(_GONE if state.gone else _STALE)
        self._stale.setVisible(state.stale and some)
        self._elsewhere.setText(state.elsewhere)
        self._elsewhere.setVisible(bool(state.elsewhere))
        self._next_problem.setVisible(bool(state.elsewhere))
        if before is None or before.place != state.place:
            self.verticalScrollBar().setValue(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space, unless it presses a button that was gone to with Tab."""
        if event.key() == Qt.Key.Key_Space:
            self._vm.turn()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """The page takes the focus, so that its keys work at once, and the file is followed."""
        super().showEvent(event)
        self.setFocus()
        self._vm.enter()

    def hideEvent(self, event: QHideEvent) -> None:
        """The file need no longer be followed."""
        super().hideEvent(event)
        self._vm.leave()


def _empty_words(state: PreviewState) -> str:
    if state.gone:
        return "The file cannot be read. Its items appear here as soon as it can."
    if state.file_problems:
        return "This file does not load: its problems are listed here. Mend them and save; the items appear then."
    return "No card and no question stands in this file."
