"""The page one opens the program to."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from studyapp.ui.theme import Theme
from studyapp.ui.today.state import TaskLine, TodayState
from studyapp.ui.today.view_model import TodayViewModel
from studyapp.ui.widgets.layout import ScrollPage, button, clear, column, label, row, rule, set_role, sheet, shortcut

KEYS = (("Enter", "Start with the first part of the plan"),)


class TodayPage(ScrollPage):
    """The chance to pass, and below it the plan for today with its reasons."""

    def __init__(self, view_model: TodayViewModel, theme: Theme) -> None:
        super().__init__("Today", theme, width=760)
        self._vm = view_model
        self._state: TodayState | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._exam = label("", "section")
        self.groups.removeWidget(self.title)
        self.groups.addLayout(row(self.title, self._exam))
        self._standing, standing = sheet(24)
        standing.addWidget(label("Chance to pass", "soft"))
        self._chance = label("", "number", wrap=True)
        self._chance_detail = label("", "faint", wrap=True)
        standing.addWidget(self._chance)
        standing.addWidget(self._chance_detail)
        self.groups.addWidget(self._standing)
        self._frame, plan = sheet(24)
        plan.setSpacing(16)
        self._headline = label("", "section", wrap=True)
        self._detail = label("", "soft", wrap=True)
        self._tasks = QVBoxLayout()
        self._tasks.setSpacing(12)
        self._start: QPushButton = button("", view_model.start, "primary")
        self._cancel = button("Cancel", view_model.cancel_wanted.emit, name="Stop reading the decks")
        self._done = label("", "faint", wrap=True)
        plan.addWidget(self._headline)
        plan.addWidget(self._detail)
        plan.addLayout(self._tasks)
        plan.addLayout(row(self._start, self._cancel, None))
        plan.addWidget(self._done)
        self.groups.addWidget(self._frame)
        self._remarks = QVBoxLayout()
        self._remarks.setSpacing(4)
        self.groups.addLayout(self._remarks)
        self.groups.addStretch(1)
        for keys in ("Return", "Enter"):
            shortcut(self, keys, view_model.start)
        view_model.changed.connect(self.render_state)
        self.render_state(view_model.state)

    def render_state(self, state: TodayState) -> None:
        """Show a state; showing it twice changes nothing."""
        if state == self._state:
            return
        self._state = state
        self.title.setText(state.greeting)
        self._exam.setText(state.exam)
        self._exam.setVisible(bool(state.exam))
        self._standing.setVisible(bool(state.chance))
        self._standing.setAccessibleName(f"Chance to pass: {state.chance}")
        self._chance.setText(state.chance)
        set_role(self._chance, "number" if state.told else "section")
        self._chance_detail.setText(state.chance_detail)
        self._headline.setText(state.plan if state.tasks else state.headline)
        self._detail.setText(state.detail)
        self._detail.setVisible(bool(state.detail))
        clear(self._tasks)
        for number, task in enumerate(state.tasks, 1):
            if number > 1:
                _add(self._tasks, rule())
            _add(self._tasks, self._task(number, task))
        first = state.tasks[0].action if state.tasks else ""
        self._start.setText(f"{first}  ⏎")
        self._start.setAccessibleName(first)
        self._start.setVisible(bool(first))
        self._cancel.setVisible(state.can_cancel)
        self._done.setText(state.done)
        self._done.setVisible(bool(state.done))
        clear(self._remarks)
        for remark in state.remarks:
            act = button(remark.action, lambda r=remark.route: self._vm.follow(r), "quiet")  # type: ignore[misc]
            held = QWidget()
            held.setLayout(row(label(remark.text, "soft", wrap=True), act))
            _add(self._remarks, held)

    def _task(self, number: int, task: TaskLine) -> QWidget:
        """A line of the plan; the button below the plan starts the first, each other line has its own."""
        holder = QWidget()
        holder.setAccessibleName(f"{number}: {task.text}, {task.minutes}. {task.why}")
        line = QHBoxLayout(holder)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(16)
        line.addWidget(label(str(number), "faint"), 0, Qt.AlignmentFlag.AlignTop)
        text = column(label(task.text, "strong", wrap=True), label(task.why, "faint", wrap=True), spacing=2)
        line.addLayout(text, 1)
        if number > 1:
            line.addWidget(button(task.action, lambda: self._vm.follow(task.route), "quiet"))
        minutes = label(task.minutes, "soft")
        minutes.setAlignment(Qt.AlignmentFlag.AlignRight)
        minutes.setMinimumWidth(self._theme.scaled(72))
        line.addWidget(minutes, 0, Qt.AlignmentFlag.AlignTop)
        return holder


def _add(layout: QVBoxLayout, widget: QWidget) -> None:
    layout.addWidget(widget)
    # At once, and not when the event loop comes by: what the page says is all there when it is rendered.
    widget.show()
