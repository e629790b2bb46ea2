"""What the formats share: the items that go out, those that come in, and what could not be carried over."""

import codecs
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from studyapp.core.deck import Card, Case, Deck, Question
from studyapp.core.errors import StudyError

NOT_CARRIED = {"cards": "its cards to review", "enemies": "its enemies", "was": "its former ids"}
"""What an item loses in every format but CSV, by field."""

LOST_CATEGORY = "the category of questions, as a deck has none"
"""What is lost where a file sorts its questions."""


class InterchangeError(StudyError):
    """A file cannot be read or written; nothing was changed."""


class TopicWantedError(InterchangeError):
    """Items have no topic of the syllabus, and none was named for such; nothing was changed."""


@dataclass(frozen=True, order=True)
class Loss:
    """Something that could not be carried over.

    ``item`` names the item (empty: the file as a whole), ``line`` is its line in the file that was read, if one was.
    ``whole`` tells that all of the card or question is lost.
    """

    item: str
    line: int | None
    what: str
    whole: bool = False


@dataclass(frozen=True)
class Material:
    """What goes out. ``folders`` tells for each deck's id where the paths of its images begin."""

    title: str
    decks: tuple[Deck, ...]
    cases: Mapping[str, Case] = field(default_factory=dict)
    folders: Mapping[str, Path] = field(default_factory=dict)

    @property
    def questions(self) -> list[Question]:
        """The questions of all decks, in order."""
        return [question for deck in self.decks for question in deck.questions]

    @property
    def cards(self) -> list[Card]:
        """The cards of all decks, in order."""
        return [card for deck in self.decks for card in deck.cards]

    @property
    def used_cases(self) -> list[Case]:
        """The cases that the questions belong to, each once."""
        ids = dict.fromkeys(question.case for question in self.questions if question.case)
        return [self.cases[case] for case in ids if case in self.cases]


@dataclass(frozen=True)
class Written:
    """The bytes of a file to be, how many items are in them, and what is not."""

    data: bytes
    items: int
    losses: tuple[Loss, ...]


@dataclass(frozen=True)
class Entry:
    """An item that was read: ``data`` is what it would be in a deck file, as far as the source says.

    ``section`` is cards or questions; ``line`` is where the item begins in its source.
    """

    section: str
    line: int
    data: dict[str, Any]

    @property
    def name(self) -> str:
        """How losses name it: by its id, or by its first words."""
        words = str(self.data.get("stem") or self.data.get("front") or self.data.get("cloze") or "").split()
        return str(self.data.get("id") or " ".join(words[:8]))


@dataclass(frozen=True)
class Parsed:
    """What was read from a file. ``images`` are files that the texts refer to by the same relative path."""

    entries: tuple[Entry, ...]
    losses: tuple[Loss, ...] = ()
    images: Mapping[str, bytes] = field(default_factory=dict)


def decoded(data: bytes, errors: str = "strict") -> str:
    """The text of a file, with ``\\n`` alone between its lines; UTF-8, or what a byte order mark says.

    Raises:
        InterchangeError: where it is not that, and ``errors`` does not say to pass over it.
    """
    encoding = "utf-16" if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"
    try:
        text = data.decode(encoding, errors)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        place = "The file" if encoding == "utf-16" else f"Line {line}"
        raise InterchangeError(
            f"{place} is not {encoding.removesuffix('-sig').upper()}.",
            "Save the file as UTF-8 (in a spreadsheet: 'CSV UTF-8'), then import it.",
        ) from error
    return text.replace("\r\n", "\n").replace("\r", "\n")


def losses_of_decks(material: Material) -> list[Loss]:
    """What no format has a place for in what is said of a deck as a whole."""
    return [
        Loss(f"deck {deck.id}", None, "the day when its facts were checked (verified_on)")
        for deck in material.decks
        if deck.verified_on
    ]


def titles_of(material: Material) -> dict[str, str]:
    """A title for each deck by its id: with the id where others have the same, so that programs keep them apart."""
    times = Counter(" ".join(deck.title.split()).casefold() for deck in material.decks)
    return {
        deck.id: deck.title if times[" ".join(deck.title.split()).casefold()] == 1 else f"{deck.title} ({deck.id})"
        for deck in material.decks
    }


def categories(material: Material) -> Iterator[tuple[Deck, str, list[Case]]]:
    """The decks with questions, the category for each as Moodle writes one, and the cases that no deck before has."""
    known: set[str] = set()
    titles = titles_of(material)
    for deck in material.decks:
        if deck.questions:
            # A slash alone would begin a category inside of it, and one at the end would make it another's.
            title = titles[deck.id].strip("/ ") or deck.id
            cases = [case for case in replace(material, decks=(deck,)).used_cases if case.id not in known]
            known |= {case.id for case in cases}
            yield deck, title.replace("/", "//"), cases


def told(losses: tuple[Loss, ...] | list[Loss]) -> str:
    """The losses as lines: each kind once, and below it every item it happened to."""
    kinds: dict[str, list[Loss]] = {}
    for loss in losses:
        kinds.setdefault(loss.what, []).append(loss)
    lines = []
    for what, of_kind in kinds.items():
        items = [loss for loss in of_kind if loss.item or loss.line]
        count = f" ({len(items)})" if len(items) > 1 else ""
        lines.append(f"{what}{count}")
        lines += [f"  {_place(loss)}" for loss in items]
    return "\n".join(lines)


def _place(loss: Loss) -> str:
    return ": ".join(part for part in (f"line {loss.line}" if loss.line else "", loss.item) if part)
