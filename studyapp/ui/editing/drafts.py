"""What was typed and not saved."""

from contextlib import suppress
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from studyapp.core.deck import Card, Question
from studyapp.core.errors import StudyError
from studyapp.sessions.workspace import Workspace
from studyapp.ui.widgets.message_bar import Message

_SETTING = "drafts"


class Draft(NamedTuple):
    """An item's lines as they were when the typing began, and what was made of them."""

    before: str
    text: str


class Drafts(QObject):
    """Drafts by deck and item, in the learner's database.

    What that does not take is held here until it does, for as long as the program runs; ``close_wanted`` comes where
    the learner lets it go with the window.
    """

    message = Signal(object)
    close_wanted = Signal()

    def __init__(self, workspace: Workspace, parent: QObject) -> None:
        super().__init__(parent)
        self._workspace = workspace
        # None where a draft is to be forgotten.
        self._held: dict[str, Draft | None] = {}
        self._let_go = False

    def of(self, item: Card | Question) -> Draft | None:
        """The draft of an item, under an id that it had before where there is none under its own."""
        drafts = {**self._stored(), **self._held}
        return next((draft for key in _keys(item) if (draft := drafts.get(key))), None)

    def keep(self, item: Card | Question, draft: Draft | None) -> None:
        """Keep a draft, None to forget it.

        Raises:
            DatabaseError: where it did not reach the disk; it is held then.
        """
        self._held.update(dict.fromkeys(_keys(item)))
        self._held[_keys(item)[0]] = draft
        self._write()

    def forget(self, item: Card | Question) -> None:
        """Forget a draft. One that stays on the disk for now comes up again, and can be discarded then."""
        with suppress(StudyError):
            self.keep(item, None)

    def tell_of_unwritten(self, item_id: str, error: StudyError) -> None:
        """Say that a draft is held only here, and offer to write it again."""
        text = f"What you typed for {item_id} is kept only until studyapp closes: {error.message} {error.next_step}"
        self.message.emit(Message("draft", "wrong", text, "Try again", lambda: self._write_again(item_id)))

    def may_close(self) -> bool:
        """Write what is held before the window closes; False where a draft would be lost: the learner is asked then."""
        try:
            self._write()
        except StudyError as error:
            if any(self._held.values()) and not self._let_go:
                self._ask_to_close(error)
                return False
        return True

    def _write_again(self, item_id: str) -> None:
        try:
            self._write()
        except StudyError as error:
            self.tell_of_unwritten(item_id, error)

    def _ask_to_close(self, error: StudyError) -> None:
        text = (
            f"What you typed is not kept yet: {error.message} {error.next_step} If you close studyapp now, it is lost. "
            "Close all the same?"
        )

        def act() -> None:
            self._let_go = True
            self.close_wanted.emit()
            self._let_go = False

        self.message.emit(Message("closing", "caution", text, "Close all the same", act))

    def _write(self) -> None:
        """Write what is held.

        Raises:
            DatabaseError: where it did not reach the disk.
        """
        if not self._held:
            return
        stored = self._stored()
        drafts = {key: draft for key, draft in {**stored, **self._held}.items() if draft is not None}
        if drafts != stored:
            self._workspace.store.settings.set(_SETTING, drafts)
        self._held.clear()

    def _stored(self) -> dict[str, Draft]:
        return {key: Draft(*draft) for key, draft in self._workspace.store.settings.get(_SETTING, {}).items()}


def _keys(item: Card | Question) -> list[str]:
    """Neither changes with the name of the file."""
    return [f"{item.deck}:{id_}" for id_ in (item.id, *item.was)]
