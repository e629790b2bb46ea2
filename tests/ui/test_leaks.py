"""The guard against leaks sees them."""

import threading

from leaking import leaks, running_timers
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget


def test_a_thread_a_timer_and_a_window_are_seen():
    threads, windows = threading.enumerate(), QApplication.topLevelWidgets()
    done = threading.Event()
    thread = threading.Thread(target=done.wait, name="forgotten")
    thread.start()
    timer = QTimer()
    timer.start(60_000)
    window = QWidget()
    found = leaks(threads, windows)
    assert [line.split()[0] for line in found] == ["thread", "timer", "window"]
    timer.stop()
    window.deleteLater()
    done.set()
    thread.join()
    assert not running_timers()
