"""W210 to W212 and W214: the ids of a folder's decks, held against its ledger."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from studyapp.content.ledger import LEDGER_NAME, Ledger
from studyapp.content.meaning import Meaning, last_sentence, meaning_of
from studyapp.content.report import Report, quoted
from studyapp.content.tree import Place, Tree, place_of, subtree
from studyapp.core.deck import Card, Deck, Question

_COMMON = 50
"""Items from which on a word that they share tells nothing of which is meant."""
_TRIED = 5
"""So many of the ids that are gone, those with most words in common, are looked at closely."""


@dataclass(frozen=True)
class Unrecorded:
    """The items of a deck whose ids the ledger lacks, with the places of those ids."""

    report: Report
    deck_place: Place
    items: list[tuple[Card | Question, Place]] = field(default_factory=list)

    def silences_rename(self, place: Place) -> bool:
        """Whether a comment on the line of an id silences W214."""
        return "W214" in self.report.ignored.get(place[0], ())


def check_ids(deck: Deck, places: Tree, ledger: Ledger, report: Report) -> Unrecorded:
    """W210 and W211 for the items of a deck that has loaded; what is new in it is left to ``report_new``."""
    new = Unrecorded(report, place_of(places, ("deck",)))
    sections: tuple[tuple[str, Sequence[Card | Question]], ...] = (("cards", deck.cards), ("questions", deck.questions))
    for section, items in sections:
        for i, item in enumerate(items):
            tree = subtree(places, (section, i))
            if item.id in ledger.known:
                _compare(item, item.id, tree, ("id",), ledger, report)
            else:
                new.items.append((item, place_of(tree, ("id",))))
            for j, former in enumerate(item.was):
                if former in ledger.known:
                    _compare(item, former, tree, ("was", j), ledger, report)
                else:
                    message = f"no item ever had the id {quoted(former)}, says {LEDGER_NAME}"
                    report.add("W210", place_of(tree, ("was", j)), message, place_of(tree, ("id",))[0])
    return new


def _compare(
    item: Card | Question, id_: str, tree: Tree, steps: tuple[str | int, ...], ledger: Ledger, report: Report
) -> None:
    before = ledger.known[id_]
    if meaning_of(item).differs_from(before):
        asked = quoted(last_sentence(before.asked) if before.kind == "question" else before.asked)
        message = f"{quoted(id_)} stood for a {before.kind} that asked {asked} ({LEDGER_NAME}:{before.line})"
        report.add("W211", place_of(tree, steps), message + "; give this item a new id", place_of(tree, ("id",))[0])


def report_new(new: Unrecorded, renamed: Mapping[str, str]) -> set[str]:
    """W214 for the new items that are ``renamed`` from an id that is gone, and W212 for the others.

    The ids that are not to be recorded until their author has said what they are.
    """
    held = set()
    for item, place in new.items:
        former = renamed.get(item.id)
        if former is not None:
            message = f"{quoted(item.id)} reads like {quoted(former)}, which is gone: add 'was: {former}'"
            if new.report.add("W214", place, message, place[0]):
                held.add(item.id)
    missing = len(new.items) - len(held)
    if missing:
        message = f"{missing} ids are not in {LEDGER_NAME} yet; 'studyapp check --fix' adds them"
        new.report.add("W212", new.deck_place, message)
    return held


def renames(new: Iterable[Unrecorded], ledger: Ledger, in_use: Set[str], unread: Iterable[Path]) -> dict[str, str]:
    """The id that is gone which each new item reads like, where it is like one and names no former id itself.

    Gone is what the ledger knows, no loaded item uses or names, and no ``unread`` file of the folder mentions. No two
    items may have been the same: each such id goes to the item that is likest. Where an author has silenced W214 for
    an item, others may still have been what it reads like.
    """
    items = [(item, found.silences_rename(place)) for found in new for item, place in found.items if not item.was]
    gone = {id_: meaning for id_, meaning in ledger.known.items() if id_ not in in_use} if items else {}
    holders: dict[str, list[str]] = defaultdict(list)
    for id_, meaning in gone.items():
        for word in meaning.words_asked | meaning.words_of_answer:
            holders[word].append(id_)
    likes = [
        _Like(*like, item.id, silent) for item, silent in items for like in _likes(meaning_of(item), gone, holders)
    ]
    mentioned = _mentioned({like.former for like in likes}, unread) if likes else set()
    return _allotted(like for like in likes if like.former not in mentioned)


class _Like(NamedTuple):
    """How like an item is to a former id that is gone."""

    likeness: float
    former: str
    item: str
    silenced: bool


def _allotted(likes: Iterable[_Like]) -> dict[str, str]:
    """A former id for each item, the likest pairs first, and none for two."""
    former: dict[str, str] = {}
    given: set[str] = set()
    for like in sorted(likes, key=lambda like: -like.likeness):
        if like.item in former or (like.former in given and not like.silenced):
            continue
        former[like.item] = like.former
        if not like.silenced:
            given.add(like.former)
    return former


def _likes(
    now: Meaning, gone: Mapping[str, Meaning], holders: Mapping[str, Sequence[str]]
) -> Iterator[tuple[float, str]]:
    """The ids that are gone which an item reads like, and how much."""
    shared: Counter[str] = Counter()
    for word in now.words_asked | now.words_of_answer:
        ids = holders.get(word, ())
        if len(ids) <= _COMMON:
            shared.update(ids)
    for id_, _ in shared.most_common(_TRIED):
        likeness = now.likeness(gone[id_])
        if likeness:
            yield likeness, id_


def _mentioned(ids: set[str], files: Iterable[Path]) -> set[str]:
    """The ids that stand in a file, loaded or not."""
    words: set[str] = set()
    for path in files:
        try:
            words.update(re.findall(r"[\w.-]+", path.read_text(encoding="utf-8-sig", errors="replace")))
        except OSError:
            continue
    return ids & words
