"""History belongs to the id: what becomes of it when decks rename an item or change a key."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from studyapp.core.bank import Bank
from studyapp.core.deck import Card, Question
from studyapp.core.identity import key_mark, same_key

if TYPE_CHECKING:
    # For types alone: SQLModel is slow to import, and the window is painted before it is.
    from studyapp.store import Store


@dataclass(frozen=True)
class Settled:
    """What was done: items whose history moved to a new id, and questions whose key is another now."""

    renamed: int = 0
    rekeyed: tuple[Question, ...] = ()


def settle_history(store: "Store", bank: Bank) -> Settled:
    """Let the history follow the decks that are loaded.

    An item with ``was`` takes over what was kept under its former ids, unless another item has one of them now. The
    answers to a question whose key has changed count no longer, and the question is new again, until the key is what it
    was; a key in another order, or with its slips mended, is the same. Ids that vanished keep their history, out of
    sight.

    Raises:
        DatabaseError: where the history cannot be read or written.
    """
    return Settled(_follow_renames(store, bank), _leave_changed_keys(store, bank))


def _follow_renames(store: "Store", bank: Bank) -> int:
    questions = _former(bank.questions)
    cards = _former(bank.cards)
    met = store.identities.met() if questions else set()
    rated = store.identities.rated() if cards else set()
    renamed = 0
    for former in sorted(questions.keys() & met):
        store.identities.rename_question(former, questions[former])
        renamed += 1
    for former in sorted(cards.keys() & rated):
        store.identities.rename_card(former, cards[former])
        renamed += 1
    return renamed


def _former(items: "dict[str, Card] | dict[str, Question]") -> dict[str, str]:
    """The present id by each former one that no item uses again."""
    return {former: item.id for item in items.values() for former in item.was if former not in items}


def _leave_changed_keys(store: "Store", bank: Bank) -> tuple[Question, ...]:
    identities, loaded = store.identities, bank.questions
    known, met = identities.marks(), identities.met()
    marks = {id_: key_mark(loaded[id_].options) for id_ in {*known, *met} if id_ in loaded}
    changed = {id_: mark for id_, mark in marks.items() if known.get(id_) != mark}
    if not changed:
        return ()
    before = identities.last_options(changed.keys() & met)
    rekeyed = [id_ for id_ in sorted(before) if not same_key(before[id_], loaded[id_].options)]
    for id_ in rekeyed:
        identities.retire(id_, key_mark(before[id_]))
    for id_, mark in changed.items():
        # A key that was changed and changed back, as by a slip that was saved.
        identities.bring_back(id_, mark)
    identities.keep_marks(changed)
    return tuple(loaded[id_] for id_ in rekeyed)
