"""What is said about questions whose key has changed, and whose answers therefore count no longer."""

from typing import TYPE_CHECKING

from studyapp.ui import words
from studyapp.ui.widgets.message_bar import Message, MessageArea

if TYPE_CHECKING:
    # The window is painted before the core is imported.
    from studyapp.sessions.identity import Settled


class KeyNews:
    """One message for all of them, until it is closed; a question whose key is what it was leaves it."""

    def __init__(self, messages: MessageArea) -> None:
        self._messages = messages
        self._stems: dict[str, str] = {}

    def tell(self, settled: "Settled") -> None:
        """Add the questions that were rekeyed, and take back those whose answers count again."""
        restored = {question.id for question in settled.restored}
        rekeyed = {question.id: question.stem for question in settled.rekeyed if question.id not in restored}
        if not rekeyed and restored.isdisjoint(self._stems):
            return
        # The newest ahead, which is the one that is named.
        stems = {**rekeyed, **{id_: stem for id_, stem in self._stems.items() if id_ not in rekeyed}}
        self._stems = {id_: stem for id_, stem in stems.items() if id_ not in restored}
        if self._stems:
            text = words.rekeyed(list(self._stems.values()))
            self._messages.show_message(Message("rekeyed", "info", text, closed=self._stems.clear))
        else:
            self._messages.dismiss("rekeyed")
