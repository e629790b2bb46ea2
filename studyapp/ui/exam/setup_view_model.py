"""Choosing an exam: what each blueprint will be, and the exams sat before."""

from collections import Counter
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal

from studyapp.core.attempt import AttemptSummary, Mode
from studyapp.core.blueprint import Blueprint, SourceKind
from studyapp.sessions.selection import pass_mark, set_pass_mark
from studyapp.sessions.workspace import Workspace
from studyapp.ui import words
from studyapp.ui.exam import setup_words
from studyapp.ui.exam.setup_custom_view_model import CustomViewModel
from studyapp.ui.routes import GoTo, ResumeAttempt, ShowResults, StartExam

_NEWEST = 5
DEFAULT_BLUEPRINT = "pde-reported-count"
_KINDS = {
    SourceKind.REPORTED: "Reported by a candidate",
    SourceKind.DERIVED: "Derived from the notes, not reported",
    SourceKind.PUBLISHED: "Published by Google",
}


@dataclass(frozen=True, slots=True)
class StratumLine:
    """One stratum as the learner reads it before the start; ``short`` where the decks cannot fill it."""

    name: str
    quota: int
    held: int

    @property
    def short(self) -> bool:
        """Whether the loaded decks hold fewer questions than the exam asks for."""
        return self.held < self.quota


@dataclass(frozen=True, slots=True)
class Choice:
    """One blueprint in the list."""

    id: str
    title: str
    subtitle: str


@dataclass(frozen=True, slots=True)
class PastExam:
    """One of the newest exams."""

    id: int
    text: str
    detail: str
    running: bool


@dataclass(frozen=True)
class SetupState:
    """What the page shows. ``chosen`` is the id of the blueprint whose facts are shown, None without blueprints.

    ``clock`` says what the mode shows and does with the clock; ``past`` are the newest of ``exams`` exams.
    """

    mode: Mode = Mode.SIMULATION
    timed: bool = True
    minutes: int = 0
    clock: str = ""
    choices: tuple[Choice, ...] = ()
    chosen: str | None = None
    title: str = ""
    kind: str = ""
    remark: str = ""
    size: str = ""
    pass_mark: int = 70
    strata: tuple[StratumLine, ...] = ()
    running: int | None = None
    past: tuple[PastExam, ...] = ()
    exams: int = 0


class SetupViewModel(QObject):
    """Emits one state; the pass mark of each blueprint is the learner's and is remembered."""

    changed = Signal(object)
    navigate = Signal(object)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self.custom = CustomViewModel(workspace)
        self.custom.navigate.connect(self.navigate)
        self.state = SetupState()

    def refresh(self) -> None:
        """Read everything again."""
        bank = self._workspace.bank
        settings = self._workspace.store.settings
        wanted = settings.get("blueprint", DEFAULT_BLUEPRINT)
        chosen = bank.blueprint(wanted) or bank.blueprint(DEFAULT_BLUEPRINT) or next(iter(bank.blueprints), None)
        mode = Mode(settings.get("exam_mode", Mode.SIMULATION))
        timed = mode is Mode.SIMULATION or bool(settings.get("study_timed", False))
        summaries = self._workspace.trash.without(self._workspace.store.attempts.summaries())
        running = next((s for s in summaries if s.submitted_at is None), None)
        if mode is Mode.CUSTOM:
            self.custom.refresh()
        self.state = replace(
            self._facts(chosen, timed) if chosen else SetupState(),
            choices=tuple(
                Choice(b.id, b.title, f"{b.exam}. {_KINDS[b.source.kind]}.")
                for b in sorted(bank.blueprints, key=lambda b: (b.id != DEFAULT_BLUEPRINT, b.id))
            ),
            mode=mode,
            timed=timed,
            clock=f"{setup_words.mode_sentence(mode, timed=timed)} {setup_words.SAVED}",
            running=running.id if running else None,
            past=tuple(map(_past, summaries[:_NEWEST])),
            exams=len(summaries),
        )
        self.changed.emit(self.state)

    def set_mode(self, mode: Mode) -> None:
        """Choose how the exam is sat, and remember it."""
        if mode is not self.state.mode:
            self._workspace.store.settings.set("exam_mode", mode.value)
            self.refresh()

    def set_timed(self, timed: bool) -> None:
        """Study with the clock or without, and remember it."""
        if timed != self.state.timed:
            self._workspace.store.settings.set("study_timed", timed)
            self.refresh()

    def choose(self, blueprint_id: str) -> None:
        """Show another blueprint, and remember it."""
        if blueprint_id != self.state.chosen:
            self._workspace.store.settings.set("blueprint", blueprint_id)
            self.refresh()

    def set_pass_mark(self, percent: int) -> None:
        """The learner's pass mark for the chosen blueprint, in percent."""
        if self.state.chosen and percent != self.state.pass_mark:
            set_pass_mark(self._workspace.store.settings, self.state.chosen, percent)
            self.refresh()

    def start(self, *, fill: bool = False) -> None:
        """Begin an exam of the chosen blueprint, or the custom one."""
        state = self.state
        if state.mode is Mode.CUSTOM:
            self.custom.start()
        elif state.chosen:
            self.navigate.emit(StartExam(state.chosen, state.pass_mark / 100, fill, state.mode.value, state.timed))

    def open(self, attempt: int) -> None:
        """Open one of the newest exams: its results, or the exam itself where it is not submitted."""
        past = next((p for p in self.state.past if p.id == attempt), None)
        running = past.running if past else attempt == self.state.running
        self.navigate.emit(ResumeAttempt(attempt) if running else ShowResults(attempt))

    def show_all(self) -> None:
        """Go to the list of all exams."""
        self.navigate.emit(GoTo("history"))

    def _facts(self, blueprint: Blueprint, timed: bool) -> SetupState:
        """The part of the state that is about one blueprint."""
        questions = self._workspace.bank.questions.values()
        held = Counter(i for q in questions for i in blueprint.eligible(q))
        return SetupState(
            chosen=blueprint.id,
            title=blueprint.title,
            kind=_KINDS[blueprint.source.kind],
            remark=blueprint.source.remark or "",
            size=setup_words.size(blueprint.questions, blueprint.minutes if timed else None),
            minutes=blueprint.minutes,
            pass_mark=pass_mark(self._workspace.store.settings, blueprint.id, blueprint.pass_mark),
            strata=tuple(
                StratumLine(s.name, quota, held[i])
                for i, (s, quota) in enumerate(zip(blueprint.strata, blueprint.quotas(), strict=True))
            ),
        )


def _past(summary: AttemptSummary) -> PastExam:
    return PastExam(
        summary.id,
        f"{setup_words.kind(summary)}: {summary.title}",
        f"{words.day(summary.started_at)} · {setup_words.outcome(summary)}",
        summary.submitted_at is None,
    )
