"""Making a deck of its file some hundred items at a time, while the rest of the file is still being parsed.

Data, places, models and core objects of a large deck are then never in memory all at once, and no step is so long that
it would hold up the window.
"""

from dataclasses import replace
from typing import Any

from studyapp.content import build, references, schema
from studyapp.content.index import Index, Link
from studyapp.content.references import Claims
from studyapp.content.report import Report
from studyapp.content.tree import FIRST, Document, Tree, subtree
from studyapp.content.validate import validate, validate_entries
from studyapp.content.yaml_reader import AT_ONCE
from studyapp.core.deck import Card, Deck, Question

_SECTIONS = ("cards", "questions")


class DeckParts:
    """Takes the items of one deck file, and makes its deck once the file is parsed.

    What was taken is removed from the lists that it stood in, which keep their length; so are its places, unless
    ``keep_places``.
    """

    def __init__(self, index: Index, claims: Claims, report: Report, *, keep_places: bool) -> None:
        self.links: list[Link] = []
        """The cards and enemies that questions name and the deck does not have; complete with ``finish``."""
        self._index = index
        self._claims = claims
        self._report = report
        self._keep_places = keep_places
        self._cards: list[Card] = []
        self._questions: list[Question] = []
        # Of each section the list that stands there, and how many of its entries were taken.
        self._taken: dict[str, tuple[Any, int]] = {}

    def take(self, top: dict[str, Any], entries: list[Any], places: list[Tree]) -> None:
        """Take some ``entries`` of a list of the file that are new, with their places; ``top`` is the file so far."""
        section = next((key for key in _SECTIONS if top.get(key) is entries), None)
        # Which deck they belong to may stand below them; then they are taken at the end.
        if section is None or self._stands_twice(section, entries):
            return
        if isinstance(top.get("deck"), str) and len(entries) <= schema.MAX_ITEMS:
            self._make(top["deck"], section, entries, places)

    def finish(self, document: Document) -> Deck | None:
        """The deck, of the whole file; None where the report has the reasons why not."""
        data, report = document.data, self._report
        references.check_deck_id(document, self._claims)
        lists = {key: data[key] for key in _SECTIONS if isinstance(data.get(key), list)}
        lists = {key: entries for key, entries in lists.items() if len(entries) <= schema.MAX_ITEMS}
        head = {key: value for key, value in data.items() if key not in lists}
        file = validate(Document(head, document.places), schema.DeckFile, report)
        for section, entries in lists.items():
            if self._stands_twice(section, entries):
                continue
            places = subtree(document.places, [section])
            assert not isinstance(places, int)
            assert isinstance(places.inside, list)
            while self._taken.get(section, (entries, 0))[1] < len(entries):
                self._make(str(data.get("deck")), section, entries, places.inside)
        if file is None or report.failed:
            return None
        own = self._claims.claimed.ids
        self.links = [link for link in self.links if link.target not in own.get(link.kind, ())]
        return replace(build.deck(file, report.path), cards=tuple(self._cards), questions=tuple(self._questions))

    def _stands_twice(self, section: str, entries: list[Any]) -> bool:
        """Whether another list of the name was taken before: that is told, and its ids need not be as well."""
        return self._taken.get(section, (entries, 0))[0] is not entries

    def _make(self, deck: str, section: str, entries: list[Any], places: list[Tree]) -> None:
        start = self._taken.get(section, (entries, 0))[1]
        end = min(start + AT_ONCE, len(entries))
        part, trees = entries[start:end], places[start:end]
        entries[start:end] = [None] * len(part)
        if not self._keep_places:
            places[start:end] = [FIRST] * len(part)
        self._taken[section] = entries, end
        report = self._report
        references.check_items(section, part, trees, self._index, self._claims, report)
        valid = validate_entries(section, start, part, trees, schema.DeckFile, report)
        if valid is None or report.failed:
            return
        if section == "cards":
            self._cards += build.cards(valid, deck)
        else:
            questions = build.questions(valid, deck)
            self._questions += questions
            self.links += references.links_of(questions, trees, self._claims.claimed.ids)
