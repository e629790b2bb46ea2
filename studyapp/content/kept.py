"""What a file gave when it was last read, kept so that only what changed is read again.

Light to import: opening the program from a kept load needs neither the parser nor pydantic.
"""

import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from studyapp.content.index import Claimed, Index, Link
from studyapp.content.library import LoadedFile
from studyapp.content.tree import Place
from studyapp.core.blueprint import Blueprint, pattern_matches
from studyapp.core.deck import Deck
from studyapp.core.syllabus import Syllabus

Stamp = tuple[int, int, int]
"""Size, time of change in nanoseconds, and inode of a file: the same for as long as nobody wrote to it."""

_SETTLED_NS = 2 * 10**9
"""A file that changed less than this before it was read may change once more without its stamp telling."""


def stamp_of(path: Path) -> Stamp | None:
    """The stamp of a file, behind a link that of its target; None where there is no such file."""
    try:
        status = path.stat()
    except (OSError, ValueError):
        return None
    return status.st_size, status.st_mtime_ns, status.st_ino


def is_settled(stamp: Stamp) -> bool:
    """Whether a file with this stamp has been left alone for so long that a further change will show in its stamp."""
    return 0 < stamp[1] < time.time_ns() - _SETTLED_NS


def digest_of(raw: bytes) -> str:
    """What tells the content of a file from any other."""
    from hashlib import blake2b  # 5 ms that a start with unchanged stamps saves

    return blake2b(raw, digest_size=16).hexdigest()


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that loaded: its core object, and what must hold among the files before it for it to load again.

    ``file`` has the problems of the file by itself, without links into other decks. ``settled`` tells that the stamp
    can be trusted. ``topics`` (patterns, for a blueprint) and ``cases`` must exist.
    """

    stamp: Stamp
    settled: bool
    digest: str
    file: LoadedFile
    built: Any
    claimed: Claimed
    links: tuple[Link, ...]
    ignored: dict[int, dict[str, Place]]
    topics: frozenset[str]
    cases: frozenset[str]

    def current(self) -> "Kept | None":
        """This, with the newest stamp; None where the file no longer holds the same bytes."""
        stamp = stamp_of(self.file.path)
        if stamp is None or stamp[0] != self.stamp[0]:
            return None
        if stamp == self.stamp and self.settled:
            return self
        settled = is_settled(stamp)
        try:
            same = digest_of(self.file.path.read_bytes()) == self.digest
        except OSError:
            return None
        return replace(self, stamp=stamp, settled=settled) if same else None

    def fits(self, index: Index) -> bool:
        """Whether it loads among the files before it."""
        if isinstance(self.built, Syllabus) and index.topics is not None:
            return False
        return self.cases <= index.cases and self._finds_topics(index.topics) and not index.clashes(self.claimed)

    def _finds_topics(self, topics: frozenset[str] | None) -> bool:
        return topics is None or all(
            wanted in topics or any(pattern_matches(wanted, topic) for topic in topics) for wanted in self.topics
        )

    def enter(self, index: Index) -> None:
        """Let the files that come after refer to it."""
        index.settle(self.claimed)
        if isinstance(self.built, Syllabus):
            index.topics = frozenset(self.built.topics)
        elif self.file.kind == "case":
            index.cases.add(self.file.id)


def needs_of(built: Any) -> tuple[frozenset[str], frozenset[str]]:
    """The topics (of a blueprint the patterns of topics) and the cases that a core object names."""
    if isinstance(built, Deck):
        topics = {card.topic for card in built.cards} | {question.topic for question in built.questions}
        return frozenset(topics), frozenset(question.case for question in built.questions if question.case)
    if isinstance(built, Blueprint):
        return frozenset(topic for stratum in built.strata for topic in stratum.topics), frozenset()
    return frozenset(), frozenset()
