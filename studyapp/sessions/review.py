"""Reviewing cards: the due queue, rating, undo."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import chain, islice
from typing import TYPE_CHECKING

from studyapp.core.bank import Bank
from studyapp.core.deck import Card
from studyapp.core.scheduler import Memory, Rating, Scheduler

if TYPE_CHECKING:
    # For types alone: SQLModel and pydantic are slow to import, and the window is painted before they are.
    from studyapp.store.reviews import ReviewStore

# A card in its learning steps may come back this much early rather than end the session for a few minutes.
LEARN_AHEAD = timedelta(minutes=20)
NEW_CARDS_A_DAY = 20


@dataclass(frozen=True, slots=True)
class Queue:
    """What can be reviewed now: ``due`` cards seen before, the most overdue first, and ``new`` ones for today."""

    due: tuple[str, ...]
    new: tuple[str, ...]

    @property
    def count(self) -> int:
        """Cards to review in all."""
        return len(self.due) + len(self.new)


@dataclass(frozen=True, slots=True)
class _Step:
    """One rating, as undo needs it."""

    review_id: int
    card_id: str
    before: Memory | None


def build_queue(
    bank: Bank, dues: Mapping[str, datetime], now: datetime, new_left: int, wanted: Mapping[str, datetime] | None = None
) -> Queue:
    """The queue of today from when each card rated before is due. Cards whose deck is not loaded wait out of sight.

    ``new_left`` bounds the new ones. Those that missed questions are linked to (``wanted``: when) come first, the
    newest miss ahead; then one topic after another, first every topic's first card: breadth comes before depth.
    """
    due = sorted((at, card) for card, at in dues.items() if at <= now and card in bank.cards)
    turns = bank.breadth
    missed = {card: at for card, at in (wanted or {}).items() if card in turns and card not in dues}
    first = sorted(missed, key=lambda card: (-missed[card].timestamp(), turns[card]))
    # Of many thousand new cards only those of today are looked for.
    others = (card for card in turns if card not in dues and card not in missed)
    fresh = islice(chain(first, others), max(0, new_left))
    return Queue(tuple(card for _, card in due), tuple(fresh))


def todays_queue(bank: Bank, store: "ReviewStore", now: datetime, midnight: datetime) -> Queue:
    """The queue of today; ``midnight`` (UTC) is when the learner's day began."""
    new_left = NEW_CARDS_A_DAY - store.new_since(midnight)
    return build_queue(bank, store.dues(), now, new_left, store.wanted())


class ReviewSession:
    """One session of reviewing. Each rating is on disk when ``rate`` returns; ``undo`` takes any number back.

    Cards that the decks do not have keep their place out of sight, until they have them again.
    """

    def __init__(
        self, store: "ReviewStore", bank: Bank, queue: Queue, scheduler: Scheduler, now: Callable[[], datetime]
    ) -> None:
        self._store = store
        self._bank = bank
        self._scheduler = scheduler
        self._now = now
        self._memories = store.memories()
        # (due time, order of arrival, card); the waiting cards in order, and those in their learning steps by time.
        self._waiting = [*queue.due, *queue.new]
        self._learning: list[tuple[datetime, int, str]] = []
        self._done: list[_Step] = []
        self._current: str | None = None
        # The card that was on screen when the decks lost it, for as long as another one merely stands in for it.
        self._lost: str | None = None
        self._shown_at = now()
        self._advance()

    @property
    def card(self) -> Card | None:
        """The card on screen; None when the session is over."""
        return self._bank.cards[self._current] if self._current is not None else None

    @property
    def left(self) -> int:
        """Cards still to come, the one on screen included."""
        return sum(card in self._bank.cards for card in self._ahead())

    @property
    def hidden(self) -> int:
        """Cards that would come, but are in no deck that is loaded now."""
        return sum(card not in self._bank.cards for card in self._ahead())

    @property
    def reviewed(self) -> int:
        """Ratings given in this session and not undone."""
        return len(self._done)

    @property
    def can_undo(self) -> bool:
        """Whether there is a rating to take back, of a card that can be shown."""
        return any(step.card_id in self._bank.cards for step in self._done)

    @property
    def memory(self) -> Memory | None:
        """The memory state of the card on screen; None where it is new, or where there is no card."""
        return self._memories.get(self._current) if self._current is not None else None

    def use_bank(self, bank: Bank, moved: Mapping[str, str] | None = None) -> bool:
        """Go on with another bank: the same cards in the same order, under other ids where their histories ``moved``.

        Returns whether the card on screen is the one that was there before. One that is lost comes back to the screen
        where nothing was rated in between.
        """
        self._bank = bank
        self._follow(moved or {})
        before = self._current
        if self._current is not None and self._current not in bank.cards:
            self._lost = self._lost or self._current
            self._put_back()
        if self._lost is not None and self._lost in bank.cards:
            self._put_back()
            self._show(self._lost)
            self._lost = None
        elif self._current is None:
            self._advance()
        return self._current == before

    def _ahead(self) -> list[str]:
        """The cards still to come, whether they are loaded or not."""
        current = [self._current] if self._current is not None else []
        return [*current, *self._waiting, *(card for _, _, card in self._learning)]

    def _follow(self, moved: Mapping[str, str]) -> None:
        """Know the cards by their present ids. Of two that were put together the place of the first one stays."""
        if not moved:
            return

        def now(card: str) -> str:
            return moved.get(card, card)

        self._current, self._lost = (None if card is None else now(card) for card in (self._current, self._lost))
        places = dict.fromkeys(now(card) for card in self._waiting)
        self._waiting = [card for card in places if card != self._current]
        coming = {self._current, *self._waiting}
        learning: dict[str, tuple[datetime, int, str]] = {}
        for at, n, card in self._learning:
            learning.setdefault(now(card), (at, n, now(card)))
        self._learning = [entry for card, entry in learning.items() if card not in coming]
        self._done = [replace(step, card_id=now(step.card_id)) for step in self._done]
        for former in moved.keys() & self._memories.keys():
            memories = [self._memories.pop(id_) for id_ in (former, now(former)) if id_ in self._memories]
            # As the store has it.
            self._memories[now(former)] = max(memories, key=lambda memory: memory.last_review)

    def _drop(self, card: str) -> None:
        self._waiting = [one for one in self._waiting if one != card]
        self._learning = [entry for entry in self._learning if entry[2] != card]

    def _put_back(self) -> None:
        """The card on screen makes room, to come next."""
        if self._current is not None:
            self._waiting.insert(0, self._current)
            self._current = None

    def _show(self, card: str) -> None:
        self._drop(card)
        self._current = card
        self._shown_at = self._now()

    def intervals(self) -> dict[Rating, timedelta]:
        """The interval that each rating would give the card on screen."""
        return self._scheduler.intervals(self.memory, self._now())

    def rate(self, rating: Rating) -> None:
        """Rate the card on screen and show the next.

        Raises:
            DatabaseError: where it did not reach the disk; the card stays on screen, unrated.
        """
        card = self.card
        if card is None:
            return
        now = self._now()
        before = self._memories.get(card.id)
        after = self._scheduler.review(before, rating, now)
        seconds = max(0.0, (now - self._shown_at).total_seconds())
        review_id = self._store.record(card.id, card.topic, before, after, rating, now, seconds)
        self._memories[card.id] = after
        self._done.append(_Step(review_id, card.id, before))
        if after.due - now <= LEARN_AHEAD:
            self._learning.append((after.due, len(self._done), card.id))
        self._current = self._lost = None
        self._advance()

    def undo(self) -> bool:
        """Take the last rating back and show its card again; False with none to undo.

        What cannot be shown is not undone: the rating of a card that is not loaded stays until it is.
        """
        step = next((step for step in reversed(self._done) if step.card_id in self._bank.cards), None)
        if step is None:
            return False
        self._store.undo(step.review_id)
        self._done.remove(step)
        if step.before is None:
            self._memories.pop(step.card_id, None)
        else:
            self._memories[step.card_id] = step.before
        self._put_back()
        self._show(step.card_id)
        self._lost = None
        return True

    def _advance(self) -> None:
        """The next card: a learning card that is due, else a waiting one, else a learning card a little early."""
        cards = self._bank.cards
        learning = min((entry for entry in self._learning if entry[2] in cards), default=None)
        waiting = next((card for card in self._waiting if card in cards), None)
        self._shown_at = self._now()
        if learning is not None and (waiting is None or learning[0] <= self._shown_at):
            self._show(learning[2])
        elif waiting is not None:
            self._show(waiting)


def order_of(cards: Sequence[str], bank: Bank) -> Queue:
    """A queue of just these cards, in this order, as after a missed question; unknown ids are left out."""
    return Queue(tuple(card for card in cards if card in bank.cards), ())
