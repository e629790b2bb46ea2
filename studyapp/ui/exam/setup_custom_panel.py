"""The controls that describe a custom exam, and what it will be."""

from collections.abc import Iterable
from enum import StrEnum
from typing import TypeVar

from PySide6.QtWidgets import QBoxLayout, QCheckBox, QComboBox, QFrame, QLineEdit, QVBoxLayout, QWidget

from studyapp.core.deck import Difficulty
from studyapp.core.selection import Only
from studyapp.ui.exam.setup_areas import AreaTree
from studyapp.ui.exam.setup_controls import NumberBox
from studyapp.ui.exam.setup_custom_view_model import CustomState, CustomViewModel
from studyapp.ui.theme import Theme
from studyapp.ui.widgets.layout import button, column, label, row, rule, set_role, sheet
from studyapp.ui.widgets.ticks import TickStyle

_ONLY = {
    Only.UNSEEN: "Never seen",
    Only.MISSED: "Missed last time",
    Only.FLAGGED: "Flagged last time",
    Only.WEAK: "On a weak topic",
}
E = TypeVar("E", bound=StrEnum)

_NO_PRESET = "No preset"
_MINUTES = 30


class CustomPanel(QWidget):
    """Areas on the left, conditions and the start on the right."""

    def __init__(self, view_model: CustomViewModel, theme: Theme) -> None:
        super().__init__()
        self._vm = view_model
        self._theme = theme
        self._shown_name = ""
        self._presets = QComboBox()
        self._presets.setAccessibleName("Preset")
        self._presets.textActivated.connect(view_model.use_preset)
        self._delete = button("Delete", view_model.delete, "quiet", name="Delete this preset")
        self._source = QComboBox()
        self._source.setAccessibleName("How areas are named")
        self._source.activated.connect(lambda i: view_model.change(blueprint=self._source.itemData(i)))
        self.areas = AreaTree()
        self.areas.ticked.connect(lambda areas: view_model.change(areas=areas))
        self._only = {only: QCheckBox(text) for only, text in _ONLY.items()}
        self._difficulties = {level: QCheckBox(level.capitalize()) for level in Difficulty}
        for box in self._only.values():
            box.clicked.connect(lambda _on: view_model.change(only=_ticked(self._only)))
        for box in self._difficulties.values():
            box.clicked.connect(lambda _on: view_model.change(difficulties=_ticked(self._difficulties)))
        self._number = NumberBox(1, 500, "", "Number of questions", lambda n: view_model.change(questions=n))
        self._minutes = NumberBox(1, 600, " min", "Minutes", lambda n: view_model.change(minutes=n))
        self._minutes.show_number(_MINUTES)
        self._timed = QCheckBox("With a clock of")
        self._timed.clicked.connect(lambda on: view_model.change(minutes=self._minutes.value() if on else None))
        self._feedback = QCheckBox("Show the answer after each question")
        self._feedback.clicked.connect(lambda on: view_model.change(feedback=on))
        self._size = label("", "section", wrap=True)
        self._detail = label("", "soft", wrap=True)
        self._start = button("Start exam  ⏎", view_model.start, "primary", name="Start exam")
        self._name = QLineEdit()
        self._name.setPlaceholderText("Name")
        self._name.setAccessibleName("Name of the preset")
        self._name.setMaxLength(60)
        self._save = button("Save as preset", lambda: view_model.save(self._name.text()))
        self._name.textChanged.connect(lambda text: self._save.setEnabled(bool(text.strip())))
        self._save.setEnabled(False)
        self._ticks = TickStyle(theme)
        for ticked in (*self._only.values(), *self._difficulties.values(), self._timed, self._feedback, self.areas):
            ticked.setStyle(self._ticks)
        self._both = row(spacing=16)
        self._both.addWidget(self._make_areas(), 1)
        self._both.addWidget(self._make_conditions(), 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addLayout(self._both)
        view_model.changed.connect(self.render_state)
        self.render_state(view_model.state)

    def _make_areas(self) -> QFrame:
        frame, inner = sheet(24)
        inner.setSpacing(12)
        inner.addWidget(label("Areas", "section"))
        inner.addWidget(self._source)
        inner.addWidget(self.areas, 1)
        inner.addWidget(label("None ticked means all. The numbers count the questions that fit.", "faint", wrap=True))
        return frame

    def _make_conditions(self) -> QFrame:
        frame, inner = sheet(24)
        inner.setSpacing(12)
        inner.addLayout(row(label("Preset"), self._presets, self._delete, None))
        inner.addWidget(rule())
        inner.addWidget(label("Only questions that are any of these", "strong", wrap=True))
        inner.addLayout(column(*self._only.values(), spacing=6))
        inner.addWidget(label("Difficulty", "strong"))
        inner.addLayout(row(*self._difficulties.values(), None, spacing=16))
        inner.addWidget(label("Length", "strong"))
        inner.addLayout(row(self._number, label("questions"), None))
        inner.addLayout(row(self._timed, self._minutes, None))
        inner.addWidget(self._feedback)
        inner.addWidget(rule())
        inner.addWidget(self._size)
        inner.addWidget(self._detail)
        inner.addLayout(row(self._start, None))
        inner.addWidget(rule())
        inner.addLayout(row(self._name, self._save))
        inner.addStretch(1)
        return frame

    def fit(self, narrow: bool) -> None:
        """The areas above the conditions where there is no room beside them."""
        directions = QBoxLayout.Direction
        self._both.setDirection(directions.TopToBottom if narrow else directions.LeftToRight)
        self.areas.setMinimumHeight(self._theme.scaled(280))

    def render_state(self, state: CustomState) -> None:
        """Show a state; showing it twice changes nothing."""
        custom = state.custom
        _fill(self._presets, [(name, name) for name in ("", *state.presets)], custom.name)
        self._presets.setItemText(0, _NO_PRESET if state.presets else "None saved yet")
        self._presets.setEnabled(bool(state.presets))
        self._delete.setVisible(custom.name in state.presets)
        if custom.name != self._shown_name:
            self._shown_name = custom.name
            self._name.setText(custom.name)
        _fill(self._source, state.sources, custom.blueprint)
        self.areas.show_areas(state.areas, custom.areas)
        for only, count in state.only:
            self._only[only].setText(f"{_ONLY[only]} ({count})")
            self._only[only].setChecked(only in custom.only)
        for level, box in self._difficulties.items():
            box.setChecked(level in custom.difficulties)
        self._number.show_number(custom.questions)
        self._timed.setChecked(custom.minutes is not None)
        self._minutes.setEnabled(custom.minutes is not None)
        if custom.minutes is not None:
            self._minutes.show_number(custom.minutes)
        self._feedback.setChecked(custom.feedback)
        self._size.setText(state.size)
        set_role(self._size, "caution" if state.short else "section")
        self._detail.setText(state.detail)
        self._start.setEnabled(bool(state.fitting))


def _ticked(boxes: dict[E, QCheckBox]) -> frozenset[E]:
    return frozenset(value for value, box in boxes.items() if box.isChecked())


def _fill(box: QComboBox, items: Iterable[tuple[str | None, str]], chosen: str | None) -> None:
    """Show these items (value, text) without telling that one was chosen."""
    wanted = list(items)
    if [box.itemData(i) for i in range(box.count())] != [value for value, _ in wanted]:
        box.clear()
        for value, text in wanted:
            box.addItem(text, value)
    values = [value for value, _ in wanted]
    box.setCurrentIndex(values.index(chosen) if chosen in values else 0)
