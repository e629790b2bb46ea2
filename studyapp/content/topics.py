"""The topics of a syllabus, for authors who look for one: by a word, or near one that does not exist."""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

from studyapp.content.discovery import deck_files, is_syllabus, require, shown
from studyapp.content.report import hint
from studyapp.core.errors import DeckFolderError, StudyError

if TYPE_CHECKING:
    from studyapp.core.syllabus import Syllabus

_WORDS = re.compile(r"[a-z0-9]+")
_STEM = 4
"""So many first letters at least make two words one, such as partitions and partitioning."""
_FILLERS = frozenset(
    ("and", "for", "from", "non", "the", "this", "use", "what", "when", "which", "why", "with", "your")
)
_TELLING = 3
"""Letters that a word has at least which tells of anything, such as sql."""
TO_FILL = "fill-in"
"""The domain that a starting file has where its topics are to be written."""


def syllabus_of(folder: Path) -> Syllabus:
    """The syllabus of a deck folder, without its decks.

    Raises:
        DeckFolderError: where it has none that can be read.
    """
    from studyapp.content.loader import load

    require(folder)
    files = [path for path in deck_files([folder]) if is_syllabus(path)]
    if not files:
        raise DeckFolderError(
            f"There is no syllabus in {shown(folder)}.",
            "Leave --decks out for the shipped one, or name the folder of a syllabus.",
        )
    return load(files).bank.syllabus


def topics_text(syllabus: Syllabus, word: str = "") -> str:
    """Ids and titles of the topics that have the word in either, one a line; all of them without a word.

    Raises:
        StudyError: where no topic has it.
    """
    wanted = word.casefold()
    found = [t for t in syllabus.topics.values() if wanted in t.id.casefold() or wanted in t.title.casefold()]
    if not found:
        near = near_topic(wanted, syllabus.topics)
        raise StudyError(
            f"No topic has {word!r} in its id or title{f' (did you mean {near!r}?)' if near else ''}.",
            "'studyapp topics' lists them all.",
        )
    width = max(len(topic.id) for topic in found)
    return "".join(f"{topic.id:{width}}  {topic.title}\n" for topic in found)


def topic_hint(wanted: str, topics: Collection[str]) -> str:
    """What to say behind an unknown topic: the nearest one, or how to find it."""
    domain = wanted.partition(".")[0]
    if domain == TO_FILL:
        return ", as the text of the starting file still stands here; 'studyapp topics' lists what to put in its place"
    near = near_topic(wanted, topics)
    if near:
        return f" (did you mean '{near}'?)"
    known = any(topic.startswith(f"{domain}.") for topic in topics)
    return f"; 'studyapp topics {domain}' lists those of its domain" if known else "; 'studyapp topics' lists them"


def near_topic(wanted: str, topics: Collection[str]) -> str | None:
    """The topic that was probably meant: written alike, or with the same words; in the same domain where it exists."""
    domain, _, name = wanted.partition(".")
    same = {topic.removeprefix(f"{domain}."): topic for topic in sorted(topics) if topic.startswith(f"{domain}.")}
    named = same or {topic: topic for topic in sorted(topics)}
    name = name if same else wanted
    alike = re.search("'(.*)'", hint(name, named))
    if alike:
        return named[alike[1]]
    words = [word for word in _WORDS.findall(name) if len(word) >= _TELLING and word not in _FILLERS]
    best = max(named, key=lambda other: _shared(words, _WORDS.findall(other)), default=None)
    return named[best] if best is not None and _shared(words, _WORDS.findall(best)) else None


def _shared(words: list[str], others: list[str]) -> float:
    """How many of some words stand in others, by their stems; the fewer others there are, the better."""
    found = sum(max((_likeness(word, other) for other in others), default=0.0) for word in words)
    return found / (10 + len(others))


def _likeness(word: str, other: str) -> float:
    """1 for the same word, less where only the beginning is the same, 0 where that is less than half of it."""
    if word == other:
        return 1.0
    differs = next((i for i, (a, b) in enumerate(zip(word, other, strict=False)) if a != b), min(len(word), len(other)))
    share = differs / max(len(word), len(other))
    return share if share >= 0.5 and differs >= _STEM else 0.0
