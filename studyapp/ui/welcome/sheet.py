"""The welcome as a sheet on Today: the plan below it can be used all the while."""

from datetime import date
from functools import partial

from PySide6.QtCore import QDate, QEvent, Qt
from PySide6.QtGui import QKeyEvent, QShortcut
from PySide6.QtWidgets import QAbstractButton, QApplication, QDateEdit, QFrame, QStackedWidget, QVBoxLayout, QWidget

from studyapp.sessions.workspace import Workspace
from studyapp.ui.today.page import TodayPage
from studyapp.ui.today.view_model import TodayViewModel
from studyapp.ui.welcome.view_model import Exam, WelcomeState, WelcomeViewModel
from studyapp.ui.widgets.layout import button, label, row, shortcut

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class WelcomeSheet(QFrame):
    """Two questions, one after the other. Digits choose, Esc skips, and Enter inside the sheet answers."""

    def __init__(self, view_model: WelcomeViewModel, page: TodayPage) -> None:
        super().__init__()
        self.setProperty("role", "sheet")
        self._vm = view_model
        self._vm.setParent(self)
        self._page = page
        self._step = label("", "faint")
        self._steps = QStackedWidget()
        self._steps.addWidget(self._make_exams(view_model.state.exams))
        self._steps.addWidget(self._make_day())
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.addWidget(self._step)
        column.addWidget(self._steps)
        self._digits = [
            shortcut(page, str(number), partial(self._choose, exam))
            for number, exam in zip(range(1, 10), view_model.state.exams, strict=False)
        ]
        self._keys: list[QShortcut] = [*self._digits, shortcut(page, "Esc", view_model.skip)]
        view_model.changed.connect(self.render_state)
        view_model.finished.connect(self._go)
        self.render_state(view_model.state)
        page.groups.insertWidget(1, self)
        # At once, as everything on the page.
        self.show()

    def _make_exams(self, exams: tuple[Exam, ...]) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(label("Which exam are you preparing for?", "section", wrap=True))
        for number, exam in enumerate(exams, 1):
            choice = button(f"{number}   {exam.title}", partial(self._choose, exam), name=exam.title)
            choice.setProperty("role", "choice")
            column.addWidget(choice)
        skip = button("Skip   Esc", self._vm.skip, "quiet", name="Skip the welcome")
        note = label("You can change it on the Practice exam page, where you also choose how it is weighted.", "faint")
        note.setWordWrap(True)
        column.addLayout(row(note, skip, spacing=16))
        return made

    def _make_day(self) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self._when = label("", "section", wrap=True)
        self._day = QDateEdit()
        self._day.setAccessibleName("Day of the exam")
        self._day.setCalendarPopup(True)
        self._day.setDisplayFormat("d MMM yyyy")
        column.addWidget(self._when)
        self._set = button("Set the day  ⏎", self._set_day, "primary", name="Set the day")
        column.addLayout(row(self._day, self._set, None))
        column.addWidget(
            label("The plan for each day leads up to it. You can change it in Settings.", "faint", wrap=True)
        )
        back = button("Back", self._vm.go_back, "quiet", name="Choose the exam again")
        column.addLayout(row(back, None, button("No day yet   Esc", self._vm.skip, "quiet", name="No day yet")))
        return made

    def render_state(self, state: WelcomeState) -> None:
        """Show a state; showing it twice changes nothing."""
        self._step.setText(f"Welcome · {state.step} of 2")
        self._steps.setCurrentIndex(state.step - 1)
        for key in self._digits:
            key.setEnabled(state.step == 1)
        self._when.setText(f"When is your exam, {state.chosen}?")
        if state.step == 2:
            self._day.setMinimumDate(QDate.currentDate())
            self._day.setDate(QDate(state.day.year, state.day.month, state.day.day))
        asked = "Which exam are you preparing for?" if state.step == 1 else self._when.text()
        self.setAccessibleName(f"Welcome, {state.step} of 2: {asked}")

    def _choose(self, exam: Exam) -> None:
        self._vm.choose(exam)
        self._day.setFocus()

    def _set_day(self) -> None:
        day = self._day.date()
        self._vm.set_day(date(day.year(), day.month(), day.day()))

    def event(self, event: QEvent) -> bool:
        """Enter belongs to the sheet while the focus is in it, and to the plan else."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() in _ENTER:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter is the button that has the focus, or the answer."""
        if event.key() not in _ENTER:
            super().keyPressEvent(event)
            return
        focused = QApplication.focusWidget()
        if isinstance(focused, QAbstractButton):
            focused.click()
        else:
            self._set_day()

    def _go(self) -> None:
        for key in self._keys:
            key.deleteLater()
        self._page.groups.removeWidget(self)
        self.hide()
        self.deleteLater()
        self._page.setFocus()


def show_welcome(workspace: Workspace, today: TodayViewModel, page: TodayPage) -> None:
    """Welcome the learner on the Today page, where there is an exam to prepare for."""
    view_model = WelcomeViewModel(workspace)
    if view_model.state.exams:
        view_model.changed.connect(today.refresh)
        view_model.finished.connect(today.refresh)
        WelcomeSheet(view_model, page)
