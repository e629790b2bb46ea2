"""What a submitted attempt tells: the figures behind the results page and its exports, and the responses as CSV."""

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from statistics import median

from studyapp.core.attempt import Attempt, Confidence, Response
from studyapp.core.deck import Question
from studyapp.core.form import FormItem
from studyapp.core.scoring import (
    Changes,
    Outcome,
    Score,
    Tally,
    by_confidence,
    by_difficulty,
    by_topic,
    changes,
    partial,
    score,
)

LETTERS = "ABCDEF"
# An answer that took more than this many times the median of its attempt is called slow.
SLOW = 2.0

_COLUMNS = (
    "number",
    "id",
    "topic",
    "stratum",
    "difficulty",
    "chosen",
    "key",
    "right",
    "first answer",
    "confidence",
    "flagged",
    "seconds",
    "note",
)


@dataclass(frozen=True)
class Entry:
    """One question of a report: what was asked, what was answered, what became of it."""

    number: int
    item: FormItem
    response: Response
    outcome: Outcome
    slow: bool

    @property
    def question(self) -> Question:
        """The question as it was shown."""
        return self.item.question

    @property
    def sure_but_wrong(self) -> bool:
        """Whether the learner was sure of an answer that is wrong."""
        return self.outcome is Outcome.WRONG and self.response.confidence is Confidence.SURE

    @property
    def changed(self) -> bool:
        """Whether the final answer differs from the first that was complete."""
        return self.response.first_chosen is not None and self.response.first_chosen != self.response.chosen

    @property
    def first_was_right(self) -> bool:
        """Whether the first complete answer was the key."""
        return self.response.first_chosen == self.question.key

    @property
    def picks(self) -> tuple[int, int]:
        """How many right options were picked, of how many."""
        return partial(self.item, self.response)

    @property
    def partly_right(self) -> bool:
        """Whether a question with several answers counts as wrong although some of the picks are right."""
        return self.outcome is Outcome.WRONG and len(self.question.key) > 1 and self.picks[0] > 0


@dataclass(frozen=True)
class Report:
    """A submitted attempt with its figures. ``topics`` and ``difficulties`` carry titles, the weakest topic first.

    ``score`` holds the pass mark that the learner assumes now, whatever it was when the attempt began.
    """

    attempt: Attempt
    score: Score
    topics: tuple[Tally, ...]
    difficulties: tuple[Tally, ...]
    confidence: tuple[Tally, ...]
    changes: Changes
    entries: tuple[Entry, ...]
    median_seconds: float

    @cached_property
    def slowest(self) -> tuple[Entry, ...]:
        """All questions that took time, the slowest first."""
        timed = [entry for entry in self.entries if entry.response.seconds > 0]
        return tuple(sorted(timed, key=lambda entry: (-entry.response.seconds, entry.number)))

    @cached_property
    def missed(self) -> tuple[Entry, ...]:
        """What was wrong or not answered: first what the learner was sure of, then in the order of the form."""
        wrong = [entry for entry in self.entries if entry.outcome is not Outcome.RIGHT]
        return tuple(sorted(wrong, key=lambda entry: (not entry.sure_but_wrong, entry.number)))

    @property
    def seconds(self) -> float:
        """The time used: by the clock, or where none ran the time on the questions."""
        if self.attempt.form.minutes is not None:
            return self.attempt.elapsed
        return sum(response.seconds for response in self.attempt.responses)


def make_report(attempt: Attempt, pass_mark: float, title_of: Callable[[str], str]) -> Report:
    """The report of an attempt against a pass mark (a share); ``title_of`` gives a topic's title by its id."""
    result = replace(score(attempt), pass_mark=pass_mark)
    times = [response.seconds for response in attempt.responses if response.seconds > 0]
    usual = median(times) if times else 0.0
    topics = [replace(tally, name=title_of(tally.name)) for tally in by_topic(attempt)]
    return Report(
        attempt=attempt,
        score=result,
        topics=tuple(sorted(topics, key=lambda tally: (tally.share, -tally.questions, tally.name))),
        difficulties=by_difficulty(attempt),
        confidence=by_confidence(attempt),
        changes=changes(attempt),
        entries=tuple(
            Entry(i + 1, item, response, outcome, usual > 0 and response.seconds > SLOW * usual)
            for i, (item, response, outcome) in enumerate(
                zip(attempt.form.items, attempt.responses, result.outcomes, strict=True)
            )
        ),
        median_seconds=usual,
    )


def letters(options: frozenset[int]) -> str:
    """Options as their letters: “B”, “A, D”."""
    return ", ".join(LETTERS[option] for option in sorted(options))


def responses_csv(report: Report) -> str:
    """The responses as CSV with a header, one line for each question."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(_COLUMNS)
    for entry in report.entries:
        question, response = entry.question, entry.response
        writer.writerow(
            (
                entry.number,
                plain_cell(question.id),
                plain_cell(question.topic),
                plain_cell(entry.item.stratum),
                question.difficulty.value,
                letters(response.chosen),
                letters(question.key),
                "yes" if entry.outcome is Outcome.RIGHT else "no",
                letters(response.first_chosen or frozenset()),
                response.confidence or "",
                "yes" if response.flagged else "no",
                f"{response.seconds:.1f}",
                plain_cell(response.note),
            )
        )
    return text.getvalue()


def plain_cell(text: str) -> str:
    """Text that no spreadsheet takes for a formula: decks come from strangers."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
