"""Memory states of cards, and the review log."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, bindparam, delete, func, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from studyapp.core.scheduler import Memory, Rating
from studyapp.store import daily
from studyapp.store.connection import Database
from studyapp.store.tables import from_microseconds, memories, reviews, to_microseconds, wanted_cards

_FIELDS = tuple(field.name for field in fields(Memory))
_MEMORY_COLUMNS = [memories.c[name] for name in _FIELDS]
_UPSERT = upsert(memories)
_SAVE_MEMORY = _UPSERT.on_conflict_do_update(
    set_={name: _UPSERT.excluded[name] for name in (*_FIELDS, "topic")},
)
_LOG = insert(reviews)
_MEMORY_OF_CARD = select(*_MEMORY_COLUMNS).where(memories.c.card_id == bindparam("card"))


class ReviewStore:
    """What is known of each card's memory, and every rating that led there."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def memories(self) -> dict[str, Memory]:
        """The memory state of every card ever rated, by card id."""
        with self._database.reading() as connection:
            rows = connection.execute(select(memories.c.card_id, *_MEMORY_COLUMNS))
            return {row[0]: Memory(*row[1:]) for row in rows}

    def memory(self, card_id: str) -> Memory | None:
        """The memory state of a card; None where it was never rated."""
        with self._database.reading() as connection:
            row = connection.execute(_MEMORY_OF_CARD, {"card": card_id}).first()
        return None if row is None else Memory(*row)

    def record(
        self,
        card_id: str,
        topic: str,
        before: Memory | None,
        after: Memory,
        rating: Rating,
        now: datetime,
        seconds: float,
    ) -> int:
        """Keep a rating: the new memory state and a line of the log, both or neither.

        ``before`` is None for a card never rated, ``seconds`` the time the card was on screen. Returns the id of the
        review, for ``undo``.

        Raises:
            DatabaseError: where it did not reach the disk.
        """
        day = daily.local_day(now)
        line = {
            "card_id": card_id,
            "topic": topic,
            "rating": int(rating),
            "reviewed_at": now,
            "day": day,
            "seconds": seconds,
            "before": None if before is None else _to_data(before),
            "after": _to_data(after),
        }
        with self._database.writing() as connection:
            _save_memory(connection, card_id, topic, after)
            daily.count_review(connection, day, rating, seconds, new=before is None)
            (review_id,) = connection.execute(_LOG, line).inserted_primary_key or (0,)
        return int(review_id)

    def undo(self, review_id: int) -> None:
        """Take a rating back: the memory state before it returns and its line leaves the log, both or neither.

        The ratings of a card are taken back newest first.

        Raises:
            LookupError: where there is no such review, or it is not the newest of its card.
            DatabaseError: where it did not reach the disk; the rating then stands.
        """
        with self._database.writing() as connection:
            line = connection.execute(select(reviews).where(reviews.c.id == review_id)).mappings().first()
            if line is None or review_id != _newest_review(connection, line["card_id"]):
                raise LookupError(f"review {review_id} is not the newest of a card")
            _restore(connection, line)
            new = line["before"] is None
            daily.count_review(connection, line["day"], Rating(line["rating"]), line["seconds"], new=new, sign=-1)
            connection.execute(delete(reviews).where(reviews.c.id == review_id))

    def dues(self) -> dict[str, datetime]:
        """When each card ever rated is due (UTC), by card id."""
        with self._database.reading() as connection:
            return dict(connection.execute(select(memories.c.card_id, memories.c.due)).all())

    def wanted(self) -> dict[str, datetime]:
        """The cards that missed questions are linked to, and when the newest of them was missed."""
        with self._database.reading() as connection:
            return dict(connection.execute(select(wanted_cards)).all())

    def lapses(self) -> dict[str, int]:
        """How often cards were forgotten, by topic; topics without lapses are left out."""
        lapses = func.sum(memories.c.lapses)
        with self._database.reading() as connection:
            rows = connection.execute(select(memories.c.topic, lapses).group_by(memories.c.topic).having(lapses > 0))
            return dict(rows.all())

    def reviews_since(self, at: datetime) -> int:
        """How many ratings were given at a time or later."""
        with self._database.reading() as connection:
            return connection.scalar(select(func.count()).where(reviews.c.reviewed_at >= at)) or 0

    def new_since(self, at: datetime) -> int:
        """How many cards were rated for the first time at a time or later."""
        statement = select(func.count()).where(reviews.c.reviewed_at >= at, reviews.c.before.is_(None))
        with self._database.reading() as connection:
            return connection.scalar(statement) or 0


def want_cards(connection: Connection, cards: Collection[str], now: datetime) -> None:
    """Make cards due now, where they were rated before; where not, they come first among the new ones."""
    if not cards:
        return
    due = update(memories).where(memories.c.card_id.in_(cards), memories.c.due > now).values(due=now)
    connection.execute(due)
    statement = upsert(wanted_cards)
    connection.execute(
        statement.on_conflict_do_update(set_={"wanted_at": statement.excluded.wanted_at}),
        [{"card_id": card, "wanted_at": now} for card in cards],
    )


def _save_memory(connection: Connection, card_id: str, topic: str, memory: Memory) -> None:
    connection.execute(_SAVE_MEMORY, {"card_id": card_id, "topic": topic, **asdict(memory)})


def _newest_review(connection: Connection, card_id: str) -> int | None:
    newest: int | None = connection.scalar(select(func.max(reviews.c.id)).where(reviews.c.card_id == card_id))
    return newest


def _restore(connection: Connection, line: RowMapping) -> None:
    if line["before"] is None:
        connection.execute(delete(memories).where(memories.c.card_id == line["card_id"]))
    else:
        _save_memory(connection, line["card_id"], line["topic"], _from_data(line["before"]))


def _to_data(memory: Memory) -> dict[str, Any]:
    return {
        **asdict(memory),
        "due": to_microseconds(memory.due),
        "last_review": to_microseconds(memory.last_review),
    }


def _from_data(data: Mapping[str, Any]) -> Memory:
    return Memory(
        **{
            **data,
            "due": from_microseconds(data["due"]),
            "last_review": from_microseconds(data["last_review"]),
        }
    )
