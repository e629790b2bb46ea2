"""Looking closer at the files that are checked, while each is loaded and its places are at hand."""

from collections.abc import Iterable, Iterator, Sequence, Set
from pathlib import Path

from studyapp.content.checks import resemblance, runner
from studyapp.content.checks.whole_deck import Counts
from studyapp.content.choice import Choice
from studyapp.content.fix.whitespace import report_stray
from studyapp.content.id_checks import Unrecorded, check_ids, renames, report_new
from studyapp.content.ledger import Ledger
from studyapp.content.loader import Source
from studyapp.content.report import Report
from studyapp.content.tree import Place, Tree, place_of
from studyapp.content.written import check_cut_texts
from studyapp.core.deck import Card, Case, Deck, Question
from studyapp.core.names import Product

RESEMBLANCE = ("W325", "W326", "W330")
"""Codes that are looked for over all decks at once."""


class Inspector:
    """Runs the rules on the chosen files as they load, and keeps the places that later rules need."""

    def __init__(self, chosen: Set[Path], choice: Choice, ledger: Ledger | None) -> None:
        self._chosen = chosen
        self._choice = choice
        self._ledger = ledger
        self._items: dict[str, tuple[Report, Place]] = {}
        self.places: dict[Path, Tree] = {}
        """The places of the files that coverage looks at."""
        self.counts: list[Counts] = []
        """How guessing does in each deck."""
        self.new: list[Unrecorded] = []
        """The ids of each deck that the ledger lacks."""

    def inspect(self, source: Source) -> None:
        """Run the rules on a file: all of them where it has loaded, else those about its text."""
        if source.document is None or source.path not in self._chosen:
            return
        text, places, folder = source.document.text, source.document.places, source.path.parent
        check_cut_texts(text, source.report)
        if source.built is None:
            return
        if self._choice.wants("W119"):
            report_stray(text, source.report)
        if isinstance(source.built, Deck):
            self.counts.append(runner.check_deck(source.built, places, folder, source.report))
            if self._ledger:
                self.new.append(check_ids(source.built, places, self._ledger, source.report))
            if self._choice.wants_any(RESEMBLANCE):
                self._items.update(_places_of_items(source.built, places, source.report))
        elif isinstance(source.built, Case):
            runner.check_case(source.built, places, folder, source.report)
        else:
            self.places[source.path] = places

    def check_new_ids(self, sources: Sequence[Source], unread: Iterable[Path]) -> frozenset[str]:
        """W212 and W214, once all files are loaded; ``unread`` are those of the folder that are not among them.

        The ids that are not to be recorded, as they seem to be renamed.
        """
        if self._ledger is None:
            return frozenset()
        decks = [source.built for source in sources if isinstance(source.built, Deck)]
        in_use: set[str] = set()
        for deck in decks:
            for items in (deck.cards, deck.questions):
                in_use.update(id_ for item in items for id_ in (item.id, *item.was))
        renamed = renames(self.new, self._ledger, in_use, unread)
        return frozenset(id_ for new in self.new for id_ in report_new(new, renamed))

    def check_resemblance(self, sources: Sequence[Source]) -> None:
        """W325, W326 and W330 over all decks; reported where the file is among the chosen."""
        decks = [source.built for source in sources if isinstance(source.built, Deck)]
        questions = [question for deck in decks for question in deck.questions]
        cards = [card for deck in decks for card in deck.cards]
        names = [name for product in _products(sources) for name in product.all_names]
        for found in (
            *resemblance.given_away(questions, names),
            *resemblance.near_questions(questions),
            *resemblance.near_cards(cards),
        ):
            if found.id in self._items:
                report, place = self._items[found.id]
                report.add(found.code, place, found.message, place[0])


def _places_of_items(deck: Deck, places: Tree, report: Report) -> Iterator[tuple[str, tuple[Report, Place]]]:
    sections: tuple[tuple[str, Sequence[Card | Question]], ...] = (("cards", deck.cards), ("questions", deck.questions))
    for section, items in sections:
        for i, item in enumerate(items):
            yield item.id, (report, place_of(places, (section, i, "id")))


def _products(sources: Sequence[Source]) -> Iterator[Product]:
    for source in sources:
        if source.kind == "names" and source.built is not None:
            yield from source.built
