"""What a test may not leave behind."""

import gc
import threading

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtWidgets import QApplication


def running_timers():
    """Those made since the last freeze."""
    return [
        timer
        for timer in gc.get_objects()
        if isinstance(timer, QTimer) and shiboken6.isValid(timer) and timer.isActive()
    ]


def leaks(threads, windows):
    """What is there and was not before, in words."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    found = [f"thread {t.name}" for t in threading.enumerate() if t not in threads]
    found += [f"timer {t.interval()} ms of {t.parent()}" for t in running_timers()]
    return found + [f"window {w}" for w in QApplication.topLevelWidgets() if w not in windows]
