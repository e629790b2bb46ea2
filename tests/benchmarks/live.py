"""How long a save takes to show, and how a folder of many items loads while the window is open.

    python tests/benchmarks/live.py [ITEMS [FILES]]

First the shipped decks are open at Flashcards, then at the Preview of a deck, and the deck of the card on screen is
saved again and again: the time from before the write to the new text on screen (goal: 300 ms). The same for the Preview
in a window of its own. Then a folder of generated decks (default: 100,000
items in 140 files) is added to an open window: how long it takes, the longest time for which the event loop stood
still (goal: 50 ms), how soon a cancelled load is over, the same for a start from the kept load, and the largest
resident memory of each process (goal: 400 MiB). Every figure is from a process of its own.
"""

import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from studyapp import paths
from studyapp.core.deck import Card
from studyapp.ui.app import App
from studyapp.ui.preview.alone import PreviewWindow
from studyapp.ui.preview.view_model import PreviewViewModel
from studyapp.ui.routes import PreviewDeck
from studyapp.ui.start import compose

SAVES = 15


class Stalls(QObject):
    """The longest gap between two beats of a 10 ms timer, beyond those 10 ms."""

    def __init__(self) -> None:
        super().__init__()
        self.longest = 0.0
        self.over = 0
        self._last = time.perf_counter()
        self._timer = QTimer(self, interval=10)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def _beat(self) -> None:
        now = time.perf_counter()
        gap = (now - self._last) * 1000 - 10
        self._last = now
        self.longest = max(self.longest, gap)
        self.over += gap > 50

    def reset(self) -> None:
        self.longest, self.over, self._last = 0.0, 0, time.perf_counter()


def wait(until: Callable[[], bool], seconds: float = 120) -> float:
    """Run the event loop until something holds; how long that took, in milliseconds."""
    began = time.perf_counter()
    while not until():
        if time.perf_counter() - began > seconds:
            raise TimeoutError
        QApplication.processEvents()
        time.sleep(0.0005)
    return (time.perf_counter() - began) * 1000


def start(data: Path, *places: Path) -> App:
    app = compose(data, places)
    done: list[object] = []
    app.ready.connect(lambda: done.append(None))
    app.failed.connect(lambda reason: sys.exit(reason))
    app.show()
    wait(lambda: bool(done))
    return app


def settle(app: App) -> None:
    """Until nothing is going on any more, on the worker neither."""
    idle: list[object] = []
    wait(lambda: app.decks._running is None)
    app._jobs.run(lambda: None, idle.append, idle.append)
    wait(lambda: bool(idle))
    began = time.perf_counter()
    wait(lambda: time.perf_counter() - began > 1.0)


def memory() -> float:
    """The largest resident memory of this process so far, in MiB (Linux)."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) / 1024


def save_again_and_again(path: Path, card: str, shows: Callable[[str], bool], repaint: Callable[[], None]) -> None:
    """Save a deck with another front of a card, many times over, and print how long each took to show."""
    took = []
    for n in range(SAVES):
        text = path.read_text(encoding="utf-8")
        line = next(line for line in text.splitlines() if line.strip() == f"- id: {card}")
        body = text.index("front: ", text.index(line)) + len("front: ")
        beside = path.with_name(".saving")
        began = time.perf_counter()
        beside.write_text(f"{text[:body]}{n} {text[body:]}", encoding="utf-8")
        os.replace(beside, path)
        wait(lambda n=n: shows(f"{n} "))  # type: ignore[misc]
        repaint()
        took.append((time.perf_counter() - began) * 1000)
        pause(1.5)
    print(f"median {median(took):.0f} ms, longest {max(took):.0f} ms, of {SAVES}")


def pause(seconds: float) -> None:
    """Let the event loop run, so that what a save brings with it is over."""
    began = time.perf_counter()
    wait(lambda: time.perf_counter() - began > seconds)


def saves(folder: Path) -> None:
    decks = folder / "decks"
    shutil.copytree(paths.shipped_decks(), decks)
    app = start(folder / "data", decks)
    assert app.pages is not None
    assert app.workspace is not None
    app.pages.show_page("flashcards")
    settle(app)
    flashcards = app.pages.flashcards
    card = flashcards._session.card  # type: ignore[union-attr]
    assert card is not None
    path = next(f.path for f in app.workspace.library.files if f.id == card.deck and f.kind == "deck")
    print("save to screen, Flashcards: ", end="", flush=True)
    save_again_and_again(path, card.id, lambda words: flashcards.state.front.startswith(words), app.window.repaint)
    app.pages.follow(PreviewDeck(path, card.id))
    preview = app.pages._items._preview[0]
    wait(lambda: not preview.state.busy)
    settle(app)
    print("save to screen, Preview: ", end="", flush=True)
    save_again_and_again(path, card.id, lambda words: _front(preview).startswith(words), app.window.repaint)
    app.window.close()
    window = PreviewWindow(app.theme, decks)
    window.view_model.show_file(path)
    window.show()
    wait(lambda: not window.view_model.state.busy)
    window.view_model.show_file(path, card.id)
    pause(1.5)
    print("save to screen, studyapp preview: ", end="", flush=True)
    save_again_and_again(path, card.id, lambda words: _front(window.view_model).startswith(words), window.repaint)
    window.close()


def _front(preview: PreviewViewModel) -> str:
    item = preview.state.item
    return item.front if isinstance(item, Card) else ""


def add(folder: Path) -> None:
    """Add the large folder to an open window, cancel once, load, change one file."""
    app = start(folder / "data", paths.shipped_decks())
    assert app.workspace is not None
    assert app.decks.folders is not None
    settle(app)
    idle = Stalls()
    settle(app)
    print(f"nothing going on: longest stall {idle.longest:.0f} ms; memory {memory():.0f} MiB")
    stalls = Stalls()
    app.decks.change(app.decks.folders.with_added([folder / "many"]))
    files = len(list((folder / "many").iterdir()))
    wait(lambda: (now := app.decks._running) is not None and now.done > now.total - files + files // 10 > 0)
    app.decks.cancel()
    print(f"cancel: over after {wait(lambda: app.decks._running is None):.0f} ms")
    app.decks.load()
    took = wait(lambda: len(app.workspace.bank.decks) > files + 30)  # type: ignore[union-attr]
    print(f"the rest parsed and on screen: {took / 1000:.1f} s; longest stall {stalls.longest:.0f} ms", end="")
    print(f", {stalls.over} over 50 ms; memory at most {memory():.0f} MiB")
    stalls.reset()
    settle(app)
    print(f"afterwards (kept on disk, old decks let go): longest stall {stalls.longest:.0f} ms")
    stalls.reset()
    path = next((folder / "many").glob("*.yaml"))
    with path.open("r+b") as file:
        # In place, so that what is measured is the program's memory and not that of reading the file here.
        file.seek(file.read(200).index(b"Generated"))
        file.write(b"Regrouped")
    took = wait(lambda: any(deck.title.startswith("Regrouped") for deck in app.workspace.bank.decks))  # type: ignore[union-attr]
    print(f"one of these files saved: {took:.0f} ms; longest stall {stalls.longest:.0f} ms")
    settle(app)
    print(f"memory at most {memory():.0f} MiB")
    app.window.close()


def again(folder: Path) -> None:
    """Start with the large folder in the list and kept on disk."""
    began = time.perf_counter()

    app = compose(folder / "data", [paths.shipped_decks()])
    done: list[object] = []
    app.ready.connect(lambda: done.append(None))
    app.show()
    wait(lambda: app.decks._running is not None and app.decks._running.done > 0)
    beat = Stalls()
    wait(lambda: bool(done))
    took = time.perf_counter() - began
    print(f"start from the kept load: ready after {took:.1f} s; longest stall {beat.longest:.0f} ms", end="")
    print(f"; memory at most {memory():.0f} MiB")
    app.window.close()


def generate(folder: Path, items: int, files: int) -> None:
    """Decks of random words: half questions with four options, half cards."""
    from studyapp.content.loader import load

    topics = sorted(load([paths.shipped_decks()]).bank.syllabus.topics)
    draw = random.Random(1)
    words = [f"{a}{b}{c}" for a in ("ta", "lo", "mi", "re", "su") for b in ("na", "vel", "rin", "do") for c in "stnr"]

    def text(count: int) -> str:
        return " ".join(draw.choices(words, k=count))

    folder.mkdir()
    number = 0
    for file in range(files):
        cards, questions = [], []
        for i in range(items // files):
            number += 1
            topic = draw.choice(topics)
            if i % 2:
                cards.append(f"  - id: g-c-{number}\n    topic: {topic}\n    front: {text(14)}\n    back: {text(24)}\n")
            else:
                marks = ["        correct: true\n" if j == number % 4 else "" for j in range(4)]
                options = "".join(f"      - text: {text(7)}\n{mark}        rationale: {text(18)}\n" for mark in marks)
                stem = "\n      ".join(text(14) for _ in range(4))
                questions.append(
                    f"  - id: g-q-{number}\n    topic: {topic}\n    difficulty: medium\n    stem: |\n      {stem}?\n"
                    f"    options:\n{options}    cards: [g-c-{number + 1}]\n"
                )
        head = f"deck: generated-{file}\ntitle: Generated {file}\n"
        body = f"cards:\n{''.join(cards)}questions:\n{''.join(questions)}"
        (folder / f"many-{file:04}.yaml").write_text(head + body, encoding="utf-8")


def main() -> None:
    """Measure and print."""
    steps = {"saves": saves, "add": add, "again": again}
    if len(sys.argv) == 3 and sys.argv[1] in steps:
        steps[sys.argv[1]](Path(sys.argv[2]))
        return
    items = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    files = int(sys.argv[2]) if len(sys.argv) > 2 else 140
    with tempfile.TemporaryDirectory() as folder:
        generate(Path(folder) / "many", items, files)
        for step in steps:
            (Path(folder) / step).mkdir(exist_ok=True)
            place = folder if step != "saves" else str(Path(folder) / step)
            environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ}
            subprocess.run([sys.executable, __file__, step, place], env=environment, check=True)


if __name__ == "__main__":
    main()
