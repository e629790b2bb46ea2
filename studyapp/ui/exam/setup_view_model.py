"""Choosing an exam: what each blueprint will be, and the exams sat before."""

from collections import Counter
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal

from studyapp.core.attempt import AttemptSummary, Mode
from studyapp.core.blueprint import Blueprint, SourceKind
from studyapp.core.interval import wilson
from studyapp.sessions.workspace import Workspace
from studyapp.ui import words
from studyapp.ui.routes import ResumeAttempt, ShowResults, StartExam

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
    """One line of the history."""

    id: int
    text: str
    detail: str
    running: bool


@dataclass(frozen=True)
class SetupState:
    """What the page shows. ``chosen`` is the id of the blueprint whose facts are shown, None without blueprints."""

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


class SetupViewModel(QObject):
    """Emits one state; the pass mark of each blueprint is the learner's and is remembered."""

    changed = Signal(object)
    navigate = Signal(object)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self.state = SetupState()

    def refresh(self) -> None:
        """Read everything again."""
        bank = self._workspace.bank
        settings = self._workspace.store.settings
        wanted = settings.get("blueprint", DEFAULT_BLUEPRINT)
        chosen = bank.blueprint(wanted) or bank.blueprint(DEFAULT_BLUEPRINT) or next(iter(bank.blueprints), None)
        summaries = self._workspace.store.attempts.summaries()
        running = next((s for s in summaries if s.submitted_at is None and s.mode is Mode.SIMULATION), None)
        self.state = replace(
            self._facts(chosen) if chosen else SetupState(),
            choices=tuple(
                Choice(b.id, b.title, f"{b.exam}. {_KINDS[b.source.kind]}.")
                for b in sorted(bank.blueprints, key=lambda b: (b.id != DEFAULT_BLUEPRINT, b.id))
            ),
            running=running.id if running else None,
            past=tuple(_past(s) for s in summaries if s.submitted_at or s.mode is Mode.SIMULATION),
        )
        self.changed.emit(self.state)

    def choose(self, blueprint_id: str) -> None:
        """Show another blueprint, and remember it."""
        if blueprint_id != self.state.chosen:
            self._workspace.store.settings.set("blueprint", blueprint_id)
            self.refresh()

    def set_pass_mark(self, percent: int) -> None:
        """The learner's pass mark for the chosen blueprint, in percent."""
        if self.state.chosen and percent != self.state.pass_mark:
            self._workspace.store.settings.set(f"pass_mark:{self.state.chosen}", percent)
            self.refresh()

    def start(self, *, fill: bool = False) -> None:
        """Begin an exam of the chosen blueprint."""
        if self.state.chosen:
            self.navigate.emit(StartExam(self.state.chosen, self.state.pass_mark / 100, fill))

    def open(self, attempt: int) -> None:
        """Open an exam of the history: its results, or the exam itself where it is not submitted."""
        past = next((p for p in self.state.past if p.id == attempt), None)
        running = past.running if past else attempt == self.state.running
        self.navigate.emit(ResumeAttempt(attempt) if running else ShowResults(attempt))

    def _facts(self, blueprint: Blueprint) -> SetupState:
        """The part of the state that is about one blueprint."""
        questions = self._workspace.bank.questions.values()
        held = Counter(i for q in questions for i in blueprint.eligible(q))
        stored = self._workspace.store.settings.get(f"pass_mark:{blueprint.id}", round(blueprint.pass_mark * 100))
        return SetupState(
            chosen=blueprint.id,
            title=blueprint.title,
            kind=_KINDS[blueprint.source.kind],
            remark=blueprint.source.remark or "",
            size=f"{blueprint.questions} questions in {blueprint.minutes} minutes",
            pass_mark=int(stored),
            strata=tuple(
                StratumLine(s.name, quota, held[i])
                for i, (s, quota) in enumerate(zip(blueprint.strata, blueprint.quotas(), strict=True))
            ),
        )


def _past(summary: AttemptSummary) -> PastExam:
    kind = "Drill" if summary.mode is Mode.STUDY else "Exam"
    when = words.day(summary.started_at)
    if summary.submitted_at is None:
        return PastExam(
            summary.id, summary.title, f"{when} · running, {summary.answered} of {summary.questions} answered", True
        )
    score = f"{summary.correct} of {summary.questions}, {words.percent(summary.share)}"
    sure = words.between(wilson(summary.correct, summary.questions))
    return PastExam(summary.id, f"{kind}: {summary.title}", f"{when} · {score} ({sure})", False)
