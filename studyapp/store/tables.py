"""The tables. Their rows never leave this package: what it hands out are the dataclasses of the core.

Times are stored as whole microseconds since 1970 in UTC, chosen options as a bit mask, the bit 1 << i for option i.
The classes declare the tables; all access goes through Core with the ``Table`` objects below them.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import JSON, Dialect, ForeignKey, Index, Integer
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def to_microseconds(at: datetime) -> int:
    """Whole microseconds since 1970 (UTC).

    Raises:
        ValueError: where the time has no time zone.
    """
    if at.tzinfo is None:
        raise ValueError("times are stored in UTC: a time without a zone cannot be")
    return (at - _EPOCH) // timedelta(microseconds=1)


def from_microseconds(microseconds: int) -> datetime:
    """The time (UTC) that ``to_microseconds`` wrote."""
    return _EPOCH + timedelta(microseconds=microseconds)


class UtcTime(TypeDecorator[datetime]):
    """An aware datetime as microseconds; what is read back is in UTC."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        """Datetime to microseconds."""
        return None if value is None else to_microseconds(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        """Microseconds to datetime."""
        return None if value is None else from_microseconds(value)


class OptionSet(TypeDecorator[frozenset[int]]):
    """A set of option indexes as a bit mask; the empty set is 0."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: frozenset[int] | None, dialect: Dialect) -> int:
        """Set to mask."""
        return sum(1 << option for option in value or ())

    def process_result_value(self, value: int | None, dialect: Dialect) -> frozenset[int]:
        """Mask to set."""
        mask = value or 0
        return frozenset(option for option in range(mask.bit_length()) if mask >> option & 1)


class AttemptRow(SQLModel, table=True):
    """An attempt, without its form. ``answered`` and ``correct`` are set when it is submitted."""

    __tablename__ = "attempts"

    id: int = Field(primary_key=True)
    blueprint_id: str
    title: str
    mode: str
    pass_mark: float
    questions: int
    started_at: datetime = Field(sa_type=UtcTime)
    saved_at: datetime = Field(sa_type=UtcTime)
    left_at: datetime | None = Field(sa_type=UtcTime)
    submitted_at: datetime | None = Field(sa_type=UtcTime)
    position: int
    elapsed: float
    answered: int | None
    correct: int | None


class FormRow(SQLModel, table=True):
    """The form of an attempt as it was shown: apart, so that a list of attempts does not read it."""

    __tablename__ = "forms"

    attempt_id: int = Field(sa_column_args=(ForeignKey("attempts.id", ondelete="CASCADE"),), primary_key=True)
    data: dict[str, Any] = Field(sa_type=JSON)


class ResponseRow(SQLModel, table=True):
    """One place of an attempt. ``correct`` is 1 or 0 once answered; no score is read from it, aggregates only."""

    __tablename__ = "responses"
    # Without a rowid the responses of an attempt lie side by side, and one B-tree less is written with each answer.
    __table_args__ = ({"sqlite_with_rowid": False},)

    attempt_id: int = Field(sa_column_args=(ForeignKey("attempts.id", ondelete="CASCADE"),), primary_key=True)
    position: int = Field(primary_key=True)
    question_id: str
    domain: str
    topic: str
    stratum: str
    chosen: int = Field(sa_type=OptionSet)
    flagged: bool
    revealed: bool
    seconds: float
    answered_at: datetime | None = Field(sa_type=UtcTime)
    correct: int | None


class TallyRow(SQLModel, table=True):
    """Right answers and answers of a topic over all submitted attempts: the roll-up behind the weak areas."""

    __tablename__ = "tallies"

    domain: str = Field(primary_key=True)
    topic: str = Field(primary_key=True)
    correct: int
    answered: int


class MemoryRow(SQLModel, table=True):
    """The memory state of a card: the fields of the core's ``Memory``."""

    __tablename__ = "memories"

    card_id: str = Field(primary_key=True)
    topic: str
    phase: int
    step: int | None
    stability: float
    difficulty: float
    due: datetime = Field(sa_type=UtcTime)
    last_review: datetime = Field(sa_type=UtcTime)
    reviews: int
    lapses: int


class ReviewRow(SQLModel, table=True):
    """A line of the review log, with the memory state before (null for a new card) and after."""

    __tablename__ = "reviews"

    id: int = Field(primary_key=True)
    card_id: str
    topic: str
    rating: int
    reviewed_at: datetime = Field(sa_type=UtcTime)
    seconds: float
    before: dict[str, Any] | None = Field(sa_type=JSON(none_as_null=True))
    after: dict[str, Any] = Field(sa_type=JSON)


class SettingRow(SQLModel, table=True):
    """One setting as a JSON value."""

    __tablename__ = "settings"

    key: str = Field(primary_key=True)
    value: Any = Field(sa_type=JSON)


metadata = SQLModel.metadata
attempts = metadata.tables["attempts"]
forms = metadata.tables["forms"]
responses = metadata.tables["responses"]
tallies = metadata.tables["tallies"]
memories = metadata.tables["memories"]
reviews = metadata.tables["reviews"]
settings = metadata.tables["settings"]

Index("ix_attempts_running", attempts.c.id, sqlite_where=attempts.c.submitted_at.is_(None))
Index("ix_responses_area", responses.c.domain, responses.c.topic)
Index("ix_memories_due", memories.c.due)
Index("ix_reviews_reviewed_at", reviews.c.reviewed_at)
Index("ix_reviews_card", reviews.c.card_id)
