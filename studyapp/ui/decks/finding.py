"""What a search over all items finds, as the lines of a list."""

from dataclasses import dataclass
from pathlib import Path

from studyapp.content.library import Library
from studyapp.core.deck import Card, Question
from studyapp.core.names import NameFinder
from studyapp.core.search import headline_of, search_in_steps
from studyapp.sessions.steps import Steps
from studyapp.ui import words

MOST_FOUND = 200


@dataclass(frozen=True, slots=True)
class Found:
    """One item that a search found; ``folder`` is where its images lie."""

    item: Card | Question
    title: str
    detail: str
    folder: Path | None


def find(library: Library, query: str) -> Steps[tuple[tuple[Found, ...], str]]:
    """The first items found, and a line that counts all of them."""
    bank = library.bank
    hits = yield from search_in_steps(bank, NameFinder(bank.products), query)
    title_of = bank.syllabus.title_of
    found = tuple(
        Found(
            hit.item,
            words.shortened(headline_of(hit.item), 110),
            f"{'Question' if isinstance(hit.item, Question) else 'Card'} · {title_of(hit.item.topic)}",
            file.parent if (file := library.file_of(hit.item.deck)) else None,
        )
        for hit in hits[:MOST_FOUND]
    )
    if not hits:
        return (), f"Nothing found for “{words.shortened(query, 60)}”"
    questions = sum(isinstance(hit.item, Question) for hit in hits)
    counts = f"{words.held((questions, 'question'), (len(hits) - questions, 'card'))} found"
    if len(hits) > MOST_FOUND:
        counts += f"; the first {MOST_FOUND} are shown, more words narrow it"
    return found, counts
