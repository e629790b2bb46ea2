"""Reading the daily totals: what the answers weigh today, and what each day came to."""

import json
from collections.abc import Iterator

from sqlalchemy import func, select, text

from studyapp.core.daily import Count, DayTotal
from studyapp.core.mastery import HALF_LIFE, DailyTotal, Evidence, WeightedTotal
from studyapp.store.connection import Database
from studyapp.store.daily import CONFIDENCE_COLUMNS
from studyapp.store.tables import days, met_questions, topic_days

HORIZON = 8
"""How many half-lives back answers are weighed; older ones weigh less than half a percent of a new one."""

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

    def evidence(self, today: int, half_life: float = HALF_LIFE) -> Evidence:
        """What the answers up to a day weigh on it: ``mastery.weigh`` of them all, in a few milliseconds."""
        with self._database.reading() as connection:
            newest = connection.scalar(select(func.max(days.c.day)).where(days.c.day <= today, days.c.answered > 0))
            if newest is None:
                return Evidence()
            topics = connection.scalars(select(met_questions.c.topic).distinct()).all()
            values = {
                "newest": newest,
                "first": newest - round(HORIZON * half_life),
                "half_life": float(half_life),
                "topics": json.dumps(topics),
            }
            rows = connection.execute(_WEIGHTED, values).all()
        totals = ((topic, bool(seen), json.loads(sums)) for topic, seen, sums in rows)
        return Evidence(
            tuple(WeightedTotal(topic, seen, *sums) for topic, seen, sums in totals if sums[0]), today - newest
        )

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

    def topic_days(self, first: int, last: int) -> Iterator[DailyTotal]:
        """The daily totals of each topic from one day to another, both included."""
        statement = select(
            topic_days.c.day,
            topic_days.c.topic,
            topic_days.c.seen,
            topic_days.c.correct,
            topic_days.c.answered,
            topic_days.c.chance,
        ).where(topic_days.c.day.between(first, last), topic_days.c.answered > 0)
        with self._database.reading() as connection:
            rows = connection.execute(statement).all()
        return (DailyTotal(*row) for row in rows)

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
