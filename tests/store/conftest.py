"""Real databases in temporary folders; nothing here is a mock."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from studyapp.core.deck import Case, Difficulty, Option, Question
from studyapp.core.form import Form, FormItem
from studyapp.store import Store, open_store

NOW = datetime(2026, 5, 1, 8, 30, 0, 123456, tzinfo=UTC)
CASE = Case("flowlogistic", "Flowlogistic", "# Überblick\n\nTracks parcels, worldwide.")


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def store(folder: Path) -> Iterator[Store]:
    with open_store(folder) as opened:
        yield opened


@pytest.fixture
def make_form() -> Callable[..., Form]:
    return _form


def _form(*topics: str, minutes: int | None = 120) -> Form:
    """A form with one question for each topic; the first option is the key."""
    return Form(
        "pde-reported-count", "Reported “count”", 7, minutes, 0.7, tuple(_item(i, t) for i, t in enumerate(topics))
    )


def _item(place: int, topic: str) -> FormItem:
    case = CASE if place == 1 else None
    question = Question(
        id=f"q{place}",
        topic=topic,
        difficulty=Difficulty.HARD,
        stem="Which?\n",
        options=tuple(Option(f"Option {i} 😀", i == 0, f"Because {i}") for i in range(6)),
        deck="d",
        case=case.id if case else None,
        cards=("c1", "c2"),
        changed="renamed",
    )
    return FormItem(question, stratum=f"Stratum {place % 2}", case=case, seen=place == 2)


def _damage_file(path: Path) -> None:
    """Overwrite the second half of a file, as a failing disk would."""
    half = path.stat().st_size // 2
    with path.open("r+b") as file:
        file.seek(half)
        file.write(b"\x5a" * half)


@pytest.fixture
def damage() -> Callable[[Path], None]:
    return _damage_file
