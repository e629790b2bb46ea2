"""History follows an item to its new id, and back to the former one where the rename is taken back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from studyapp.core.bank import Bank
from studyapp.core.deck import Card, Question

if TYPE_CHECKING:
    # For types alone: SQLModel is slow to import, and the window is painted before it is.
    from studyapp.store import Store

_SETTING = "renames by deck"
"""Holds, by kind, the former ids that decks have declared so far, each with the id that followed it and the deck."""

_Known = dict[str, tuple[str, str]]
"""By former id: the id that followed it, and the id of the deck in which it did."""


@dataclass(frozen=True)
class Renamed:
    """How many histories moved, and by its former id the present one of every card whose history belongs there."""

    histories: int = 0
    cards: Mapping[str, str] = field(default_factory=dict)


def follow_renames(store: "Store", bank: Bank) -> Renamed:
    """Move what was kept under former ids of items, all of it or nothing.

    A rename that is undone, by an editor or by checking out another branch, takes its history back: nothing in the
    decks tells of it any more, so the renames are remembered.

    Raises:
        DatabaseError: where the history cannot be read or written; it is as it was then, and so is what is remembered.
    """
    before: dict[str, _Known] = {
        kind: {former: (now, deck) for former, (now, deck) in renames.items()}
        for kind, renames in store.settings.get(_SETTING, {}).items()
    }
    questions, asked = _moves(bank.questions, before.get("question", {}))
    cards, shown = _moves(bank.cards, before.get("card", {}))
    known = {"question": asked, "card": shown}
    identities = store.identities
    kept_questions = _kept(questions, identities.kept_questions(questions) if questions else set())
    kept_cards = _kept(cards, identities.kept_cards(cards) if cards else set())
    is_new = known != before and any((asked, shown, before))
    if is_new or kept_questions or kept_cards:
        with store.all_or_nothing():
            if is_new:
                store.settings.set(_SETTING, known)
            if kept_questions:
                identities.rename_questions(kept_questions)
            if kept_cards:
                identities.rename_cards(kept_cards)
    return Renamed(len(kept_questions) + len(kept_cards), cards)


def _moves(items: Mapping[str, Card] | Mapping[str, Question], known: _Known) -> tuple[dict[str, str], _Known]:
    """Which ids' histories belong to which, and the renames to be remembered, those declared last at the end."""
    declared = {former: (item.id, item.deck) for item in items.values() for former in item.was if former not in items}
    known = {**{former: then for former, then in known.items() if former not in declared}, **declared}
    # An id that the same deck has again is no former one any more; in another deck it stands for another item.
    back = [former for former, (_, deck) in known.items() if former in items and items[former].deck == deck]
    moves = {former: now for former, (now, _) in declared.items()}
    for former in back:
        last = _last(former, known)
        if last not in items:
            # Of several that were put together the first one takes it all.
            moves.setdefault(last, former)
    return moves, {former: then for former, then in known.items() if former not in back}


def _last(former: str, known: _Known) -> str:
    """The id at the end of the renames that began with this one."""
    passed = {former}
    while former in known and (now := known[former][0]) not in passed:
        passed.add(now)
        former = now
    return former


def _kept(moves: Mapping[str, str], kept: set[str]) -> dict[str, str]:
    return {former: now for former, now in moves.items() if former in kept}
