"""Real windows on the offscreen platform, over real decks and a real database in a temporary folder."""

import gc
import sys
import threading
from dataclasses import fields
from datetime import UTC, datetime, timedelta

import pytest
from hands import Key, button, click, press, texts
from leaking import leaks
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from small_decks import OnDisk, write_decks

from studyapp.sessions.workspace import Clock
from studyapp.ui import steps
from studyapp.ui.start import compose


class Clocks:
    """A time of day and a count of seconds that stand still until the test moves them."""

    def __init__(self):
        self.at = datetime.now(UTC)
        self.count = 1000.0

    def now(self):
        return self.at

    def monotonic(self):
        return self.count

    def boottime(self):
        return self.count

    def boot_id(self):
        return ""

    def go_on(self, seconds):
        self.at += timedelta(seconds=seconds)
        self.count += seconds


@pytest.fixture(autouse=True)
def nothing_leaks(qapp, monkeypatch):
    """A thread, a running timer or a window that a test leaves behind fails it."""
    # The tests themselves freeze what was there before, which a search need not go through each time. What a test
    # freezes would be out of its sight.
    freeze = gc.freeze
    monkeypatch.setattr(gc, "freeze", lambda: None)
    threads, windows = threading.enumerate(), QApplication.topLevelWidgets()
    yield
    found = leaks(threads, windows)
    freeze()
    assert not found, f"left behind: {found}"


@pytest.fixture(autouse=True)
def long_slices(monkeypatch):
    """Pages are filled before they are looked at, however busy the machine is."""
    monkeypatch.setattr(steps, "SLICE", 60.0)


@pytest.fixture(autouse=True)
def quick_hands(qapp):
    """Two clicks of a test are never a double click, however quickly they come."""
    usual = QApplication.doubleClickInterval()
    QApplication.setDoubleClickInterval(0)
    yield
    QApplication.setDoubleClickInterval(usual)


@pytest.fixture
def clocks():
    return Clocks()


@pytest.fixture
def data(tmp_path):
    return tmp_path / "data"


@pytest.fixture
def disk(data):
    return OnDisk(data)


@pytest.fixture
def decks(tmp_path):
    return write_decks(tmp_path / "decks")


def end(app):
    """Close the window and take everything of it away, as the end of the process does."""
    app.window.close()
    QApplication.processEvents()
    app.window.deleteLater()
    app.theme.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QApplication.styleHints().unsetColorScheme()


@pytest.fixture
def start(qtbot, clocks, data, decks):
    """Start the program over the small decks, once or again; each is closed at the end."""
    opened = []

    def start(folder=data, *, files=None, ready=True, wait=True):
        hook = sys.excepthook
        app = compose(folder, files or [decks])
        # pytest-qt's: what a slot raises fails the test, where the program would show a report.
        sys.excepthook = hook
        opened.append(app)
        if not wait:
            app.show()
            return app
        with qtbot.waitSignal(app.ready if ready else app.failed, timeout=10_000):
            app.show()
        app.window.activateWindow()
        qtbot.waitUntil(app.window.isActiveWindow)
        if ready:
            app.workspace.clock = Clock(**{field.name: getattr(clocks, field.name) for field in fields(Clock)})
        return app

    def stop(app):
        opened.remove(app)
        end(app)

    start.stop = stop
    yield start
    for app in reversed(opened):
        end(app)


@pytest.fixture
def app(start):
    return start()


@pytest.fixture
def window(app):
    return app.window


@pytest.fixture
def go(window):
    """Go to a page by the sidebar; the page."""

    def go(name):
        click(button(window, name))
        return window.page

    return go


@pytest.fixture
def begin_exam(app, go):
    """Start the chosen exam from its page; the desk."""

    def begin_exam():
        go("Practice exam")
        press(app.window, Key.Key_Return)
        return app.window.page

    return begin_exam


@pytest.fixture
def deck(decks):
    """The small deck as another editor left it: with Windows line ends, and a comment."""
    path = decks / "depot.yaml"
    path.write_bytes(
        path.read_text(encoding="utf-8").replace("questions:\n", "# Ask.\nquestions:\n").replace("\n", "\r\n").encode()
    )
    return path


@pytest.fixture
def editing(deck, app, go, qtbot):
    """Edit the card that is on screen; the page, once it is checked."""
    go("Flashcards")
    press(app.window, Key.Key_E)
    page = app.window.page
    qtbot.waitUntil(lambda: "As it will look" in texts(page) and "For keeping one thing dry." in texts(page))
    return page
