"""What is asked before decks go out or come in."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QDialog,
    QFileDialog,
    QLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from studyapp.content.fix.ids import slug
from studyapp.content.interchange.formats import FORMATS
from studyapp.content.interchange.material import TopicWantedError
from studyapp.core.errors import StudyError
from studyapp.ui.decks.transfer import Outcome, Transfer
from studyapp.ui.theme import Theme
from studyapp.ui.widgets.layout import button, label, row, scrolling

_USES = {
    "csv": "For a spreadsheet; comes back whole",
    "apkg": "For Anki, with images and tags",
    "gift": "Questions for Moodle, as text",
    "aiken": "Questions with one right answer, as plain text",
    "moodle": "Questions for Moodle's question bank, with images",
    "qti12": "Questions for Canvas and other platforms",
    "qti21": "Questions for newer platforms",
}

READABLE = "Decks of other programs (*.csv *.tsv *.txt *.gift *.xml);;All files (*)"
"""What the file dialog of an import offers."""


class ExportDialog(QDialog):
    """Which decks, in which format; then the file dialog."""

    def __init__(self, parent: QWidget, theme: Theme, transfer: Transfer, selected: Path | None) -> None:
        super().__init__(parent)
        self._transfer = transfer
        self._deck = transfer.deck_at(selected) if selected is not None else None
        self._decks = QButtonGroup(self)
        self._formats = QButtonGroup(self)
        body, column = _body()
        column.addWidget(label("What goes out?", "section", wrap=True))
        if self._deck:
            self._add(column, self._decks, 1, f"{self._deck[1]} ({transfer.count_of(self._deck[0])})")
        self._add(column, self._decks, 0, f"All decks ({transfer.count_of(None)})")
        column.addSpacing(8)
        column.addWidget(label("For which program?", "section", wrap=True))
        for number, made in enumerate(FORMATS.values()):
            self._add(column, self._formats, number, f"{made.title}   ·   {_USES[made.name]}", made.title)
        self._decks.button(1 if self._deck else 0).setChecked(True)
        self._formats.button(0).setChecked(True)
        explanation = "What a format cannot hold is listed afterwards, item by item."
        column.addWidget(label(explanation, "faint", wrap=True))
        go_on = button("Choose file…", self._choose_file, "primary")
        _arrange(self, theme, "Export", body, row(None, button("Cancel", self.reject), go_on))
        self._formats.button(0).setFocus()

    @staticmethod
    def _add(column: QVBoxLayout, group: QButtonGroup, number: int, text: str, name: str = "") -> None:
        choice = button(text, lambda: None, "choice", name=name)
        choice.setCheckable(True)
        group.addButton(choice, number)
        column.addWidget(choice)

    def _choose_file(self) -> None:
        made = list(FORMATS.values())[self._formats.checkedId()]
        deck = self._deck[0] if self._deck and self._decks.checkedId() == 1 else None
        wanted = f"{deck or 'studyapp'}{made.suffix}"
        chosen, _ = QFileDialog.getSaveFileName(self, "Export to", wanted, f"{made.title} (*{made.suffix})")
        if chosen:
            path = Path(chosen)
            named = path if path.suffix else path.with_suffix(made.suffix)
            # The file dialog asked about the name that was typed, and about no other.
            self._transfer.send_out(deck, made.name, named, overwrite=named == path)
            self.accept()


class ImportDialog(QDialog):
    """The title of the deck to be, and a topic for items without one; stays open until the import succeeds."""

    def __init__(self, parent: QWidget, theme: Theme, transfer: Transfer, source: Path) -> None:
        super().__init__(parent)
        self._transfer = transfer
        self._source = source
        body, column = _body()
        column.addWidget(label(f"Make a deck of {source.name}", "section", wrap=True))
        column.addWidget(label("Title", "strong"))
        self._title = QLineEdit(source.stem.replace("-", " ").replace("_", " ").strip().capitalize())
        self._title.setAccessibleName("Title")
        self._title.textChanged.connect(self._show_name)
        column.addWidget(self._title)
        self._name = label("", "faint", wrap=True)
        column.addWidget(self._name)
        column.addWidget(label("Topic of items that name none", "strong"))
        self._topic = QComboBox()
        self._topic.setAccessibleName("Topic of items that name none")
        self._topic.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._topic.addItem("All items name theirs", None)
        for id_, title in transfer.topics:
            self._topic.addItem(title, id_)
        column.addWidget(self._topic)
        self._trouble = label("", "wrong", wrap=True)
        self._trouble.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._trouble.hide()
        column.addWidget(self._trouble)
        # Room for what may be said there.
        column.addSpacing(theme.scaled(48))
        column.addStretch(1)
        self._go = button("Import", self._import, "primary")
        _arrange(self, theme, "Import", body, row(None, button("Cancel", self.reject), self._go))
        transfer.refused.connect(self._refused)
        transfer.ended.connect(self._ended)
        self._title.returnPressed.connect(self._go.click)
        self._title.setFocus()
        self._show_name()

    def _show_name(self) -> None:
        name = slug(self._title.text())
        self._go.setEnabled(bool(name))
        self._name.setText(f"{name}.yaml, in your own deck folder" if name else "Use letters or digits.")

    def _import(self) -> None:
        self._trouble.hide()
        self._go.setEnabled(False)
        self._go.setText("Importing…")
        self._transfer.take_in(self._source, self._title.text(), self._topic.currentData())

    def _refused(self, error: StudyError) -> None:
        self._go.setEnabled(True)
        self._go.setText("Import")
        self._trouble.setText(f"{error.message} {error.next_step}")
        self._trouble.show()
        (self._topic if isinstance(error, TopicWantedError) else self._title).setFocus()

    def _ended(self, outcome: Outcome) -> None:
        if outcome.deck is not None:
            self.accept()


def _body() -> tuple[QWidget, QVBoxLayout]:
    body = QWidget()
    body.setObjectName("page")
    column = QVBoxLayout(body)
    column.setContentsMargins(24, 24, 24, 8)
    column.setSpacing(8)
    return body, column


def _arrange(dialog: QDialog, theme: Theme, title: str, body: QWidget, foot: QLayout) -> None:
    """The body, which scrolls where the window is low, and the buttons below it."""
    dialog.setWindowTitle(title)
    dialog.setModal(True)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    foot.setContentsMargins(24, 8, 24, 16)
    outer = QVBoxLayout(dialog)
    outer.setContentsMargins(0, 0, 0, 0)
    outer.addWidget(scrolling(body), 1)
    outer.addLayout(foot)
    parent = dialog.parent()
    assert isinstance(parent, QWidget)
    width = min(theme.scaled(520), parent.width() - 40)
    height = max(body.heightForWidth(width), body.sizeHint().height()) + foot.sizeHint().height() + 24
    dialog.resize(width, min(height, parent.height() - 40))
