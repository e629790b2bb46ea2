"""The lines of an item, what is wrong with them, and the item as they make it."""

from PySide6.QtCore import QPoint
from PySide6.QtGui import QHideEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QBoxLayout

from studyapp.ui.editing.block_editor import BlockEditor
from studyapp.ui.editing.state import EditingState
from studyapp.ui.editing.view_model import EditingViewModel
from studyapp.ui.theme import MARGIN, Theme
from studyapp.ui.widgets.item_view import ItemView
from studyapp.ui.widgets.layout import ScrollPage, button, label, row, sheet, shortcut
from studyapp.ui.widgets.problem_list import ProblemList

_SAVE = QKeySequence(QKeySequence.StandardKey.Save).toString()
KEYS = (
    (f"{_SAVE} or Ctrl+Enter", "Save, and go back"),
    ("Esc", "Back; what you typed is kept"),
    ("Tab", "Out of the text"),
)

_GAP = 12
_EDGE = 16 + MARGIN
"""Below the last part in a sheet: the sheet's own margin and the page's."""


class EditingPage(ScrollPage):
    """Left the text with its problems, right the item."""

    narrow_below = 820

    def __init__(self, view_model: EditingViewModel, theme: Theme) -> None:
        super().__init__("Edit", theme, width=1200)
        self._vm = view_model
        self._shown: EditingState | None = None
        self._stacked = False
        self._file = label("", "faint", wrap=True)
        self._save = button("Save", view_model.save, "primary", name="Save the item")
        self._text = BlockEditor(theme, "Lines of the item")
        self._theirs_title = label("In the file now", "section")
        self._theirs = BlockEditor(theme, "Lines of the item as they stand in the file now")
        self._theirs.setReadOnly(True)
        self._refusal = label("", "wrong", wrap=True)
        self._caution = label("", "caution", wrap=True)
        self._problems = ProblemList()
        self._item = ItemView(theme)
        self._none = label("The item is shown here as soon as it would load.", "faint", wrap=True)
        self._build()
        self._text.textChanged.connect(lambda: view_model.type(self._text.text()))
        self._problems.chosen.connect(self._text.go_to)
        for keys in (_SAVE, "Ctrl+Return", "Ctrl+Enter"):
            # Held down, it would agree to what the first save asks about.
            shortcut(self, keys, view_model.save).setAutoRepeat(False)
        shortcut(self, "Esc", view_model.leave)
        self.setFocusProxy(self._text)
        view_model.changed.connect(self.render_state)
        self.render_state(view_model.state)

    def _build(self) -> None:
        back = button("‹ Back", self._vm.leave, "quiet")
        editor = button("Open in editor", self._vm.open_editor)
        self.put_around_title(row(back, None, editor, self._save), self._file)
        self.groups.setSpacing(16)
        left, lines = sheet(16)
        lines.setSpacing(_GAP)
        for part in (
            self._text,
            self._theirs_title,
            self._theirs,
            self._refusal,
            self._caution,
            self._problems,
        ):
            lines.addWidget(part)
        lines.addStretch(1)
        right, item = sheet(24)
        item.addWidget(self._item)
        item.addWidget(self._none)
        item.addStretch(1)
        self._both = row(spacing=16)
        self._both.addWidget(left, 3)
        self._both.addWidget(right, 2)
        self.groups.addLayout(self._both)
        self.groups.addStretch(1)

    def fit(self, narrow: bool) -> None:
        """The item below its lines where there is no room beside them."""
        self._stacked = narrow
        directions = QBoxLayout.Direction
        self._both.setDirection(directions.TopToBottom if narrow else directions.LeftToRight)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A long item scrolls in its field, which takes the room that there is."""
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """The field is so high that what is said of its text is seen below, and the item where that stands below."""
        height = self.viewport().height()
        above = self._text.mapTo(self, QPoint()).y() + self.verticalScrollBar().value()
        said = [part for part in (self._refusal, self._caution, self._problems) if not part.isHidden()]
        below = min(sum(part.heightForWidth(self._text.width()) + _GAP for part in said), height // 3) + _EDGE
        least = height // 3
        self._theirs.set_most(least)
        if not self._theirs.isHidden():
            below += self._theirs_title.sizeHint().height() + self._theirs.height() + 2 * _GAP
        self._text.set_most(max(least, height // 2 if self._stacked else height - above - below))

    def hideEvent(self, event: QHideEvent) -> None:
        """Another page by the sidebar loses nothing either."""
        super().hideEvent(event)
        if not event.spontaneous():
            self._vm.put_aside()

    def render_state(self, state: EditingState) -> None:
        """Show a state; showing it twice changes nothing."""
        before, self._shown = self._shown, state
        if state == before:
            return
        self.title.setText(state.title)
        self._file.setText(state.file)
        if before is None or before.begun != state.begun:
            self._text.show_lines(state.text, state.first_line)
            self.verticalScrollBar().setValue(0)
        self._text.number_from(state.first_line)
        if before is None or before.theirs != state.theirs:
            self._theirs.show_lines(state.theirs, state.first_line)
        self._theirs.number_from(state.first_line)
        for part in (self._theirs_title, self._theirs):
            part.setVisible(bool(state.theirs))
        self._text.mark(state.problems)
        self._save.setEnabled(state.can_save)
        for part, text in ((self._refusal, state.refusal), (self._caution, state.caution)):
            part.setText(text)
            part.setVisible(bool(text))
        self._save.setAccessibleDescription(state.refusal)
        self._problems.show_problems(state.problems)
        self._item.setVisible(state.item is not None)
        # Before the first check there is nothing to say.
        self._none.setVisible(state.item is None and bool(state.problems))
        if state.item is not None:
            self._item.show_item(state.item, "As it will look", state.folder)
        self._make_room()
