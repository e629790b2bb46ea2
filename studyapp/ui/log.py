"""The log: starts and ends, warnings and errors, in ``logs`` in the data folder. Nothing personal goes into it."""

import logging
import sqlite3
import sys
import traceback
from contextlib import suppress
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler, qVersion

from studyapp import __version__
from studyapp.core.errors import StudyError
from studyapp.paths import without_home

LOG_NAME = "studyapp.log"
_BYTES, _OLDER = 256 * 1024, 2
_LEVELS = {
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


class Log:
    """One open log, from its creation until ``close``. A log that cannot be written keeps nobody from studying."""

    def __init__(self, data_folder: Path) -> None:
        self._logger = logging.Logger("studyapp", logging.INFO)
        # Without any, what is logged would go to the standard error.
        self._logger.addHandler(logging.NullHandler())
        with suppress(OSError):
            folder = data_folder / "logs"
            folder.mkdir(parents=True, exist_ok=True)
            handler = _Handler(folder / LOG_NAME, maxBytes=_BYTES, backupCount=_OLDER, encoding="utf-8", delay=True)
            handler.setFormatter(_Formatter("%(asctime)s %(levelname)s %(message)s"))
            self._logger.addHandler(handler)
        self._logger.info("studyapp %s starts, Qt %s, SQLite %s", __version__, qVersion(), sqlite3.sqlite_version)
        self._qt_before = qInstallMessageHandler(self._take_from_qt)
        self._hook_before = sys.excepthook
        sys.excepthook = self._take_error

    def warn(self, text: str) -> None:
        """Write what the machine came in the way of."""
        self._logger.warning("%s", text)

    def close(self) -> None:
        """Write that the program ends, and give back what was taken over."""
        sys.excepthook = self._hook_before
        qInstallMessageHandler(self._qt_before)
        self._logger.info("studyapp ends")
        for handler in self._logger.handlers:
            handler.close()

    def _take_error(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if isinstance(error, StudyError):
            self._logger.warning("%s: %s", kind.__name__, error.message)
        else:
            self._logger.error("%s", "".join(traceback.format_exception(kind, error, trace)).rstrip())
        self._hook_before(kind, error, trace)

    def _take_from_qt(self, kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
        if kind in _LEVELS:
            self._logger.log(_LEVELS[kind], "Qt: %s", text)
        if self._qt_before is not None:
            self._qt_before(kind, context, text)
        elif sys.stderr is not None:
            print(text, file=sys.stderr)


class _Formatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return without_home(super().format(record))


class _Handler(RotatingFileHandler):
    def handleError(self, record: logging.LogRecord) -> None:
        """A full disk is told where an answer cannot be saved, not here."""
