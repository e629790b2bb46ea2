"""Drives the real program from inside its own process: ``driver.py SCENE ARGUMENT…``.

The arguments go to ``studyapp.cli.main``. What a scene sees is printed as one line of JSON before it ends.
"""

import json
import os
import re
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "ui"))

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

SLOW = ("sqlmodel", "sqlalchemy", "alembic", "pydantic", "yaml", "pyqtgraph", "numpy", "fsrs")
PATIENCE_S = 60


def tell(**seen: object) -> None:
    print(json.dumps(seen), flush=True)


def main_window():
    return next((w for w in QApplication.topLevelWidgets() if type(w).__name__ == "MainWindow" and w.isVisible()), None)


def seconds_left(page) -> int:
    from hands import texts

    hours, minutes, seconds = re.search(r"(\d+):(\d\d):(\d\d) left", texts(page)).groups()
    return int(hours) * 3600 + int(minutes) * 60 + int(seconds)


def wait_for_today() -> Iterator[None]:
    from hands import has_button

    while main_window() is None or not has_button(main_window(), "Today"):
        yield
    while not has_button(main_window().page, "Choose an exam") and not has_button(main_window().page, "Resume"):
        yield


def sit_and_be_killed() -> Iterator[None]:
    """Start an exam by the keys, answer three questions, and die without a word to anyone."""
    from hands import Key, press, texts, ticked

    yield from wait_for_today()
    window = main_window()
    window.activateWindow()
    while not window.isActiveWindow():
        yield
    press(window, Key.Key_Return, Key.Key_Return)
    while " left" not in texts(window.page):
        yield
    begun = seconds_left(window.page)
    answers = []
    for key in (Key.Key_1, Key.Key_2):
        press(window, key)
        answers.append(sorted(ticked(window.page)))
        press(window, Key.Key_Right)
        yield
    while seconds_left(window.page) > begun - 2:
        yield
    press(window, Key.Key_F, Key.Key_1)
    answers.append(sorted(ticked(window.page)))
    tell(begun=begun, left=seconds_left(window.page), answers=answers, at=time.time())
    os.kill(os.getpid(), signal.SIGKILL)


def look_again() -> Iterator[None]:
    """See what Today says, resume, look at every answer, and close the window."""
    from hands import Key, button, has_button, press, texts, ticked

    yield from wait_for_today()
    window = main_window()
    window.activateWindow()
    while not window.isActiveWindow():
        yield
    today = texts(window.page)
    press(window, Key.Key_Return)
    while " left" not in texts(window.page):
        yield
    left, at = seconds_left(window.page), time.time()
    place = re.search(r"(\d+) of \d+", texts(window.page))[0]
    flagged = has_button(window.page, "Take the flag away")
    answers = [sorted(ticked(window.page))]
    for _ in range(2):
        press(window, Key.Key_Left)
        answers.insert(0, sorted(ticked(window.page)))
        yield
    assert button(window.page, "Next")
    tell(today=today, left=left, at=at, place=place, flagged=flagged, answers=answers)
    window.close()


def restore_a_backup() -> Iterator[None]:
    """Go back to the older of two backups, and see what the window that opens again says."""
    from hands import button, click, controls, name_of, texts

    yield from wait_for_today()
    window = main_window()
    window.setGeometry(20, 30, 760, 560)
    before = window.geometry()
    click(button(window, "Settings"))
    yield
    click([b for b in controls(window.page) if name_of(b).startswith("Restore the backup")][1])
    yield
    # Not with a click of the mouse: by the end of it the window is gone.
    button(window.messages, "Restore this backup").click()
    while main_window() is None or main_window() is window:
        yield
    yield from wait_for_today()
    again = main_window()
    tell(today=texts(again.page), same_place=again.geometry() == before)
    again.close()


class FirstPaint(QObject):
    """Tells what was imported when the main window was painted for the first time, and ends the process."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() == QEvent.Type.Paint and type(watched).__name__ == "MainWindow":
            tell(slow=sorted(set(SLOW) & set(sys.modules)))
            QApplication.instance().removeEventFilter(self)
            QTimer.singleShot(0, watched.close)
        return False


SCENES = {"sit": sit_and_be_killed, "look": look_again, "restore": restore_a_backup}


def play(scene: str) -> None:
    """Take one step of a scene each time the event loop is idle."""
    steps, timer, end = SCENES[scene](), QTimer(QApplication.instance()), time.monotonic() + PATIENCE_S

    def step() -> None:
        try:
            if time.monotonic() > end:
                raise TimeoutError(f"{scene} hangs")
            next(steps)
        except StopIteration:
            timer.stop()
        except BaseException:
            sys.__excepthook__(*sys.exc_info())
            os._exit(3)

    timer.timeout.connect(step)
    timer.start(20)


def main() -> int:
    scene, *arguments = sys.argv[1:]
    qt = QApplication(sys.argv[:1])
    if scene == "paint":
        watch = FirstPaint(qt)
        qt.installEventFilter(watch)
    else:
        play(scene)
    from studyapp import cli

    return cli.main(arguments)


if __name__ == "__main__":
    sys.exit(main())
