"""What is asked before decks go out or come in."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QDialog,
    QFileDialog,
    QGridLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from studyapp.content.discovery import shown
from studyapp.content.interchange.formats import FORMATS
from studyapp.content.interchange.material import TopicWantedError
from studyapp.core.errors import StudyError
from studyapp.ui import words
from studyapp.ui.decks.transfer import Outcome, Transfer
from studyapp.ui.theme import Theme
from studyapp.ui.widgets.layout import button, label, row, scrolling

READABLE = "Decks of other programs (*.csv *.tsv *.txt *.gift *.xml);;All files (*)"
"""What the file dialog of an import offers."""
_USES = {
    "csv": "For a spreadsheet, with everything.",
    "apkg": "For Anki, with images and tags.",
    "gift": "Questions for Moodle, as text.",
    "aiken": "Questions with one right answer, as plain text.",
    "moodle": "Questions for Moodle's question bank, with images.",
    "qti12": "Questions for Canvas and other platforms, with images.",
    "qti21": "Questions for newer learning platforms, with images.",
}


class _Dialog(QDialog):
    """A column that scrolls where the window is low, and the buttons below it."""

    def __init__(self, parent: QWidget, theme: Theme, title: str, go_on: QPushButton) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._around = parent
        self._theme = theme
        self._body = QWidget()
        self._body.setObjectName("page")
        self.column = QVBoxLayout(self._body)
        self.column.setContentsMargins(24, 24, 24, 8)
        self.column.setSpacing(8)
        self._foot = row(None, button("Cancel", self.reject), go_on)
        self._foot.setContentsMargins(24, 8, 24, 16)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolling(self._body), 1)
        outer.addLayout(self._foot)

    def fit(self) -> None:
        """As high as what is in it, where the window has the room."""
        self.column.activate()
        width = min(self._theme.scaled(520), self._around.width() - 40)
        height = self._body.heightForWidth(width) + self._foot.sizeHint().height() + 24
        self.resize(width, min(height, self._around.height() - 40))


class ExportDialog(_Dialog):
    """Which decks, in which format; then the file dialog."""

    def __init__(self, parent: QWidget, theme: Theme, transfer: Transfer, selected: Path | None) -> None:
        super().__init__(parent, theme, "Export", button("Choose file…", self._choose_file, "primary"))
        self._transfer = transfer
        self._deck = transfer.deck_at(selected) if selected is not None else None
        self._decks = QButtonGroup(self)
        self._formats = QButtonGroup(self)
        self._count = label("", "soft", wrap=True)
        self._use = label("", "soft", wrap=True)
        self.column.addWidget(label("What goes out?", "section", wrap=True))
        if self._deck:
            self.column.addWidget(self._choice(self._decks, 1, words.shortened(self._deck[1], 34)))
        self.column.addWidget(self._choice(self._decks, 0, "All decks"))
        self.column.addWidget(self._count)
        self.column.addSpacing(8)
        self.column.addWidget(label("For which program?", "section", wrap=True))
        grid = QGridLayout()
        grid.setSpacing(8)
        for number, made in enumerate(FORMATS.values()):
            grid.addWidget(self._choice(self._formats, number, made.title), number // 2, number % 2)
        self.column.addLayout(grid)
        self.column.addWidget(self._use)
        note = "What the format cannot hold is listed afterwards, item by item."
        self.column.addWidget(label(note, "faint", wrap=True))
        self._decks.button(1 if self._deck else 0).setChecked(True)
        self._formats.button(0).setChecked(True)
        self._describe()
        self.fit()
        self._formats.button(0).setFocus()

    def _choice(self, group: QButtonGroup, number: int, text: str) -> QPushButton:
        choice = button(text, self._describe, "choice")
        choice.setCheckable(True)
        group.addButton(choice, number)
        return choice

    @property
    def _chosen_deck(self) -> str | None:
        """The id of the one deck; None for all of them."""
        return self._deck[0] if self._deck and self._decks.checkedId() == 1 else None

    def _describe(self) -> None:
        self._count.setText(self._transfer.count_of(self._chosen_deck))
        self._use.setText(_USES[list(FORMATS)[self._formats.checkedId()]])

    def _choose_file(self) -> None:
        made = list(FORMATS.values())[self._formats.checkedId()]
        wanted = f"{self._chosen_deck or 'studyapp'}{made.suffix}"
        chosen, _ = QFileDialog.getSaveFileName(self, "Export to", wanted, f"{made.title} (*{made.suffix})")
        if chosen:
            path = Path(chosen)
            named = path if path.suffix else path.with_suffix(made.suffix)
            # The file dialog asked about the name that was typed, and about no other.
            self._transfer.send_out(self._chosen_deck, made.name, named, overwrite=named == path)
            self.accept()


class ImportDialog(_Dialog):
    """The title of the deck to be, and a topic for items without one; stays open until the import succeeds."""

    def __init__(self, parent: QWidget, theme: Theme, transfer: Transfer, source: Path) -> None:
        self._go = button("Import", self._import, "primary")
        super().__init__(parent, theme, "Import", self._go)
        self._transfer = transfer
        self._source = source
        self.column.addWidget(
            label(f"Make a deck of {words.shortened(shown(Path(source.name)), 40)}", "section", wrap=True)
        )
        self.column.addWidget(label("Title", "strong"))
        # The name of a file may hold bytes that are no text.
        stem = source.stem.encode("utf-8", "replace").decode()
        self._title = QLineEdit(stem.replace("-", " ").replace("_", " ").strip().capitalize())
        self._title.setAccessibleName("Title")
        self._title.textChanged.connect(self._show_name)
        self.column.addWidget(self._title)
        self._name = label("", "faint", wrap=True)
        self.column.addWidget(self._name)
        self.column.addWidget(label("Topic of items that name none", "strong"))
        self._topic = QComboBox()
        self._topic.setAccessibleName("Topic of items that name none")
        self._topic.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._topic.addItem("Every item names its own", None)
        for id_, title in transfer.topics:
            self._topic.addItem(title, id_)
        self.column.addWidget(self._topic)
        self._trouble = label("", "wrong", wrap=True)
        self._trouble.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._trouble.hide()
        self.column.addWidget(self._trouble)
        self.column.addStretch(1)
        transfer.refused.connect(self._refused)
        transfer.ended.connect(self._ended)
        self._title.returnPressed.connect(self._go.click)
        self._title.setFocus()
        self._show_name()
        self.fit()

    def _show_name(self) -> None:
        name = self._transfer.id_for(self._title.text())
        self._go.setEnabled(bool(name))
        self._name.setText(f"{name}.yaml, in your own deck folder" if name else "A deck needs a title.")

    def _import(self) -> None:
        self._trouble.hide()
        self._go.setEnabled(False)
        self._go.setText("Importing…")
        self._transfer.take_in(self._source, self._title.text(), self._topic.currentData())

    def _refused(self, error: StudyError) -> None:
        self._go.setEnabled(True)
        self._go.setText("Import")
        # A path breaks nowhere by itself.
        self._trouble.setText(f"{error.message} {error.next_step}".replace("/", "/\u200b"))
        self._trouble.show()
        self.fit()
        (self._topic if isinstance(error, TopicWantedError) else self._title).setFocus()

    def _ended(self, outcome: Outcome) -> None:
        if outcome.deck is not None:
            self.accept()
