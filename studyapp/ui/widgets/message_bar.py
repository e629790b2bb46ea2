"""Messages at the top of a page: they stay until they are dealt with."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from studyapp.ui.widgets.layout import button, label


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


_WORDS = {"info": "Note", "caution": "Attention", "wrong": "Problem"}


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
        bar = QFrame()
        bar.setProperty("role", f"bar-{message.kind}")
        bar.setAccessibleName(f"{_WORDS[message.kind]}: {message.text}")
        line = QHBoxLayout(bar)
        line.setContentsMargins(16, 8, 8, 8)
        line.addWidget(label(_WORDS[message.kind], "strong"), 0)
        text = label(message.text, wrap=True)
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        line.addWidget(text, 1)
        buttons = []
        if message.act is not None:
            buttons.append(button(message.action, self._acting(message.topic, message.act)))
        if message.closable:
            buttons.append(button("Close", self._acting(message.topic, message.closed), "quiet"))
        for made in buttons:
            # A click does not take the focus from the page: the button goes with the message.
            made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            line.addWidget(made)
        wrapped = QFrame()
        around = QHBoxLayout(wrapped)
        around.setContentsMargins(16, 12, 16, 0)
        around.addWidget(bar)
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
