"""The binding keeps the references to None straight.

PySide6 6.12.0 gives back one too many in every void call. On Python 3.11, where None can run out of them, that ends
the process sooner or later with “deallocating None”. From Python 3.12 on None is immortal and this cannot tell.
"""

import sys

import pytest
from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QPushButton

CALLS = 200
# What pytest and Qt take and give meanwhile.
SLACK = 40


class Emitter(QObject):
    sent = Signal(object)


def drift(action):
    """References to None that were gained or lost over many calls."""
    action()
    before = sys.getrefcount(None)
    for _ in range(CALLS):
        action()
    return sys.getrefcount(None) - before


@pytest.mark.parametrize("what", ["click", "text", "signal", "timer"])
def test_a_void_call_neither_takes_nor_gives_a_none(qtbot, what):
    button = QPushButton()
    qtbot.addWidget(button)
    emitter = Emitter()
    clicked = []
    button.clicked.connect(lambda _checked=False: clicked.append(1))
    emitter.sent.connect(clicked.append)
    fired = []

    def fire():
        fired.append(1)

    actions = {
        "click": button.click,
        "text": lambda: button.setText("x"),
        "signal": lambda: emitter.sent.emit(1),
        "timer": lambda: QTimer.singleShot(0, fire),
    }
    moved = drift(actions[what])
    if what == "timer":
        before = sys.getrefcount(None)
        qtbot.waitUntil(lambda: len(fired) == CALLS + 1)
        moved += sys.getrefcount(None) - before
    assert abs(moved) < SLACK, f"{moved} references to None over {CALLS} calls"
