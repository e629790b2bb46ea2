"""Reviewing cards, as states."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from studyapp.core.errors import DatabaseError
from studyapp.core.scheduler import Rating, Scheduler
from studyapp.sessions.review import Queue, ReviewSession, order_of, todays_queue
from studyapp.sessions.workspace import Workspace
from studyapp.ui import words
from studyapp.ui.card_words import sides
from studyapp.ui.routes import EditItem, ReportItem
from studyapp.ui.widgets.message_bar import Message


@dataclass(frozen=True)
class FlashcardsState:
    """What the page shows: a card (front, or front and back), or a word on why there is none.

    ``folder`` is where the card's images lie. ``intervals`` has the next interval for each rating from Again to Easy;
    it is empty until the card is revealed.
    """

    headline: str = ""
    detail: str = ""
    front: str = ""
    back: str = ""
    revealed: bool = False
    changed: str = ""
    source: str = ""
    folder: Path | None = None
    progress: str = ""
    intervals: tuple[str, ...] = ()
    can_undo: bool = False

    @property
    def has_card(self) -> bool:
        """Whether there is a card on screen."""
        return bool(self.front)


class FlashcardsViewModel(QObject):
    """The due queue, or a list of cards asked for after a miss."""

    changed = Signal(object)
    message = Signal(object)
    settled = Signal(str)
    navigate = Signal(object)

    def __init__(self, workspace: Workspace, scheduler: Scheduler) -> None:
        super().__init__()
        self._workspace = workspace
        self._scheduler = scheduler
        self._session: ReviewSession | None = None
        self._revealed = False
        self.state = FlashcardsState()

    def refresh(self) -> None:
        """Start over with the due queue, unless a session is under way."""
        if self._session is not None and self._session.card is not None:
            self._emit()
            return
        clock = self._workspace.clock
        queue = todays_queue(self._workspace.bank, self._workspace.store.reviews, clock.now(), clock.midnight())
        if queue.count or self._session is None or not self._session.hidden:
            self._begin(queue)
        else:
            # Its cards may come back.
            self._emit()

    def review_cards(self, cards: tuple[str, ...]) -> None:
        """Review just these cards."""
        self._begin(order_of(cards, self._workspace.bank))

    def library_changed(self) -> None:
        """The decks were loaded anew: the session goes on where it is, with the cards as they are now."""
        if self._session is None:
            return
        idle = not (self._session.card or self._session.reviewed or self._session.hidden)
        if not self._session.use_bank(self._workspace.bank, self._workspace.moved_cards):
            self._revealed = False
        if idle:
            self.refresh()
            return
        if self._make_state() != self.state:
            self._emit()

    def reveal(self) -> None:
        """Show the back."""
        if self._session is not None and self._session.card is not None:
            self._revealed = True
            self._emit()

    def rate(self, rating: Rating) -> None:
        """Rate the card on screen, once its back is shown."""
        if self._session is None or not self._revealed:
            return
        try:
            self._session.rate(rating)
        except DatabaseError as error:
            self.message.emit(
                Message(
                    "rating",
                    "wrong",
                    f"This rating is not saved: {error.message} The card stays here; rate it again. {error.next_step}",
                )
            )
            return
        self.settled.emit("rating")
        self._revealed = False
        self._emit()

    def edit(self) -> None:
        """Mend the card on screen; its back is shown by that."""
        if self._session is not None and self._session.card is not None:
            self.reveal()
            self.navigate.emit(EditItem(self._session.card))

    def report(self) -> None:
        """Report the card on screen to its authors."""
        if self._session is not None and self._session.card is not None:
            self.navigate.emit(ReportItem(self._session.card))

    def undo(self) -> None:
        """Take the last rating back."""
        if self._session is None:
            return
        try:
            undone = self._session.undo()
        except DatabaseError as error:
            self.message.emit(Message("rating", "wrong", f"Nothing was undone: {error.message} {error.next_step}"))
            return
        if undone:
            self._revealed = True
            self._emit()

    def _begin(self, queue: Queue) -> None:
        self._session = ReviewSession(
            self._workspace.store.reviews, self._workspace.bank, queue, self._scheduler, self._workspace.clock.now
        )
        self._revealed = False
        self._emit()

    def _emit(self) -> None:
        self.state = self._make_state()
        self.changed.emit(self.state)

    def _make_state(self) -> FlashcardsState:
        session = self._session
        card = session.card if session else None
        if session is None or card is None:
            return self._finished(session)
        front, back = sides(card)
        intervals: tuple[str, ...] = ()
        if self._revealed:
            intervals = tuple(words.interval_ahead(gap) for gap in session.intervals().values())
        memory = session.memory
        history = f"seen {words.counted(memory.reviews, 'time')}" if memory else "new"
        if memory and memory.lapses:
            history += f", forgotten {words.counted(memory.lapses, 'time')}"
        file = self._workspace.library.file_of(card.deck)
        deck = next((d.title for d in self._workspace.bank.decks if d.id == card.deck), card.deck)
        return FlashcardsState(
            front=front,
            back=back,
            revealed=self._revealed,
            changed=(card.changed or "") if self._revealed else "",
            source=f"{self._workspace.bank.syllabus.title_of(card.topic)} · {deck} · {history}",
            folder=file.parent if file else None,
            progress=f"{words.counted(session.left, 'card')} left",
            intervals=intervals,
            can_undo=session.can_undo,
        )

    def _finished(self, session: ReviewSession | None) -> FlashcardsState:
        if session is not None and session.reviewed:
            return FlashcardsState(
                headline="Done for now",
                detail=f"You rated {words.counted(session.reviewed, 'card')}. The next ones come when they fall due.",
                can_undo=session.can_undo,
            )
        if not self._workspace.bank.cards:
            return FlashcardsState(headline="No cards yet", detail="Cards appear here when a deck with cards loads.")
        return FlashcardsState(
            headline="Nothing is due",
            detail="Cards come back when they are about to be forgotten. New ones are added tomorrow.",
        )
