"""Messages at the top of a page: they stay until they are dealt with."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from studyapp.ui.widgets.layout import button, column, label, row


@dataclass(frozen=True, slots=True)
class Message:
    """One message: ``kind`` is info, caution or wrong; at most one action beside closing it.

    Two messages with the same ``topic`` are the same: the newer one takes the place of the older. ``closed`` is
    called when the learner closes it without the action.
    """

    topic: str
    kind: str
    text: str
    action: str = ""
    act: Callable[[], None] | None = None
    closable: bool = True
    closed: Callable[[], None] | None = None


_FEWEST = 30
"""So many characters of a text stand side by side, or the buttons stand below it."""
_AROUND = 56
"""The margins of a message, and what is between its parts."""
_WORDS = {"info": "Note", "caution": "Attention", "wrong": "Problem"}


class _Bar(QFrame):
    """One message, with its buttons beside the text, or below it where they would leave it too little room."""

    def __init__(self, message: Message, buttons: list[QPushButton]) -> None:
        super().__init__()
        self.setProperty("role", f"bar-{message.kind}")
        self.setAccessibleName(f"{_WORDS[message.kind]}: {message.text}")
        self._word = label(_WORDS[message.kind], "strong")
        self._text = label(message.text, wrap=True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        words = row(self._word, self._text)
        # The word stands in line with the first line of the text.
        words.setAlignment(self._word, Qt.AlignmentFlag.AlignTop)
        self._text.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._buttons = row(*buttons, None)
        self._both = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._both.setContentsMargins(16, 8, 8, 8)
        self._both.addLayout(column(None, words, None), 1)
        self._both.addLayout(self._buttons)

    def event(self, event: QEvent) -> bool:
        """Another width or another size of the text leaves more room, or less."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            self._fit()
        return super().event(event)

    def _fit(self) -> None:
        metrics = self._text.fontMetrics()
        wanted = min(metrics.averageCharWidth() * _FEWEST, metrics.horizontalAdvance(self._text.text()))
        room = self.width() - self._word.sizeHint().width() - self._buttons.minimumSize().width() - _AROUND
        directions = QBoxLayout.Direction
        self._both.setDirection(directions.LeftToRight if room >= wanted else directions.TopToBottom)


class MessageArea(QWidget):
    """The messages above the page, newest below."""

    def __init__(self) -> None:
        super().__init__()
        self._bars: dict[str, tuple[QFrame, Message]] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.hide()

    def show_message(self, message: Message) -> None:
        """Show a message, in place of an older one on the same topic."""
        self.dismiss(message.topic)
        buttons = []
        if message.act is not None:
            buttons.append(button(message.action, self._acting(message.topic, message.act)))
        if message.closable:
            buttons.append(button("Close", self._acting(message.topic, message.closed), "quiet"))
        for made in buttons:
            # A click does not take the focus from the page: the button goes with the message.
            made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        wrapped = QFrame()
        around = QHBoxLayout(wrapped)
        around.setContentsMargins(16, 12, 16, 0)
        around.addWidget(_Bar(message, buttons))
        self._bars[message.topic] = (wrapped, message)
        self._column.addWidget(wrapped)
        self.show()

    def dismiss(self, topic: str) -> None:
        """Take the message on a topic away, if there is one."""
        bar, _ = self._bars.pop(topic, (None, None))
        if bar is not None:
            bar.hide()
            bar.deleteLater()
        self.setVisible(bool(self._bars))

    def texts(self) -> dict[str, str]:
        """What stands here, by topic."""
        return {topic: message.text for topic, (_, message) in self._bars.items()}

    def _acting(self, topic: str, act: Callable[[], None] | None) -> Callable[[], None]:
        def run() -> None:
            self.dismiss(topic)
            if act is not None:
                act()

        return run
