"""The results of a submitted attempt."""

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QObject, Signal

from studyapp.core.attempt import Attempt, Mode
from studyapp.core.interval import Interval
from studyapp.core.scoring import Outcome, Score, Tally, score
from studyapp.sessions.workspace import Workspace
from studyapp.ui import words
from studyapp.ui.exam.desk_view_model import revealed_option
from studyapp.ui.routes import ReviewCards
from studyapp.ui.widgets.options import OptionView


class Filter(StrEnum):
    """Which questions are listed."""

    WRONG = "wrong"
    FLAGGED = "flagged"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Line:
    """One group of questions with its share and interval (0 to 1), in words and as numbers for the bar."""

    name: str
    text: str
    detail: str
    share: float
    interval: Interval


@dataclass(frozen=True, slots=True)
class Answered:
    """One question as it was shown, with the answer given, the key and all rationales."""

    number: int
    outcome: Outcome
    headline: str
    stem: str
    case_title: str
    options: tuple[OptionView, ...]
    multiple: bool
    changed: str


@dataclass(frozen=True)
class ResultsState:
    """What the page shows. ``questions`` are those that pass the filter."""

    attempt: int = 0
    title: str = ""
    when: str = ""
    total: str = ""
    share: str = ""
    sure: str = ""
    verdict: str = ""
    passed: bool = False
    facts: str = ""
    pass_mark: float = 0.7
    strata: tuple[Line, ...] = ()
    filter: Filter = Filter.WRONG
    counts: tuple[tuple[Filter, int], ...] = ()
    questions: tuple[Answered, ...] = ()
    cards: tuple[str, ...] = ()


class ResultsViewModel(QObject):
    """Scores a stored attempt from the form as it was shown, and lists its questions."""

    changed = Signal(object)
    navigate = Signal(object)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self._attempt: Attempt | None = None
        self._score: Score | None = None
        self.state = ResultsState()

    def show_attempt(self, attempt_id: int) -> None:
        """Load an attempt and show its results; what was wrong comes first."""
        self._attempt = self._workspace.store.attempts.load(attempt_id)
        self._score = score(self._attempt)
        missed = any(o is not Outcome.RIGHT for o in self._score.outcomes)
        self.set_filter(Filter.WRONG if missed else Filter.ALL)

    def set_filter(self, wanted: Filter) -> None:
        """List the wrong, the flagged or all questions."""
        if self._attempt is not None and self._score is not None:
            self.state = _make_state(self._attempt, self._score, wanted, self._cards())
            self.changed.emit(self.state)

    def study(self) -> None:
        """Review the cards that belong to the missed questions."""
        if self.state.cards:
            self.navigate.emit(ReviewCards(self.state.cards))

    def _cards(self) -> tuple[str, ...]:
        """The cards linked to missed questions, in order and once each, as far as they are loaded."""
        if self._attempt is None or self._score is None:
            return ()
        loaded = self._workspace.bank.cards
        wanted = [
            card
            for item, result in zip(self._attempt.form.items, self._score.outcomes, strict=True)
            if result is not Outcome.RIGHT
            for card in item.question.cards
            if card in loaded
        ]
        return tuple(dict.fromkeys(wanted))


def _make_state(attempt: Attempt, result: Score, wanted: Filter, cards: tuple[str, ...]) -> ResultsState:
    drill = attempt.mode is Mode.STUDY
    places = {
        Filter.WRONG: [i for i, o in enumerate(result.outcomes) if o is not Outcome.RIGHT],
        Filter.FLAGGED: [i for i, r in enumerate(attempt.responses) if r.flagged],
        Filter.ALL: list(range(len(attempt.responses))),
    }
    total = result.total
    mark = words.percent(attempt.form.pass_mark)
    verdict = f"{'Reaches' if result.passed else 'Below'} the pass mark of {mark}, which is an assumption"
    return ResultsState(
        attempt=attempt.id,
        title=attempt.form.title,
        when=words.day(attempt.started_at),
        total=f"{total.correct} of {total.questions}",
        share=words.percent(total.share),
        sure=f"80 % sure: between {words.between(total.interval)} on questions like these",
        verdict="" if drill else verdict,
        passed=result.passed,
        facts=_facts(attempt, result),
        pass_mark=attempt.form.pass_mark,
        strata=tuple(_line(tally) for tally in result.strata),
        filter=wanted,
        counts=tuple((f, len(p)) for f, p in places.items()),
        questions=tuple(_answered(attempt, result, i) for i in places[wanted]),
        cards=cards,
    )


def _facts(attempt: Attempt, result: Score) -> str:
    """Time used, and fresh and seen questions apart where there are both."""
    used = words.duration(
        sum(r.seconds for r in attempt.responses) if attempt.form.minutes is None else attempt.elapsed
    )
    allowed = f" of {words.duration(attempt.form.minutes * 60)}" if attempt.form.minutes else ""
    parts = [f"Time: {used}{allowed}"]
    if result.seen.questions:
        parts.append(f"fresh questions {result.fresh.correct} of {result.fresh.questions}")
        parts.append(f"seen before {result.seen.correct} of {result.seen.questions}")
    unanswered = sum(o is Outcome.UNANSWERED for o in result.outcomes)
    if unanswered:
        parts.append(f"{unanswered} not answered")
    return " · ".join(parts)


def _line(tally: Tally) -> Line:
    return Line(
        name=tally.name,
        text=f"{tally.correct} of {tally.questions}",
        detail=f"{words.between(tally.interval)} · {words.duration(tally.seconds)}",
        share=tally.share,
        interval=tally.interval,
    )


def _answered(attempt: Attempt, result: Score, index: int) -> Answered:
    item, response = attempt.form.items[index], attempt.responses[index]
    verdict = {Outcome.RIGHT: "✓ Right", Outcome.WRONG: "✗ Wrong", Outcome.UNANSWERED: "– Not answered"}
    parts = [f"{verdict[result.outcomes[index]]}", item.stratum, words.duration(response.seconds)]
    if response.flagged:
        parts.append("⚑ flagged")
    if item.seen:
        parts.append("seen before")
    return Answered(
        number=index + 1,
        outcome=result.outcomes[index],
        headline=" · ".join(parts),
        stem=item.question.stem,
        case_title=item.case.title if item.case else "",
        options=tuple(revealed_option(item, response, i) for i in range(len(item.question.options))),
        multiple=len(item.question.key) > 1,
        changed=item.question.changed or "",
    )
