"""Starts the program: the window over a data folder, its log and its reports of bugs, again where it is reopened."""

import gc
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from studyapp.core.errors import DamagedDatabaseError, StudyError
from studyapp.ui.app import App
from studyapp.ui.main_window import MainWindow
from studyapp.ui.widgets.message_bar import Message

if TYPE_CHECKING:
    from studyapp.ui.log import Log


def report_bugs(window: MainWindow) -> Callable[..., None]:
    """An excepthook that shows a report which can be copied."""

    def hook(kind: type[BaseException], error: BaseException, trace: Any) -> None:
        if isinstance(error, StudyError):
            # The machine did that, at a place that has no better way to say so: no bug. Of damage there is a message.
            if not isinstance(error, DamagedDatabaseError):
                window.messages.show_message(Message("environment", "wrong", f"{error.message} {error.next_step}"))
            return
        sys.__excepthook__(kind, error, trace)
        if not issubclass(kind, KeyboardInterrupt):
            from studyapp.ui.bug_dialog import show_bug

            show_bug(window, kind, error, trace)

    return hook


def compose(data_folder: Path, deck_folders: Sequence[Path]) -> App:
    """The program over a data folder and its decks, ready to be shown."""
    qt = QApplication.instance() or _application()
    assert isinstance(qt, QApplication)
    qt.setApplicationName("studyapp")
    app = App(qt, data_folder, deck_folders)
    sys.excepthook = report_bugs(app.window)
    app.ready.connect(_collect_again)
    app.failed.connect(_collect_again)
    return app


def _application() -> QApplication:
    if sys.platform != "darwin":
        return QApplication(sys.argv[:1])
    from studyapp.ui.desktop import MacApplication

    return MacApplication(sys.argv[:1])


def _collect_again() -> None:
    """Collect garbage from now on: ``studyapp.cli`` stopped that before the first import.

    What is there by now stays for good; a first collection through all of it would hold up the window.
    """
    if not gc.isenabled():
        gc.freeze()
        gc.enable()


def run(data_folder: Path, deck_folders: Sequence[Path]) -> int:
    """Open the window and stay until it is closed; the process's exit code."""
    place = None
    while True:
        app = compose(data_folder, deck_folders)
        if place is not None:
            app.window.restoreGeometry(place)
        logs = keep_log(app, data_folder)
        app.ready.connect(partial(_settle_in, app.window), Qt.ConnectionType.SingleShotConnection)
        app.show()
        code = QApplication.exec()
        for log in logs:
            log.close()
        if not app.reopening:
            return code
        place = app.window.saveGeometry()
        for part in (app.window, app.theme, app):
            part.deleteLater()


def _settle_in(window: MainWindow) -> None:
    from studyapp.ui.desktop import settle_in

    settle_in(window)


def keep_log(app: App, data_folder: Path) -> "list[Log]":
    """The log, from when the window is ready or cannot be: nothing before that need wait for it, but an error.

    The list holds it once it is open. It is opened in the place of ``sys.excepthook`` as that is now.
    """
    logs: list[Log] = []
    hook = sys.excepthook

    def begin() -> None:
        if not logs:
            from studyapp.ui.log import Log

            sys.excepthook = hook
            logs.append(Log(data_folder))

    def begin_with(kind: type[BaseException], error: BaseException, trace: Any) -> None:
        begin()
        sys.excepthook(kind, error, trace)

    def failed(reason: str) -> None:
        begin()
        logs[0].warn(reason)

    sys.excepthook = begin_with
    app.ready.connect(begin)
    app.failed.connect(failed)
    return logs
