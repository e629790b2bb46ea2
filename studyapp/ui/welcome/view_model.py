"""The first start: which exam, and when. Each answer is kept at once; both can be left out and given later."""

from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import QObject, Signal

from studyapp.core.blueprint import Blueprint, SourceKind
from studyapp.sessions import standing
from studyapp.sessions.workspace import Workspace

_FIRST_GUESS = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Exam:
    """One exam to choose, with the blueprint that is taken for it."""

    title: str
    blueprint: str


@dataclass(frozen=True, slots=True)
class WelcomeState:
    """What is asked: step 1 is which of ``exams``, step 2 is when ``chosen`` is, with ``day`` to begin from."""

    step: int
    exams: tuple[Exam, ...]
    chosen: str = ""
    day: date = date.min


class WelcomeViewModel(QObject):
    """``finished`` comes when both are answered, or skipped: the welcome does not come again."""

    changed = Signal(object)
    finished = Signal()

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._settings = workspace.store.settings
        self._today = workspace.clock.now().astimezone().date()
        exams: dict[str, list[Blueprint]] = {}
        for blueprint in sorted(workspace.bank.blueprints, key=lambda b: (b.id != standing.DEFAULT_BLUEPRINT, b.id)):
            exams.setdefault(blueprint.exam, []).append(blueprint)
        self.state = WelcomeState(1, tuple(Exam(title, _first(held)) for title, held in exams.items()))

    def choose(self, exam: Exam) -> None:
        """Prepare for this exam."""
        standing.set_blueprint(self._settings, exam.blueprint)
        self._show(WelcomeState(2, self.state.exams, exam.title, self._today + _FIRST_GUESS))

    def go_back(self) -> None:
        """Choose the exam again."""
        self._show(WelcomeState(1, self.state.exams))

    def set_day(self, day: date) -> None:
        """The exam is on this day."""
        standing.set_exam_day(self._settings, day)
        self.finished.emit()

    def skip(self) -> None:
        """No day is known, or nothing is to be said at all."""
        # Kept, so that the question does not come again.
        standing.set_exam_day(self._settings, None)
        self.finished.emit()

    def _show(self, state: WelcomeState) -> None:
        self.state = state
        self.changed.emit(state)


def _first(blueprints: list[Blueprint]) -> str:
    """What an exam begins with: the program's default, else what Google publishes, else the first."""
    default = next((b for b in blueprints if b.id == standing.DEFAULT_BLUEPRINT), None)
    published = next((b for b in blueprints if b.source.kind is SourceKind.PUBLISHED), None)
    return (default or published or blueprints[0]).id
