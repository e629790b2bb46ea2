"""Progress: where the learner is weak, and how things went."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from studyapp.core.selection import CustomSet
from studyapp.sessions.plan import DRILL_QUESTIONS
from studyapp.sessions.progress import CHANGE_DAYS, Grouping, WeakAreas, weak_areas
from studyapp.sessions.standing import Goal, goal
from studyapp.sessions.steps import Steps
from studyapp.sessions.workspace import Workspace
from studyapp.ui import words
from studyapp.ui.progress.lines import Level, Line, area_line
from studyapp.ui.routes import ReviewCards, StartCustom, StartDrill
from studyapp.ui.steps import Stepper

if TYPE_CHECKING:
    # Imported when the charts are first looked at.
    from studyapp.core.mastery import Area, Learner
    from studyapp.sessions.over_time import Days
    from studyapp.ui.progress.chart_data import ChartData

_PASS_MARK = 0.7


@dataclass(frozen=True)
class ProgressState:
    """The weak areas. ``exam`` is the title of the exam aimed at, empty where none is loaded."""

    lines: tuple[Line, ...] = ()
    grouping: Grouping = Grouping.DOMAINS
    exam: str = ""
    pass_mark: float = _PASS_MARK
    note: str = ""


@dataclass(frozen=True)
class HistoryState:
    """The charts by name, and the areas whose mastery can be shown: id and title, and the one that is."""

    charts: tuple["ChartData", ...] = ()
    areas: tuple[tuple[str, str], ...] = ()
    area: str = ""


class ProgressViewModel(QObject):
    """Reads the figures anew whenever the page is opened, in slices that leave the window free."""

    changed = Signal(object)
    history_changed = Signal(object)
    navigate = Signal(object)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self._stepper = Stepper(self)
        self._over_time = False
        self._known: tuple[tuple[int, Learner], ...] = ()
        self.state = ProgressState()
        self.history = HistoryState()

    @property
    def busy(self) -> bool:
        """Whether figures are being read."""
        return self._stepper.busy

    def refresh(self) -> None:
        """Read the figures that are looked at again."""
        if self._over_time:
            self._stepper.run(self._read_history(), self._show_history)
        else:
            # The first time the page has just been built.
            self._stepper.run(self._read_areas(), self._show_areas, soon=not self.state.lines)

    def look_at(self, *, over_time: bool) -> None:
        """Look at how things went, or at the weak areas."""
        self._over_time = over_time
        self.refresh()

    def close(self) -> None:
        """Nothing is read any more."""
        self._stepper.stop()

    def group(self, grouping: Grouping) -> None:
        """Show domains, or the parts of the exam that is aimed at."""
        if grouping is not self.state.grouping:
            self.state = replace(self.state, grouping=grouping)
            self.refresh()

    def act(self, line: Line) -> None:
        """Drill an area, or review the cards of a question that was missed."""
        if not line.action:
            return
        if line.level is Level.QUESTION:
            self.navigate.emit(ReviewCards(line.cards))
            return
        aim = self._aim()
        if line.level is Level.AREA and self.state.grouping is Grouping.STRATA and aim is not None:
            custom = CustomSet(
                name=line.title,
                areas=(line.id,),
                blueprint=aim.blueprint.id,
                questions=DRILL_QUESTIONS,
                feedback=True,
            )
            self.navigate.emit(StartCustom(custom))
        else:
            self.navigate.emit(StartDrill(line.id))

    def choose_area(self, area: str) -> None:
        """Show the mastery of another area over time."""
        if area != self.history.area and self.history.charts:
            self.history = replace(self.history, area=area, charts=(self._mastery(area), *self.history.charts[1:]))
            self.history_changed.emit(self.history)

    def _aim(self) -> Goal | None:
        return goal(self._workspace.store.settings, self._workspace.bank)

    def _read_areas(self) -> Steps[ProgressState]:
        workspace, aim = self._workspace, self._aim()
        grouping = self.state.grouping if aim is not None else Grouping.DOMAINS
        figures = yield from weak_areas(workspace.store, workspace.areas, workspace.clock.now(), aim, grouping)
        yield
        pass_mark = aim.pass_mark if aim is not None else _PASS_MARK
        return ProgressState(
            lines=tuple(area_line(area, pass_mark) for area in figures.areas),
            grouping=grouping,
            exam=aim.blueprint.title if aim is not None else "",
            pass_mark=pass_mark,
            note=_note(figures, aim, pass_mark),
        )

    def _show_areas(self, state: ProgressState) -> None:
        self.state = state
        self.changed.emit(state)

    def _read_history(self) -> Steps[HistoryState]:
        from studyapp.sessions.over_time import days_of_study, mastery_over_time

        workspace = self._workspace
        charted = self._charted()
        yield
        days = days_of_study(workspace.store, workspace.areas, workspace.clock.now())
        yield
        title = workspace.bank.syllabus.title_of
        area = self.history.area or (charted[0].id if charted else "")
        charts = yield from self._charts(days)
        choice = tuple((area.id, title(area.id)) for area in charted)
        # What is quick is shown first; the line of mastery takes a fit for each of its points.
        waiting = replace(self._mastery(area), empty="Being worked out from your answers.")
        self._show_history(HistoryState((waiting, *charts), choice, area))
        yield
        self._known = yield from mastery_over_time(workspace.store, workspace.areas, workspace.clock.now())
        return replace(self.history, charts=(self._mastery(self.history.area), *charts))

    def _charts(self, days: "Days") -> "Steps[tuple[ChartData, ...]]":
        from studyapp.ui.progress import chart_words

        aim = self._aim()
        pass_mark = aim.pass_mark if aim is not None else _PASS_MARK
        allowed = aim.blueprint.minutes * 60 / aim.blueprint.questions if aim is not None else None
        yield
        calendar = chart_words.calendar(days)
        yield
        return (
            chart_words.scores(days.exams, pass_mark),
            calendar,
            chart_words.due(days),
            chart_words.pace(days, allowed),
            chart_words.confidence(days),
        )

    def _show_history(self, history: HistoryState) -> None:
        self.history = history
        self.history_changed.emit(history)

    def _charted(self) -> "tuple[Area, ...]":
        """The areas whose mastery can be shown over time: the parts of the exam, then the domains."""
        aim, areas = self._aim(), self._workspace.areas
        return (*(areas.strata(aim.blueprint) if aim is not None else ()), *areas.domains)

    def _mastery(self, area_id: str) -> "ChartData":
        from studyapp.core.mastery import mastery
        from studyapp.ui.progress import chart_words

        aim = self._aim()
        pass_mark = aim.pass_mark if aim is not None else _PASS_MARK
        area = next((area for area in self._charted() if area.id == area_id), None)
        known = [] if area is None else [(day, mastery(learner, [area])[0]) for day, learner in self._known]
        return chart_words.mastery(self._workspace.bank.syllabus.title_of(area_id), known, pass_mark)


def _note(figures: WeakAreas, aim: Goal | None, pass_mark: float) -> str:
    if not figures.answers:
        return (
            "Answer questions in an exam or a drill, and each area shows here how well you know it and how sure that "
            "is."
        )
    when = words.short_day(figures.recall_at)
    day = f"the exam day, {when}" if aim is not None and aim.day is not None else when
    return (
        f"From {words.counted(figures.answers, 'answer')}, the surest weakness first. The band is where your share of "
        f"right answers to fresh questions lies, 80 % sure; dashed is a pass mark of {words.percent(pass_mark)}, an "
        f"assumption. Changes are of the last {CHANGE_DAYS} days; recall of the cards is predicted for {day}."
    )
