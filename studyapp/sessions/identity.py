"""History belongs to the id: what becomes of it when decks rename an item or change a key."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

from studyapp.core.bank import Bank
from studyapp.core.deck import Question
from studyapp.core.identity import key_mark
from studyapp.core.slips import IsWord
from studyapp.core.vocabulary import Vocabulary
from studyapp.sessions.judging import Judge, Verdict
from studyapp.sessions.renames import Renamed, follow_renames

if TYPE_CHECKING:
    # For types alone: SQLModel is slow to import, and the window is painted before it is.
    from studyapp.store import Store

_MARKED_AT_ONCE = 2000
"""Questions whose keys are marked in one step: some 10 ms."""
_JUDGED_AT_ONCE = 100
_FEW = 300
"""Of so many items the words are looked through at once."""


@dataclass(frozen=True)
class Settled:
    """What was done: items whose history moved to a new id, and questions whose key is another now.

    ``restored`` are questions whose key is again what it was when they were answered, so that this counts again.
    ``cards`` are the present ids of cards by their former ones, whether they have a history or not. ``unfinished``
    tells that there is more to do.
    """

    renamed: int = 0
    rekeyed: tuple[Question, ...] = ()
    restored: tuple[Question, ...] = ()
    cards: Mapping[str, str] = field(default_factory=dict)
    unfinished: bool = False


def settle_history(store: "Store", bank: Bank) -> Settled:
    """All of ``HistorySettler`` at once.

    Raises:
        DatabaseError: where the history cannot be read or written.
    """
    settler = HistorySettler(store)
    step = settled = settler.begin(bank)
    while step.unfinished:
        settler.prepare()
        step = settler.go_on()
        settled = replace(
            settled,
            rekeyed=(*settled.rekeyed, *step.rekeyed),
            restored=(*settled.restored, *step.restored),
            unfinished=False,
        )
    return settled


class HistorySettler:
    """Lets the history follow the decks that are loaded, in steps so short that a window goes on beside them.

    An item with ``was`` takes over what was kept under its former ids, unless another item has one of them now, and an
    item that has its former id again takes it back. The answers to a question whose key has changed count no longer,
    and the question is new again, until the key is what it was; a key in another order, or with its slips mended, is
    the same. Ids that vanished keep their history, out of sight.

    Every step is written as a whole or not at all, and what was not is done with the next decks.
    """

    def __init__(self, store: "Store") -> None:
        self._store = store
        self._bank: Bank | None = None
        self._vocabulary: Vocabulary | None = None
        self._words_wanted = False
        # The questions still to be looked at, each with the mark that its key had when that was done last; and the
        # attempts that were submitted since, with the questions in them.
        self._left: dict[str, str | None] = {}
        self._attempts: list[int] = []
        self._held: set[str] = set()

    def begin(self, bank: Bank) -> Settled:
        """Other decks are loaded: follow the renames, and take the first step with the keys if that was little.

        Raises:
            DatabaseError: where the history cannot be read or written.
        """
        renamed = follow_renames(self._store, bank)
        self._look_through(bank)
        if renamed.histories or len(self._left) > _MARKED_AT_ONCE:
            return Settled(renamed.histories, cards=renamed.cards, unfinished=True)
        return self._step(renamed)

    def go_on(self) -> Settled:
        """The next step; before it ``prepare`` is called.

        Raises:
            DatabaseError: where the history cannot be read or written.
        """
        return self._step(Renamed())

    def prepare(self) -> None:
        """Work out what the next step needs, which may take long. May run on any thread."""
        if self._words_wanted and self._bank is not None:
            self._vocabulary = Vocabulary(self._bank)
            self._words_wanted = False

    def _look_through(self, bank: Bank) -> None:
        """Note which questions have to be looked at."""
        keys, loaded = self._store.keys, bank.questions
        attempts = keys.unsettled()
        held = keys.held_in(attempts) if attempts else set()
        if self._bank is None:
            marks = {id_: mark for id_, mark in keys.marks().items() if id_ in loaded}
        else:
            # Of a file that did not change the very same questions are loaded again.
            before = self._bank.questions
            others = [id_ for id_, question in loaded.items() if before.get(id_) is not question]
            marks = keys.marks_of([*others, *((self._left.keys() | held) & loaded.keys())])
        self._left = {**marks, **dict.fromkeys(id_ for id_ in keys.unmarked() if id_ in loaded)}
        self._attempts, self._held, self._bank = attempts, held, bank
        # It would keep the bank of before.
        self._vocabulary = None

    def _step(self, renamed: Renamed) -> Settled:
        assert self._bank is not None
        loaded = self._bank.questions
        marks, doubtful = self._next(loaded)
        judge = Judge(self._store.keys, loaded, self._words_beside, self._attempts)
        changed = {id_: marks[id_] for id_ in doubtful if self._left[id_] != marks[id_]}
        try:
            verdict = judge.judge({id_: self._left[id_] for id_ in doubtful}, changed)
        except _WordsWantedError:
            self._words_wanted = True
            return Settled(renamed.histories, cards=renamed.cards, unfinished=True)
        done = marks.keys() - set(doubtful) | set(verdict.judged)
        settled = {id_: changed[id_] for id_ in verdict.judged if id_ in changed}
        self._write(verdict, settled, over=len(done) == len(self._left))
        self._left = {id_: mark for id_, mark in self._left.items() if id_ not in done}
        if not self._left:
            self._vocabulary = None
        back = sorted(set(verdict.back.values()))
        rekeyed = (loaded[id_] for id_ in sorted(verdict.rekeyed) if id_ not in back)
        restored = tuple(loaded[id_] for id_ in back)
        return Settled(renamed.histories, tuple(rekeyed), restored, renamed.cards, unfinished=bool(self._left))

    def _next(self, loaded: Mapping[str, Question]) -> tuple[dict[str, str], list[str]]:
        """The marks of some questions as they are now, and those of them that have to be judged."""
        marks: dict[str, str] = {}
        doubtful: list[str] = []
        for id_, known in islice(self._left.items(), _MARKED_AT_ONCE):
            marks[id_] = key_mark(loaded[id_].options)
            if marks[id_] != known or id_ in self._held:
                doubtful.append(id_)
                if len(doubtful) == _JUDGED_AT_ONCE:
                    break
        return marks, doubtful

    def _write(self, verdict: Verdict, marks: Mapping[str, str], *, over: bool) -> None:
        keys = self._store.keys
        settles = over and self._attempts
        if not (verdict.retired or verdict.back or marks or settles):
            return
        with self._store.all_or_nothing():
            keys.retire(verdict.retired)
            keys.bring_back(verdict.back)
            keys.keep_marks(marks)
            if settles:
                assert self._bank is not None
                keys.settle(self._attempts, unseen=self._held - self._bank.questions.keys())

    def _words_beside(self, question: Question) -> IsWord:
        """Which words stand in other items. Most questions never ask, so that it is worked out where one does."""

        @cache
        def beside() -> IsWord:
            return self._words().beside(question)

        return lambda word: beside()(word)

    def _words(self) -> Vocabulary:
        assert self._bank is not None
        if self._vocabulary is None or self._vocabulary.bank is not self._bank:
            if len(self._bank.questions) + len(self._bank.cards) > _FEW:
                raise _WordsWantedError
            self._vocabulary = Vocabulary(self._bank)
        return self._vocabulary


class _WordsWantedError(Exception):
    """It depends on the words of a bank that is too large for looking them up at once."""
