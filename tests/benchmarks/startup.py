"""How long the program takes to its first paint and until Today is filled, beside a bare PySide6 window.

    python tests/benchmarks/startup.py [RUNS]

Both are measured in turn in one run, from the moment the process is asked for, on a fresh data folder each, with
modules compiled and decks kept by a first run that does not count, as on a learner's machine. Prints medians in
milliseconds and the ratios (goals: first paint 1.5, ready 5).
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

BARE = """
import time
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QMainWindow
class Window(QMainWindow):
    painted = Signal()
    def paintEvent(self, event):
        super().paintEvent(event)
        self.painted.emit()
app = QApplication([])
window = Window()
window.painted.connect(lambda: (print(time.monotonic(), flush=True), app.quit()), Qt.ConnectionType.QueuedConnection)
window.show()
app.exec()
"""

# The collector is off from the start until the program is ready, as in ``studyapp.cli``.
PROGRAM = """
import gc, sys, time
gc.disable()
from pathlib import Path
from studyapp import paths
from studyapp.ui.start import compose
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
app = compose(Path(sys.argv[1]), [paths.shipped_decks()])
app.window.painted.connect(lambda: print(time.monotonic(), flush=True), Qt.ConnectionType.QueuedConnection)
app.ready.connect(lambda: (print(time.monotonic(), flush=True), QApplication.exit(0)))
app.show()
QApplication.exec()
app.window.close()
"""


def measure(code: str) -> list[float]:
    """Milliseconds from the start of a process to each of the times it prints (the clock is the system's)."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
            environment.setdefault("QT_QPA_PLATFORM", "offscreen")
        began = time.monotonic()
        done = subprocess.run(
            [sys.executable, "-c", code, folder], env=environment, stdout=subprocess.PIPE, text=True, check=True
        )
    return [(float(line) - began) * 1000 for line in done.stdout.split()]


def main() -> None:
    """Measure and print."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 11
    bare, painted, ready = [], [], []
    measure(PROGRAM)
    for _ in range(runs):
        bare.append(measure(BARE)[0])
        first, last = measure(PROGRAM)
        painted.append(first)
        ready.append(last)
    print(f"bare window, first paint     {median(bare):7.0f} ms")
    print(f"studyapp, first paint        {median(painted):7.0f} ms   {median(painted) / median(bare):.2f} x bare")
    print(f"studyapp, ready              {median(ready):7.0f} ms   {median(ready) / median(bare):.2f} x bare")


if __name__ == "__main__":
    main()
