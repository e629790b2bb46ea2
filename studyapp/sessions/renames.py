"""History follows an item to its new id, and back to the former one where the rename is taken back."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from studyapp.core.bank import Bank
from studyapp.core.deck import Card, Question

if TYPE_CHECKING:
    # For types alone: SQLModel is slow to import, and the window is painted before it is.
    from studyapp.store import Store

_SETTING = "renames"
"""Holds, by kind, the former ids that decks have declared so far, each with the id that followed it."""


def follow_renames(store: "Store", bank: Bank) -> int:
    """Move what was kept under former ids of items; how many histories moved.

    A rename that is undone, by an editor or by checking out another branch, takes its history back: nothing in the
    decks tells of it any more, so the renames are remembered.

    Raises:
        DatabaseError: where the history cannot be read or written.
    """
    before: dict[str, dict[str, str]] = store.settings.get(_SETTING, {})
    identities = store.identities
    questions, asked = _moves(bank.questions, before.get("question", {}))
    cards, shown = _moves(bank.cards, before.get("card", {}))
    if (known := {"question": asked, "card": shown}) != before and (asked or shown or before):
        store.settings.set(_SETTING, known)
    # A question that was answered under another key alone has no history that counts, and may have it again.
    met = identities.met() | identities.retired(questions).keys() if questions else set()
    moved = _move(questions, met, identities.rename_question)
    return moved + _move(cards, identities.rated() if cards else set(), identities.rename_card)


def _moves(
    items: Mapping[str, Card] | Mapping[str, Question], known: Mapping[str, str]
) -> tuple[dict[str, str], dict[str, str]]:
    """Which ids' histories belong to which, and the renames to be remembered."""
    declared = {former: item.id for item in items.values() for former in item.was if former not in items}
    known = {**known, **declared}
    moves = dict(declared)
    for former in known.keys() & items.keys():
        last = _last(former, known)
        if last not in items:
            moves[last] = former
    # An id that an item has again is no former one any more.
    return moves, {former: now for former, now in known.items() if former not in items}


def _last(former: str, known: Mapping[str, str]) -> str:
    """The id at the end of the renames that began with this one."""
    passed = {former}
    while (now := known.get(former)) is not None and now not in passed:
        passed.add(now)
        former = now
    return former


def _move(moves: Mapping[str, str], kept: set[str], rename: Callable[[str, str], None]) -> int:
    from_ids = sorted(moves.keys() & kept)
    for former in from_ids:
        rename(former, moves[former])
    return len(from_ids)
