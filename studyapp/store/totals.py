"""Reading the daily totals: what the answers weigh today, and what each day came to."""

import json
from collections.abc import Generator, Sequence

from sqlalchemy import func, select, text

from studyapp.core.daily import Count, DayTotal
from studyapp.core.mastery import HALF_LIFE, Evidence, WeightedTotal
from studyapp.store.connection import Database
from studyapp.store.daily import CONFIDENCE_COLUMNS
from studyapp.store.tables import days, met_questions, topic_days

HORIZON = 8
"""How many half-lives back answers are weighed; older ones weigh less than half a percent of a new one."""

_TOPICS_A_STEP = 48

# One descent into the index for each topic. Without the LIMIT SQLite would compute the weight anew for every sum.
_WEIGHTED = text("""
    SELECT topics.value, kinds.value, (
        SELECT json_array(sum(answered), sum(w * answered), sum(w * w * answered), sum(w * correct), sum(w * chance),
            sum(w * answered * age), sum(w * answered * age * age), sum(w * correct * age))
        FROM (
            SELECT correct, answered, chance, :newest - day AS age, pow(2.0, (day - :newest) / :half_life) AS w
            FROM topic_days
            WHERE topic = topics.value AND seen = kinds.value AND day BETWEEN :first AND :newest AND answered
            LIMIT -1
        )
    )
    FROM json_each(:topics) AS topics, json_each('[0, 1]') AS kinds
""")


class TotalsStore:
    """The roll-ups, read. Days are ordinals of the learner's own days."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._kept: dict[tuple[int, float], Evidence] = {}
        self._kept_at = -1

    def evidence(self, today: int, half_life: float = HALF_LIFE) -> Generator[None, None, Evidence]:
        """What the answers up to a day weigh on it: ``mastery.weigh`` of them all, in steps of a few milliseconds.

        Kept until something is written: of a long history it takes a tenth of a second.
        """
        written = self._database.raw.total_changes
        if written != self._kept_at:
            self._kept, self._kept_at = {}, written
        if (today, half_life) in self._kept:
            return self._kept[today, half_life]
        with self._database.reading() as connection:
            newest = connection.scalar(select(func.max(days.c.day)).where(days.c.day <= today, days.c.answered > 0))
        if newest is None:
            return Evidence()
        topics, found = self.topics(), []
        for first in range(0, len(topics), _TOPICS_A_STEP):
            yield
            some = topics[first : first + _TOPICS_A_STEP]
            found += self.weighted(some, newest - round(HORIZON * half_life), newest, half_life)
        evidence = Evidence(tuple(found), today - newest)
        if written == self._database.raw.total_changes:
            self._kept[today, half_life] = evidence
        return evidence

    def weighted(self, topics: Sequence[str], first: int, last: int, half_life: float) -> list[WeightedTotal]:
        """What the answers from one day to another weigh on the latter, by topic, fresh and seen apart."""
        values = {"first": first, "newest": last, "half_life": half_life, "topics": json.dumps(topics)}
        with self._database.reading() as connection:
            rows = connection.execute(_WEIGHTED, values).all()
        totals = ((topic, bool(seen), json.loads(sums)) for topic, seen, sums in rows)
        return [WeightedTotal(topic, seen, *sums) for topic, seen, sums in totals if sums[0]]

    def topics(self) -> list[str]:
        """The topics that were met, in alphabetical order."""
        statement = select(met_questions.c.topic).distinct().order_by(met_questions.c.topic)
        with self._database.reading() as connection:
            return list(connection.scalars(statement))

    def answers(self) -> dict[str, int]:
        """How many answers there are on each topic, of all times."""
        answered = select(met_questions.c.topic, func.sum(met_questions.c.answered)).group_by(met_questions.c.topic)
        with self._database.reading() as connection:
            return {topic: count for topic, count in connection.execute(answered) if count}

    def topics_between(self, first: int, last: int) -> set[str]:
        """The topics with answers from one day to another, both included."""
        statement = select(topic_days.c.topic).where(topic_days.c.day.between(first, last), topic_days.c.answered > 0)
        with self._database.reading() as connection:
            return set(connection.scalars(statement.distinct()))

    def days(self, first: int, last: int) -> list[DayTotal]:
        """What each day came to, from one day to another; days without study are left out."""
        statement = select(days).where(days.c.day.between(first, last)).order_by(days.c.day)
        with self._database.reading() as connection:
            rows = connection.execute(statement).mappings().all()
        return [
            DayTotal(
                day=row["day"],
                total=Count(row["correct"], row["answered"]),
                seconds=row["seconds"],
                by_confidence={
                    confidence: Count(row[f"{name}_correct"], row[name])
                    for confidence, name in CONFIDENCE_COLUMNS.items()
                    if row[name]
                },
                reviews=row["reviews"],
                repeats=row["repeats"],
                recalled=row["recalled"],
                review_seconds=row["review_seconds"],
            )
            for row in rows
            if row["answered"] or row["reviews"]
        ]

    def first_day(self) -> int | None:
        """The first day of study; None before it."""
        with self._database.reading() as connection:
            first: int | None = connection.scalar(select(func.min(days.c.day)))
        return first
