"""The first schema."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create every table."""
    _create_attempts()
    _create_totals()
    _create_reviews()
    _create_reported_items()
    op.create_table(
        "settings",
        sa.Column("key", sa.String(), primary_key=True),
        sa.Column("value", sa.JSON(), nullable=False),
    )


def _create_attempts() -> None:
    op.create_table(
        "attempts",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("blueprint_id", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("mode", sa.String(), nullable=False),
        sa.Column("pass_mark", sa.Float(), nullable=False),
        sa.Column("questions", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.Integer(), nullable=False),
        sa.Column("saved_at", sa.Integer(), nullable=False),
        sa.Column("left_at", sa.Integer()),
        sa.Column("left_boot", sa.String()),
        sa.Column("left_seconds", sa.Float()),
        sa.Column("submitted_at", sa.Integer()),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("elapsed", sa.Float(), nullable=False),
        sa.Column("shown_since", sa.Float(), nullable=False),
        sa.Column("answered", sa.Integer()),
        sa.Column("correct", sa.Integer()),
    )
    op.create_index("ix_attempts_running", "attempts", ["id"], sqlite_where=sa.text("submitted_at IS NULL"))
    op.create_table(
        "forms",
        sa.Column("attempt_id", sa.Integer(), sa.ForeignKey("attempts.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("data", sa.JSON(), nullable=False),
    )
    op.create_table(
        "responses",
        sa.Column("attempt_id", sa.Integer(), sa.ForeignKey("attempts.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("position", sa.Integer(), primary_key=True),
        sa.Column("question_id", sa.String(), nullable=False),
        sa.Column("domain", sa.String(), nullable=False),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("stratum", sa.String(), nullable=False),
        sa.Column("chosen", sa.Integer(), nullable=False),
        sa.Column("flagged", sa.Boolean(), nullable=False),
        sa.Column("revealed", sa.Boolean(), nullable=False),
        sa.Column("seconds", sa.Float(), nullable=False),
        sa.Column("answered_at", sa.Integer()),
        sa.Column("correct", sa.Integer()),
        sa.Column("first_chosen", sa.Integer()),
        sa.Column("struck", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("confidence", sa.String()),
        sa.Column("highlights", sa.JSON(), nullable=False),
        sa.Column("visits", sa.JSON(), nullable=False),
        sa.Column("seen", sa.Boolean(), nullable=False),
        sa.Column("chance", sa.Float(), nullable=False),
        sa.Column("counted_on", sa.Integer()),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_responses_question", "responses", ["question_id"])


def _create_totals() -> None:
    op.create_table(
        "topic_days",
        sa.Column("topic", sa.String(), primary_key=True),
        sa.Column("seen", sa.Boolean(), primary_key=True),
        sa.Column("day", sa.Integer(), primary_key=True),
        sa.Column("correct", sa.Integer(), nullable=False),
        sa.Column("answered", sa.Integer(), nullable=False),
        sa.Column("chance", sa.Float(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_topic_days_day", "topic_days", ["day"])
    counts = ("answered", "correct")
    confidence = ("sure", "sure_correct", "think", "think_correct", "guess", "guess_correct")
    op.create_table(
        "days",
        sa.Column("day", sa.Integer(), primary_key=True),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in counts),
        sa.Column("seconds", sa.Float(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in confidence),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("reviews", "repeats", "recalled")),
        sa.Column("review_seconds", sa.Float(), nullable=False),
    )
    op.create_table(
        "met_questions",
        sa.Column("question_id", sa.String(), primary_key=True),
        sa.Column("domain", sa.String(), nullable=False),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("met_at", sa.Integer(), nullable=False),
        sa.Column("answered_at", sa.Integer()),
        sa.Column("answered", sa.Integer(), nullable=False),
        sa.Column("missed", sa.Boolean(), nullable=False),
        sa.Column("flagged", sa.Boolean(), nullable=False),
    )
    op.create_table(
        "question_keys",
        sa.Column("question_id", sa.String(), primary_key=True),
        sa.Column("mark", sa.String(), nullable=False),
    )
    op.create_table(
        "wanted_cards",
        sa.Column("card_id", sa.String(), primary_key=True),
        sa.Column("wanted_at", sa.Integer(), nullable=False),
    )


def _create_reviews() -> None:
    op.create_table(
        "memories",
        sa.Column("card_id", sa.String(), primary_key=True),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("phase", sa.Integer(), nullable=False),
        sa.Column("step", sa.Integer()),
        sa.Column("stability", sa.Float(), nullable=False),
        sa.Column("difficulty", sa.Float(), nullable=False),
        sa.Column("due", sa.Integer(), nullable=False),
        sa.Column("last_review", sa.Integer(), nullable=False),
        sa.Column("reviews", sa.Integer(), nullable=False),
        sa.Column("lapses", sa.Integer(), nullable=False),
    )
    op.create_index("ix_memories_due", "memories", ["due"])
    op.create_table(
        "reviews",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("card_id", sa.String(), nullable=False),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("rating", sa.Integer(), nullable=False),
        sa.Column("reviewed_at", sa.Integer(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("seconds", sa.Float(), nullable=False),
        sa.Column("before", sa.JSON()),
        sa.Column("after", sa.JSON(), nullable=False),
    )
    op.create_index("ix_reviews_card", "reviews", ["card_id"])
    op.create_index("ix_reviews_reviewed_at", "reviews", ["reviewed_at"])


def _create_reported_items() -> None:
    op.create_table(
        "reported_items",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("item_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("deck", sa.String(), nullable=False),
        sa.Column("file", sa.String(), nullable=False),
        sa.Column("fault", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("reported_at", sa.Integer(), nullable=False),
        sa.Column("dealt_at", sa.Integer()),
        sa.Column("item", sa.JSON(), nullable=False),
    )
