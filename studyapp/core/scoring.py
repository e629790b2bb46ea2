"""Scoring an attempt from the form as it was shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from studyapp.core.attempt import Attempt, Response
from studyapp.core.form import Form, FormItem
from studyapp.core.interval import Interval, wilson


class Outcome(StrEnum):
    """What became of one question."""

    RIGHT = "right"
    WRONG = "wrong"
    UNANSWERED = "unanswered"


@dataclass(frozen=True, slots=True)
class Tally:
    """Right answers out of questions in one group of questions, with an 80 % interval and the time they took."""

    name: str
    correct: int
    questions: int
    seconds: float

    @property
    def share(self) -> float:
        """The share of right answers, 0 to 1."""
        return self.correct / self.questions if self.questions else 0.0

    @property
    def interval(self) -> Interval:
        """The 80 % interval of the share."""
        return wilson(self.correct, self.questions)


@dataclass(frozen=True)
class Score:
    """The result of an attempt: the total, each stratum in order of the form's weights, fresh and seen apart."""

    total: Tally
    strata: tuple[Tally, ...]
    fresh: Tally
    seen: Tally
    outcomes: tuple[Outcome, ...]
    pass_mark: float

    @property
    def passed(self) -> bool:
        """Whether the share reaches the pass mark, which is an assumption."""
        # 35 of 50 must pass at 0.70, whatever binary fractions make of it.
        return self.total.correct >= self.pass_mark * self.total.questions - 1e-9


def outcome(item: FormItem, response: Response) -> Outcome:
    """Right only where exactly the key is chosen: several-answer questions are all or nothing, as in the exam."""
    if not response.chosen:
        return Outcome.UNANSWERED
    return Outcome.RIGHT if response.chosen == item.question.key else Outcome.WRONG


def score(attempt: Attempt) -> Score:
    """Score an attempt; unanswered questions count as wrong."""
    form = attempt.form
    outcomes = tuple(outcome(i, r) for i, r in zip(form.items, attempt.responses, strict=True))
    everything = range(len(form.items))

    def tally(name: str, places: Sequence[int]) -> Tally:
        return Tally(
            name=name,
            correct=sum(outcomes[i] is Outcome.RIGHT for i in places),
            questions=len(places),
            seconds=sum(attempt.responses[i].seconds for i in places),
        )

    return Score(
        total=tally("All questions", everything),
        strata=tuple(tally(name, places) for name, places in _places_by_stratum(form).items()),
        fresh=tally("Fresh", [i for i in everything if not form.items[i].seen]),
        seen=tally("Seen before", [i for i in everything if form.items[i].seen]),
        outcomes=outcomes,
        pass_mark=form.pass_mark,
    )


def _places_by_stratum(form: Form) -> dict[str, list[int]]:
    """The places of each stratum, the largest stratum first, by name among equals."""
    places: dict[str, list[int]] = {}
    for i, item in enumerate(form.items):
        places.setdefault(item.stratum, []).append(i)
    return dict(sorted(places.items(), key=lambda entry: (-len(entry[1]), entry[0])))
