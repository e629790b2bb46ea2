"""The page that says what an exam will be, and starts it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QBoxLayout,
    QCheckBox,
    QGridLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from studyapp.core.attempt import Mode
from studyapp.ui import words
from studyapp.ui.exam.setup_controls import NumberBox, Switch
from studyapp.ui.exam.setup_custom_panel import CustomPanel
from studyapp.ui.exam.setup_view_model import PastExam, SetupState, SetupViewModel
from studyapp.ui.exam.setup_words import MODES
from studyapp.ui.theme import Theme
from studyapp.ui.widgets.choice_delegate import ChoiceDelegate
from studyapp.ui.widgets.entry_list import entry, key_of
from studyapp.ui.widgets.layout import ScrollPage, button, clear, column, label, row, rule, sheet, shortcut
from studyapp.ui.widgets.ticks import TickStyle

KEYS = (
    ("Enter", "Start the exam"),
    ("↑ ↓", "Choose another exam"),
    ("M", "The next mode"),
    ("H", "All exams"),
    ("Space", "Tick an area of a custom exam"),
)


class SetupPage(ScrollPage):
    """The modes; blueprints on the left, what the chosen one will be on the right; the newest exams below."""

    def __init__(self, view_model: SetupViewModel, theme: Theme) -> None:
        super().__init__("Practice exam", theme, width=960)
        self._vm = view_model
        self._choices = QListWidget()
        self._choices.setAccessibleName("Exams")
        self._choices.setItemDelegate(ChoiceDelegate(theme, self._choices))
        self._choices.setResizeMode(QListWidget.ResizeMode.Adjust)
        self._choices.setMinimumWidth(220)
        self._choices.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._choices.currentItemChanged.connect(self._chosen)
        frame, facts = sheet(24)
        self._title = label("", "section", wrap=True)
        self._kind = label("", "soft")
        self._size = label("", "strong")
        self._remark = label("", "faint", wrap=True)
        self._strata = QGridLayout()
        self._strata.setHorizontalSpacing(24)
        self._strata.setVerticalSpacing(4)
        self._pass_mark = NumberBox(1, 100, " %", "Pass mark, in percent", self._vm.set_pass_mark)
        self._clock = label("", "soft", wrap=True)
        self._timed = QCheckBox()
        self._timed.clicked.connect(self._vm.set_timed)
        self._ticks = TickStyle(theme)
        self._timed.setStyle(self._ticks)
        self._start = button("Start exam  ⏎", self._vm.start, "primary", name="Start exam")
        self._resume = button("Resume the running exam", self._resume_running)
        for part in (self._title, self._kind, self._size):
            facts.addWidget(part)
        facts.addWidget(rule())
        facts.addLayout(self._strata)
        facts.addWidget(rule())
        facts.addLayout(
            row(label("Pass mark"), self._pass_mark, label("an assumption: Google publishes none", "faint"), None)
        )
        facts.addWidget(self._remark)
        facts.addWidget(self._timed)
        facts.addWidget(self._clock)
        facts.addLayout(row(self._start, self._resume, None))
        facts.addStretch(1)
        self._both = row(spacing=16)
        self._both.addWidget(self._choices, 2)
        self._both.addWidget(frame, 4)
        self._exam = QWidget()
        self._exam.setLayout(self._both)
        self._custom = CustomPanel(view_model.custom, theme)
        self._modes = Switch(list(MODES.items()), view_model.set_mode, len(MODES))
        for group in (self._modes, self._exam, self._custom):
            self.groups.addWidget(group)
        self._past_title = label("Newest exams", "section")
        self._all = button("", view_model.show_all, "quiet")
        self._past: QVBoxLayout = column(spacing=0)
        self._past_frame, past = sheet(8)
        past.addLayout(self._past)
        self.groups.addLayout(row(self._past_title, None, self._all))
        self.groups.addWidget(self._past_frame)
        self.groups.addStretch(1)
        shortcut(self, "Return", self._enter)
        shortcut(self, "M", self._next_mode)
        shortcut(self, "H", view_model.show_all)
        view_model.changed.connect(self.render_state)
        self.render_state(view_model.state)

    def fit(self, narrow: bool) -> None:
        """The list above the facts where there is no room beside them."""
        directions = QBoxLayout.Direction
        self._both.setDirection(directions.TopToBottom if narrow else directions.LeftToRight)
        self._choices.setMaximumHeight(self._theme.scaled(160) if narrow else 16_777_215)
        self._custom.fit(narrow)

    def render_state(self, state: SetupState) -> None:
        """Show a state; showing it twice changes nothing."""
        custom = state.mode is Mode.CUSTOM
        self._modes.show_choice(state.mode)
        self._take_focus(self._custom.areas if custom else self._choices)
        self._exam.setVisible(not custom)
        self._custom.setVisible(custom)
        self._render_choices(state)
        self._title.setText(state.title or "No exam to choose")
        self._kind.setText(state.kind)
        self._size.setText(state.size)
        self._remark.setText(state.remark)
        self._pass_mark.show_number(state.pass_mark)
        self._clock.setText(state.clock)
        self._timed.setVisible(state.mode is Mode.STUDY)
        self._timed.setChecked(state.timed)
        self._timed.setText(f"With a clock of {words.counted(state.minutes, 'minute')}")
        self._render_strata(state)
        self._start.setEnabled(state.chosen is not None)
        self._resume.setVisible(state.running is not None)
        self._past_title.setVisible(bool(state.past))
        self._past_frame.setVisible(bool(state.past))
        self._all.setVisible(bool(state.past))
        self._all.setText(f"All exams ({state.exams})")
        clear(self._past)
        for past in state.past:
            self._past.addWidget(self._past_line(past))

    def _take_focus(self, first: QWidget) -> None:
        """The keys go to the first control of the mode, also where the one that had the focus is hidden now."""
        if self.first is not first:
            self.first = first
            if self.isVisible():
                first.setFocus()

    def _render_choices(self, state: SetupState) -> None:
        self._choices.blockSignals(True)
        if [key_of(self._choices.item(i)) for i in range(self._choices.count())] != [
            choice.id for choice in state.choices
        ]:
            self._choices.clear()
            for choice in state.choices:
                self._choices.addItem(entry(choice.id, choice.title, choice.subtitle))
        for i, choice in enumerate(state.choices):
            if choice.id == state.chosen:
                self._choices.setCurrentRow(i)
        self._choices.blockSignals(False)

    def _render_strata(self, state: SetupState) -> None:
        clear(self._strata)
        for i, line in enumerate(state.strata):
            self._strata.addWidget(label(line.name, wrap=True), i, 0)
            self._strata.addWidget(label(words.counted(line.quota, "question")), i, 1, Qt.AlignmentFlag.AlignRight)
            held = f"only {line.held} in the decks" if line.short else f"of {line.held}"
            self._strata.addWidget(label(held, "caution" if line.short else "faint"), i, 2)
        self._strata.setColumnStretch(0, 1)

    def _past_line(self, past: PastExam) -> QWidget:
        line = QWidget()
        verb = "Resume" if past.running else "Open"
        opener: QPushButton = button(verb, lambda: self._vm.open(past.id), "quiet", name=f"{verb}: {past.text}")
        line.setLayout(row(column(label(past.text), label(past.detail, "faint"), spacing=2), None, opener))
        line.layout().setContentsMargins(8, 8, 8, 8)  # type: ignore[union-attr]
        return line

    def _chosen(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self._vm.choose(key_of(item))

    def _enter(self) -> None:
        """Enter in a number or a name is about that alone; elsewhere it starts the exam."""
        at = QApplication.focusWidget()
        if isinstance(at, QAbstractSpinBox):
            at.interpretText()
        elif isinstance(at, QLineEdit):
            self._vm.custom.save(at.text())
        else:
            self._vm.start()

    def _next_mode(self) -> None:
        modes = list(MODES)
        self._vm.set_mode(modes[(modes.index(self._vm.state.mode) + 1) % len(modes)])

    def _resume_running(self) -> None:
        if self._vm.state.running is not None:
            self._vm.open(self._vm.state.running)
