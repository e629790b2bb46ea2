"""The messages at the top: how they take the room there is."""

import pytest
from hands import button, controls
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QLabel

from studyapp.ui.widgets.message_bar import Message

TEXT = "depot.yaml, line 4, column 24: Unknown topic 'a.none'. Its last good version stays in use."


def tops(window):
    """Where the text and the action begin, and how many lines the text takes."""
    (text,) = [made for made in controls(window.messages, QLabel) if made.text() == TEXT]
    act = button(window.messages, "See the problems")
    top, end = text.mapTo(window, QPoint()).y(), text.mapTo(window, QPoint(0, text.height())).y()
    return end, act.mapTo(window, QPoint()).y(), (end - top) / text.fontMetrics().lineSpacing()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_buttons_go_below_the_text_where_they_would_squeeze_it(app, window, qtbot, theme):
    app.theme.choose(theme)
    window.resize(900, 760)
    window.messages.show_message(Message("squeezed", "caution", TEXT, "See the problems", lambda: None))
    qtbot.waitUntil(lambda: tops(window)[1] < tops(window)[0])
    app.theme.set_percent(200)
    qtbot.waitUntil(lambda: tops(window)[1] >= tops(window)[0])
    qtbot.waitUntil(lambda: tops(window)[2] < 4)
    app.theme.set_percent(100)
    qtbot.waitUntil(lambda: tops(window)[1] < tops(window)[0])
