"""The list of reported items, and beside it the one that is chosen."""

from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QBoxLayout, QFileDialog, QListWidget, QListWidgetItem, QMenu

from studyapp.ui.reported.view_model import ReportedState, ReportedViewModel, ReportLine
from studyapp.ui.theme import Theme
from studyapp.ui.widgets.choice_delegate import SUBTITLE, ChoiceDelegate
from studyapp.ui.widgets.layout import ScrollPage, button, label, row, rule, sheet, shortcut
from studyapp.ui.widgets.reading import ReadingText

KEYS = (
    ("D", "Dealt with, or open again"),
    ("Enter", "Preview the item as it is now"),
    ("Esc", "Back to Decks"),
)
_FILES = (("md", "Markdown, a list to work through"), ("csv", "Table (CSV)"), ("json", "JSON"))
_EMPTY = (
    "What you find wrong while you study is listed here for the people who write the decks. Press R at a card, at a "
    "question of an exam's results, or in a preview."
)


class ReportedPage(ScrollPage):
    """A list with details at its side."""

    def __init__(self, view_model: ReportedViewModel, theme: Theme) -> None:
        super().__init__("Reported items", theme, width=1040)
        self._vm = view_model
        self._shown: ReportedState | None = None
        self._chosen = 0
        self._summary = label("", "soft", wrap=True)
        self._export = button("Export", lambda: None, name="Export the reported items")
        menu = QMenu(self._export)
        for ending, text in _FILES:
            menu.addAction(text).triggered.connect(lambda _checked=False, e=ending: self._ask_where(e))
        self._export.setMenu(menu)
        self._list = QListWidget()
        self._list.setAccessibleName("Reported items")
        self._list.setItemDelegate(ChoiceDelegate(theme, self._list))
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self._list.setMinimumHeight(theme.scaled(240))
        self._list.currentRowChanged.connect(self._show)
        self._fault = label("", "section", wrap=True)
        self._facts = label("", "faint", wrap=True)
        self._note = label("", wrap=True)
        self._item = ReadingText(theme)
        self._deal = button("", self._toggle, "primary")
        self._preview = button("Preview  ⏎", self._open, name="Preview the item as it is now")
        self._empty = label(_EMPTY, "soft", wrap=True)
        self._build()
        for keys, action in (("D", self._toggle), ("Return", self._open), ("Esc", view_model.back)):
            shortcut(self, keys, action)
        self.setFocusProxy(self._list)
        view_model.changed.connect(self.render_state)
        self.render_state(view_model.state)

    def _build(self) -> None:
        self.put_around_title(row(button("‹ Decks", self._vm.back, "quiet"), None))
        self.groups.addLayout(row(self._summary, self._export))
        self.groups.addWidget(self._empty)
        self._frame, inner = sheet(24)
        for part in (self._fault, self._facts, self._note):
            inner.addWidget(part)
        inner.addLayout(row(self._deal, self._preview, None))
        inner.addSpacing(8)
        inner.addWidget(rule())
        inner.addSpacing(8)
        inner.addWidget(label("The item as it was", "faint"))
        inner.addWidget(self._item)
        inner.addStretch(1)
        self._both = row(spacing=16)
        self._both.addWidget(self._list, 2)
        self._both.addWidget(self._frame, 3)
        self.groups.addLayout(self._both)
        self.groups.addStretch(1)

    def fit(self, narrow: bool) -> None:
        """The details below the list where there is no room beside it."""
        directions = QBoxLayout.Direction
        self._both.setDirection(directions.TopToBottom if narrow else directions.LeftToRight)

    def render_state(self, state: ReportedState) -> None:
        """Show a state; showing it twice changes nothing."""
        before, self._shown = self._shown, state
        if state == before:
            return
        some = bool(state.lines)
        self._summary.setText(state.summary)
        self._empty.setVisible(not some)
        for part in (self._summary, self._export, self._list, self._frame):
            part.setVisible(some)
        chosen = self._chosen
        self._list.clear()
        for line in state.lines:
            item = QListWidgetItem(line.title)
            item.setData(SUBTITLE, line.detail)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{line.title}, {line.detail}")
            self._list.addItem(item)
        # The one that was chosen, wherever it is now.
        self._list.setCurrentRow(next((i for i, line in enumerate(state.lines) if line.id == chosen), 0))

    def showEvent(self, event: QShowEvent) -> None:
        """The page takes the focus, so that its keys work at once."""
        super().showEvent(event)
        self.setFocus()

    def _line(self) -> ReportLine | None:
        index = self._list.currentRow()
        return self._shown.lines[index] if self._shown and 0 <= index < len(self._shown.lines) else None

    def _show(self, _index: int) -> None:
        line = self._line()
        if line is None:
            return
        self._chosen = line.id
        self._fault.setText(line.fault)
        self._facts.setText(line.facts)
        self._note.setText(line.note)
        self._note.setVisible(bool(line.note))
        self._item.show_markdown(line.item)
        self._deal.setText("Open again  D" if line.dealt_with else "Dealt with  D")
        self._deal.setAccessibleName("Mark as open again" if line.dealt_with else "Mark as dealt with")

    def _toggle(self) -> None:
        if (line := self._line()) is not None:
            self._vm.toggle(line)

    def _open(self) -> None:
        if (line := self._line()) is not None:
            self._vm.preview(line)

    def _ask_where(self, ending: str) -> None:
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        dialog = QFileDialog(self, dict(_FILES)[ending], folder, f"*.{ending}")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(ending)
        dialog.selectFile(f"reported items.{ending}")
        dialog.fileSelected.connect(lambda path: self._vm.export(Path(path)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
