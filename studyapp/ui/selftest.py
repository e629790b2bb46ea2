"""The program tries itself: the real window on a temporary data folder, every page, one answer, one review."""

import json
import os
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from studyapp import paths
from studyapp.core.scheduler import Rating
from studyapp.ui.app import App
from studyapp.ui.main_window import PAGES
from studyapp.ui.routes import StartExam
from studyapp.ui.start import compose

_BLUEPRINT = "pde-reported-count"
_PATIENCE_MS = 60_000


class SelftestError(Exception):
    """Something did not work as it must; the text says what."""


def run(*, as_json: bool) -> int:
    """Open the window, try everything, print the figures; 0 if all is well, 1 with the reason if not."""
    if sys.platform == "linux" and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory(prefix="studyapp-selftest-", ignore_cleanup_errors=True) as folder:
        app = compose(Path(folder), [paths.shipped_decks()])
        trial = _Trial(app)
        app.show()
        QApplication.exec()
        app.window.close()
    if trial.failure is not None:
        print(f"selftest failed: {trial.failure}", file=sys.stderr)
        return 1
    print(json.dumps(trial.figures) if as_json else "\n".join(f"{k}: {v}" for k, v in trial.figures.items()))
    return 0


class _Trial(QObject):
    """Takes one step each time the event loop is idle, so that every page is really laid out and painted."""

    def __init__(self, app: App) -> None:
        super().__init__()
        self._app = app
        self.figures: dict[str, Any] = {}
        self.failure: str | None = None
        self._steps: Iterator[None] = iter(())
        self._timer = QTimer(self)
        self._timer.setInterval(20)
        self._timer.timeout.connect(self._step)
        app.window.painted.connect(self._painted, Qt.ConnectionType.QueuedConnection)
        app.ready.connect(self._ready)
        app.failed.connect(self._fail)
        QTimer.singleShot(_PATIENCE_MS, self, lambda: self._fail(f"nothing happened for {_PATIENCE_MS // 1000} s"))

    def _painted(self) -> None:
        self.figures["first_paint_ms"] = round(_milliseconds_since_start())

    def _ready(self) -> None:
        self.figures["ready_ms"] = round(_milliseconds_since_start())
        workspace = self._app.workspace
        assert workspace is not None
        self.figures["questions"] = len(workspace.bank.questions)
        self.figures["cards"] = len(workspace.bank.cards)
        broken = [str(p) for f in workspace.library.files if not f.loaded for p in f.problems]
        if broken:
            self._fail("; ".join(broken))
            return
        self._steps = self._try_everything()
        self._timer.start()

    def _step(self) -> None:
        try:
            next(self._steps)
        except StopIteration:
            self.figures["rss_mb"] = round(_resident_megabytes())
            self._finish()
        except SelftestError as error:
            self._fail(str(error))
        except Exception:
            self._fail(traceback.format_exc())

    def _try_everything(self) -> Iterator[None]:
        app = self._app
        assert app.pages is not None
        assert app.workspace is not None
        for name, _ in PAGES:
            app.pages.show_page(name)
            yield
        app.pages.follow(StartExam(_BLUEPRINT, 0.7))
        yield
        desk = app.pages.desk
        _expect(desk is not None, "the exam did not start: " + str(app.window.messages.texts()))
        assert desk is not None
        desk.pick(0)
        yield
        attempt = app.workspace.store.attempts.load(desk.session.attempt_id)
        _expect(attempt.responses[0].chosen == frozenset({0}), "the answer is not in the database")
        desk.review()
        yield
        desk.submit()
        yield
        _expect(app.pages.desk is None, "the exam did not end")
        app.pages.show_page("flashcards")
        yield
        app.pages.flashcards.reveal()
        yield
        app.pages.flashcards.rate(Rating.GOOD)
        yield
        _expect(len(app.workspace.store.reviews.memories()) == 1, "the review is not in the database")
        app.pages.show_page("today")
        yield

    def _fail(self, reason: str) -> None:
        self.failure = self.failure or reason
        self._finish()

    def _finish(self) -> None:
        self._timer.stop()
        QApplication.exit(0)


def _expect(holds: bool, otherwise: str) -> None:
    if not holds:
        raise SelftestError(otherwise)


_IMPORTED = time.perf_counter()


def _milliseconds_since_start() -> float:
    """Since the process began, where the system tells (Linux, to 10 ms); else since this module was imported."""
    try:
        fields = Path("/proc/self/stat").read_text().rpartition(")")[2].split()
        # Field 22 of proc(5), the start in ticks since boot; the list begins with field 3.
        started = int(fields[19]) / os.sysconf("SC_CLK_TCK")
        return (time.clock_gettime(time.CLOCK_BOOTTIME) - started) * 1000
    except (OSError, AttributeError, ValueError):
        return (time.perf_counter() - _IMPORTED) * 1000


def _resident_megabytes() -> float:
    """Memory the process holds now (Linux), or held at most (elsewhere); 0 where the system does not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 2**20
    except (OSError, AttributeError):
        pass
    try:
        import resource

        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20  # bytes on macOS
    except ImportError:
        return 0.0
