"""History belongs to the id: what becomes of it when decks rename an item or change a key."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

from studyapp.core.bank import Bank
from studyapp.core.deck import Option, Question
from studyapp.core.identity import key_mark, same_key
from studyapp.core.slips import IsWord
from studyapp.sessions.renames import follow_renames

if TYPE_CHECKING:
    # For types alone: SQLModel is slow to import, and the window is painted before it is.
    from studyapp.store import Store

_ENOUGH = 5000
"""So many items tell which words there are; looking through more would hold up the window."""


@dataclass(frozen=True)
class Settled:
    """What was done: items whose history moved to a new id, and questions whose key is another now."""

    renamed: int = 0
    rekeyed: tuple[Question, ...] = ()


def settle_history(store: "Store", bank: Bank) -> Settled:
    """Let the history follow the decks that are loaded.

    An item with ``was`` takes over what was kept under its former ids, unless another item has one of them now, and an
    item that has its former id again takes it back. The
    answers to a question whose key has changed count no longer, and the question is new again, until the key is what it
    was; a key in another order, or with its slips mended, is the same. Ids that vanished keep their history, out of
    sight.

    Raises:
        DatabaseError: where the history cannot be read or written.
    """
    return Settled(follow_renames(store, bank), _leave_changed_keys(store, bank))


def _leave_changed_keys(store: "Store", bank: Bank) -> tuple[Question, ...]:
    identities, loaded = store.identities, bank.questions
    known, met = identities.marks(), identities.met()
    marks = {id_: key_mark(loaded[id_].options) for id_ in {*known, *met} if id_ in loaded}
    changed = {id_: mark for id_, mark in marks.items() if known.get(id_) != mark}
    if not changed:
        return ()
    before = identities.last_options(changed.keys() & met)
    rekeyed = [id_ for id_ in sorted(before) if not _asks_the_same(before[id_], loaded[id_], bank)]
    for id_ in rekeyed:
        identities.retire(id_, key_mark(before[id_]))
    known_again = _bring_back(store, bank, changed)
    identities.keep_marks(changed)
    return tuple(loaded[id_] for id_ in rekeyed if id_ not in known_again)


def _bring_back(store: "Store", bank: Bank, ids: Collection[str]) -> set[str]:
    """Let the answers under a former key count again where it is the key again, as after a slip that was saved.

    The questions that have answers again.
    """
    retired = store.identities.retired(ids)
    shown = store.identities.last_options([former for formers in retired.values() for former in formers])
    known_again = set()
    for id_, formers in retired.items():
        for former in formers:
            # What was shown may differ from the deck of that time by slips that were mended since.
            if former in shown and _asks_the_same(shown[former], bank.questions[id_], bank):
                store.identities.bring_back(id_, former)
                known_again.add(id_)
    return known_again


def _asks_the_same(before: Sequence[Option], question: Question, bank: Bank) -> bool:
    return same_key(before, question.options, _words_beside(question, bank))


def _words_beside(question: Question, bank: Bank) -> IsWord:
    """Which words, in small letters, stand in other items: one that does is not mistyped."""

    @cache
    def is_word(word: str) -> bool:
        whole = re.compile(rf"(?<!\w){re.escape(word)}(?!\w)")
        return any(word in text and whole.search(text) for text in map(str.lower, _texts_beside(question, bank)))

    return is_word


def _texts_beside(question: Question, bank: Bank) -> Iterator[str]:
    for other in islice(bank.questions.values(), _ENOUGH):
        if other.id != question.id:
            yield other.stem
            for option in other.options:
                yield option.text
                yield option.rationale
    for card in islice(bank.cards.values(), _ENOUGH):
        yield from (card.front, card.back, card.cloze or "")
