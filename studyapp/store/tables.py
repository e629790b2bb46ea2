"""The tables. Their rows never leave this package: what it hands out are the dataclasses of the core.

Times are stored as whole microseconds since 1970 in UTC, sets of options as a bit mask, the bit 1 << i for option i.
The classes declare the tables; all access goes through Core with the ``Table`` objects below them.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import JSON, Dialect, ForeignKey, Index, Integer, String
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel

from studyapp.core.attempt import Confidence, Visit

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

    def process_bind_param(self, value: frozenset[int] | None, dialect: Dialect) -> int | None:
        """Set to mask."""
        return None if value is None else sum(1 << option for option in value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> frozenset[int] | None:
        """Mask to set."""
        if value is None:
            return None
        return frozenset(option for option in range(value.bit_length()) if value >> option & 1)


class ConfidenceMark(TypeDecorator[Confidence]):
    """A mark of confidence by its word."""

    impl = String
    cache_ok = True

    def process_result_value(self, value: str | None, dialect: Dialect) -> Confidence | None:
        """Word to mark."""
        return None if value is None else Confidence(value)


class Ranges(TypeDecorator[tuple[tuple[int, int], ...]]):
    """Ranges of characters as a JSON list of pairs."""

    impl = JSON
    cache_ok = True

    def process_result_value(self, value: list[list[int]] | None, dialect: Dialect) -> tuple[tuple[int, int], ...]:
        """Lists to tuples."""
        return tuple((start, end) for start, end in value or ())


class Visits(TypeDecorator[tuple[Visit, ...]]):
    """Visits as a JSON list of pairs: when each began, and how long it lasted."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: tuple[Visit, ...] | None, dialect: Dialect) -> list[tuple[float, float]]:
        """Visits to pairs."""
        return [(visit.began, visit.seconds) for visit in value or ()]

    def process_result_value(self, value: list[list[float]] | None, dialect: Dialect) -> tuple[Visit, ...]:
        """Pairs to visits."""
        return tuple(Visit(began, seconds) for began, seconds in value or ())


class AttemptRow(SQLModel, table=True):
    """An attempt, without its form. ``answered`` and ``correct`` are set when it is submitted.

    ``left_boot`` and ``left_seconds`` are the system's count of seconds at ``left_at``, where it counts.
    """

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
    left_boot: str | None
    left_seconds: float | None
    submitted_at: datetime | None = Field(sa_type=UtcTime)
    position: int
    elapsed: float
    shown_since: float
    answered: int | None
    correct: int | None


class FormRow(SQLModel, table=True):
    """The form of an attempt as it was shown: apart, so that a list of attempts does not read it."""

    __tablename__ = "forms"

    attempt_id: int = Field(sa_column_args=(ForeignKey("attempts.id", ondelete="CASCADE"),), primary_key=True)
    data: dict[str, Any] = Field(sa_type=JSON)


class ResponseRow(SQLModel, table=True):
    """One place of an attempt. ``correct`` is 1 or 0 once answered; no score is read from it, aggregates only.

    ``seen`` tells that the question was met before, ``chance`` how likely a guess is right, ``counted_on`` the day
    (ordinal) in whose totals the answer counts; null until its attempt is submitted or its key was shown.
    """

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
    first_chosen: int | None = Field(sa_type=OptionSet)
    struck: int = Field(sa_type=OptionSet)
    note: str
    confidence: str | None = Field(sa_type=ConfidenceMark)
    highlights: list[Any] = Field(sa_type=Ranges)
    visits: list[Any] = Field(sa_type=Visits)
    seen: bool
    chance: float
    counted_on: int | None


class TopicDayRow(SQLModel, table=True):
    """The answers of a day on a topic, fresh and seen questions apart; ``chance`` sums the questions' chance levels."""

    __tablename__ = "topic_days"
    __table_args__ = ({"sqlite_with_rowid": False},)

    topic: str = Field(primary_key=True)
    seen: bool = Field(primary_key=True)
    day: int = Field(primary_key=True)
    correct: int
    answered: int
    chance: float


class DayRow(SQLModel, table=True):
    """What a day came to: answers with their time, those of each confidence, and ratings of cards with their time."""

    __tablename__ = "days"

    day: int = Field(primary_key=True)
    answered: int
    correct: int
    seconds: float
    sure: int
    sure_correct: int
    think: int
    think_correct: int
    guess: int
    guess_correct: int
    reviews: int
    repeats: int
    recalled: int
    review_seconds: float


class MetRow(SQLModel, table=True):
    """A question that was met: when, how often it was answered, and what became of it last.

    ``missed`` and ``flagged`` are those of the newest attempt that counts.
    """

    __tablename__ = "met_questions"

    question_id: str = Field(primary_key=True)
    domain: str
    topic: str
    met_at: datetime = Field(sa_type=UtcTime)
    answered_at: datetime | None = Field(sa_type=UtcTime)
    answered: int
    missed: bool
    flagged: bool


class KeyRow(SQLModel, table=True):
    """The mark of a question's key when its history was last looked at: one that differs may be another key."""

    __tablename__ = "question_keys"

    question_id: str = Field(primary_key=True)
    mark: str


class WantedRow(SQLModel, table=True):
    """A card that a missed question is linked to: it comes first among the cards never rated."""

    __tablename__ = "wanted_cards"

    card_id: str = Field(primary_key=True)
    wanted_at: datetime = Field(sa_type=UtcTime)


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
    """A line of the review log, with the memory state before (null for a new card) and after, and its day (ordinal)."""

    __tablename__ = "reviews"

    id: int = Field(primary_key=True)
    card_id: str
    topic: str
    rating: int
    reviewed_at: datetime = Field(sa_type=UtcTime)
    day: int
    seconds: float
    before: dict[str, Any] | None = Field(sa_type=JSON(none_as_null=True))
    after: dict[str, Any] = Field(sa_type=JSON)


class ReportedRow(SQLModel, table=True):
    """A fault that the learner reported of an item: the fields of the core's ``ReportedItem``."""

    __tablename__ = "reported_items"

    id: int = Field(primary_key=True)
    item_id: str
    kind: str
    deck: str
    file: str
    fault: str
    note: str
    reported_at: datetime = Field(sa_type=UtcTime)
    dealt_at: datetime | None = Field(sa_type=UtcTime)
    item: dict[str, Any] = Field(sa_type=JSON)


class SettingRow(SQLModel, table=True):
    """One setting as a JSON value."""

    __tablename__ = "settings"

    key: str = Field(primary_key=True)
    value: Any = Field(sa_type=JSON)


metadata = SQLModel.metadata
attempts = metadata.tables["attempts"]
forms = metadata.tables["forms"]
responses = metadata.tables["responses"]
topic_days = metadata.tables["topic_days"]
days = metadata.tables["days"]
met_questions = metadata.tables["met_questions"]
question_keys = metadata.tables["question_keys"]
wanted_cards = metadata.tables["wanted_cards"]
memories = metadata.tables["memories"]
reviews = metadata.tables["reviews"]
reported_items = metadata.tables["reported_items"]
settings = metadata.tables["settings"]

Index("ix_attempts_running", attempts.c.id, sqlite_where=attempts.c.submitted_at.is_(None))
Index("ix_responses_question", responses.c.question_id)
Index("ix_topic_days_day", topic_days.c.day)
Index("ix_memories_due", memories.c.due)
Index("ix_reviews_reviewed_at", reviews.c.reviewed_at)
Index("ix_reviews_card", reviews.c.card_id)
