"""How an exam is weighted, and how weights become whole numbers of questions."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import floor

from studyapp.core.deck import Question


class SourceKind(StrEnum):
    """Where a distribution comes from: a candidate's report, our derivation, or Google's published guide."""

    REPORTED = "reported"
    DERIVED = "derived"
    PUBLISHED = "published"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a blueprint's weights come from; ``notes`` are the lines of the study notes that report them."""

    kind: SourceKind
    notes: str | None = None
    remark: str | None = None


@dataclass(frozen=True, slots=True)
class Stratum:
    """A share of an exam: the questions whose topic fits one of ``topics``, or whose case is among ``cases``.

    A topic pattern is a topic id, or a prefix that ends in ``*`` (``bigquery.*``).
    """

    name: str
    weight: Fraction
    topics: tuple[str, ...] = ()
    cases: tuple[str, ...] = ()

    def fits(self, question: Question) -> bool:
        """Whether the question may be counted in this stratum."""
        return self.takes(question.topic, question.case)

    def takes(self, topic: str, case: str | None) -> bool:
        """Whether questions of a topic and case may be counted in this stratum."""
        return (case is not None and case in self.cases) or self.covers(topic)

    def covers(self, topic: str) -> bool:
        """Whether one of the topic patterns matches the topic."""
        # A plain loop: asked for each topic in each stratum whenever decks have changed.
        for pattern in self.topics:  # noqa: SIM110
            if pattern_matches(pattern, topic):
                return True
        return False


@dataclass(frozen=True)
class Blueprint:
    """How an exam is weighted.

    ``questions`` and ``minutes`` are the exam's size, ``pass_mark`` a share between 0 and 1. Google publishes no
    pass mark: it is an assumption that the learner can change.
    """

    id: str
    title: str
    exam: str
    source: Source
    questions: int
    minutes: int
    pass_mark: float
    strata: tuple[Stratum, ...]

    def eligible(self, question: Question) -> tuple[int, ...]:
        """The indexes of the strata in which the question may be counted.

        Where strata ask for the question's case, it counts in those alone: they have no other source.
        """
        by_case = tuple(i for i, s in enumerate(self.strata) if question.case is not None and question.case in s.cases)
        return by_case or tuple(i for i, s in enumerate(self.strata) if s.covers(question.topic))

    def quotas(self) -> tuple[int, ...]:
        """Whole numbers of questions for the strata, in their order; they add up to ``questions``."""
        return largest_remainder([stratum.weight for stratum in self.strata], self.questions)


def pattern_matches(pattern: str, topic: str) -> bool:
    """Whether a topic pattern (an id, or a prefix that ends in ``*``) matches a topic id."""
    return pattern == topic or (pattern[-1:] == "*" and topic.startswith(pattern[:-1]))


def largest_remainder(weights: Sequence[Fraction], seats: int) -> tuple[int, ...]:
    """Share out ``seats`` in proportion to ``weights`` by the largest-remainder (Hare) method.

    A tie of remainders goes to the larger weight, then to the one named first. Exact, since weights are fractions.

    Raises:
        ValueError: where there is no weight, a negative one, or none above zero.
    """
    total = sum(weights, Fraction(0))
    if total <= 0 or min(weights) < 0:
        raise ValueError("weights must be zero or more, and one of them above zero")
    shares = [weight * seats / total for weight in weights]
    quotas = [floor(share) for share in shares]
    order = sorted(range(len(weights)), key=lambda i: (quotas[i] - shares[i], -weights[i], i))
    for i in order[: seats - sum(quotas)]:
        quotas[i] += 1
    return tuple(quotas)
