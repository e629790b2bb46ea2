"""Scoring an attempt from the form as it was shown."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from studyapp.core.attempt import Attempt, Confidence, Response
from studyapp.core.deck import Difficulty
from studyapp.core.form import Form, FormItem
from studyapp.core.interval import Interval, wilson

# The tally of ``by_confidence`` for answers without a mark.
NOT_MARKED = "not marked"


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


@dataclass(frozen=True, slots=True)
class Changes:
    """How many answers were changed, by what they were at first and in the end."""

    right_to_wrong: int = 0
    wrong_to_right: int = 0
    wrong_to_wrong: int = 0

    @property
    def total(self) -> int:
        """All answers that were changed."""
        return self.right_to_wrong + self.wrong_to_right + self.wrong_to_wrong


def outcome(item: FormItem, response: Response) -> Outcome:
    """Right only where exactly the key is chosen: several-answer questions are all or nothing, as in the exam."""
    if not response.chosen:
        return Outcome.UNANSWERED
    return Outcome.RIGHT if response.chosen == item.question.key else Outcome.WRONG


def partial(item: FormItem, response: Response) -> tuple[int, int]:
    """How many right options were picked, of how many; for the picture alone, it earns nothing."""
    return len(response.chosen & item.question.key), len(item.question.key)


def score(attempt: Attempt) -> Score:
    """Score an attempt; unanswered questions count as wrong."""
    form = attempt.form
    marks = outcomes(attempt)
    everything = range(len(form.items))
    return Score(
        total=_tally(attempt, marks, "All questions", everything),
        strata=tuple(_tally(attempt, marks, name, places) for name, places in _places_by_stratum(form).items()),
        fresh=_tally(attempt, marks, "Fresh", [i for i in everything if not form.items[i].seen]),
        seen=_tally(attempt, marks, "Seen before", [i for i in everything if form.items[i].seen]),
        outcomes=marks,
        pass_mark=form.pass_mark,
    )


def outcomes(attempt: Attempt) -> tuple[Outcome, ...]:
    """What became of each question, in the order of the form."""
    return tuple(outcome(i, r) for i, r in zip(attempt.form.items, attempt.responses, strict=True))


def by_topic(attempt: Attempt) -> tuple[Tally, ...]:
    """A tally for each topic, named by its id, in alphabetical order."""
    return _group(attempt, sorted({i.question.topic for i in attempt.form.items}), lambda item, _: item.question.topic)


def by_difficulty(attempt: Attempt) -> tuple[Tally, ...]:
    """A tally for each difficulty there is a question of, the easy ones first."""
    return _group(attempt, list(Difficulty), lambda item, _: item.question.difficulty)


def by_confidence(attempt: Attempt) -> tuple[Tally, ...]:
    """A tally for each mark of confidence that was given, the surest first, then those without.

    Confidence is one in an answer: questions that were not answered stand in no tally.
    """
    return _group(
        attempt,
        [*Confidence, NOT_MARKED],
        lambda _, response: (response.confidence or NOT_MARKED) if response.answered else None,
    )


def changes(attempt: Attempt) -> Changes:
    """How the final answers differ from the first that were complete; an answer taken back counts as wrong."""
    moved: Counter[tuple[bool, bool]] = Counter()
    for item, response in zip(attempt.form.items, attempt.responses, strict=True):
        if response.first_chosen is not None and response.first_chosen != response.chosen:
            key = item.question.key
            moved[response.first_chosen == key, response.chosen == key] += 1
    return Changes(
        right_to_wrong=moved[True, False], wrong_to_right=moved[False, True], wrong_to_wrong=moved[False, False]
    )


def _tally(attempt: Attempt, marks: Sequence[Outcome], name: str, places: Sequence[int]) -> Tally:
    return Tally(
        name=name,
        correct=sum(marks[i] is Outcome.RIGHT for i in places),
        questions=len(places),
        seconds=sum(attempt.responses[i].seconds for i in places),
    )


def _group(
    attempt: Attempt, names: Sequence[str], name_of: Callable[[FormItem, Response], str | None]
) -> tuple[Tally, ...]:
    """A tally for each of the names that has a question, in their order."""
    places: dict[str | None, list[int]] = {}
    for i, (item, response) in enumerate(zip(attempt.form.items, attempt.responses, strict=True)):
        places.setdefault(name_of(item, response), []).append(i)
    marks = outcomes(attempt)
    return tuple(_tally(attempt, marks, str(name), places[name]) for name in names if name in places)


def _places_by_stratum(form: Form) -> dict[str, list[int]]:
    """The places of each stratum, the largest stratum first, by name among equals."""
    places: dict[str, list[int]] = {}
    for i, item in enumerate(form.items):
        places.setdefault(item.stratum, []).append(i)
    return dict(sorted(places.items(), key=lambda entry: (-len(entry[1]), entry[0])))
