"""How long checking takes, beside parsing the same files with ``yaml.compose`` on the C parser.

    python tests/benchmarks/check.py [ITEMS]

writes a folder of decks like the shipped ones, with their syllabus and cases, and checks it: without coverage and
near-duplicates (the figure that is held to 2.5 times composing), and with all. Each time is the best of several rounds,
in turns, so that a busy machine treats both alike; the last, in which every item has copies, is taken once.
"""

import gc
import re
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import yaml

from studyapp.content.check import check
from studyapp.content.choice import Choice
from studyapp.content.discovery import deck_files, first_key
from studyapp.content.inspector import RESEMBLANCE
from studyapp.paths import shipped_decks

ROUNDS = 5
PLAIN = "yaml.compose"
COLLECTOR_OFF = "yaml.compose, garbage collector off"
"""A stricter yardstick, as checking turns the collector off too."""
APART = Choice(ignore=("W4", *RESEMBLANCE))


def write_decks(folder: Path, items: int) -> None:
    """The shipped decks over and over, under other ids, until there are so many items."""
    sources = []
    for path in deck_files([shipped_decks()]):
        text = path.read_text(encoding="utf-8")
        if first_key(path) == "deck":
            sources.append(text)
        elif first_key(path) != "blueprint":
            (folder / path.name).write_text(text, encoding="utf-8")
    written = copy = 0
    while written < items:
        for number, text in enumerate(sources):
            if written < items:
                written += text.count("\n  - id: ")
                (folder / f"d{copy}-{number}.yaml").write_text(_renamed(text, f"-{copy}"), encoding="utf-8")
        copy += 1


def _renamed(text: str, suffix: str) -> str:
    named = re.sub(r"^((?:  - id|deck): [\w.-]+)", rf"\1{suffix}", text, flags=re.MULTILINE)
    linked = r"^    (?:cards|enemies): \[[^\]]*\]"
    return re.sub(
        linked, lambda list_: re.sub(r"[\w.-]+(?=[,\]])", rf"\g<0>{suffix}", list_[0]), named, flags=re.MULTILINE
    )


def measure(folder: Path) -> dict[str, float]:
    """Seconds for each way."""
    files = list(deck_files([folder]))
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

    def compose() -> None:
        for path in files:
            yaml.compose(path.read_bytes(), loader)

    ways: dict[str, Callable[[], object]] = {
        PLAIN: compose,
        COLLECTOR_OFF: lambda: _without_collector(compose),
        "check, coverage and near-duplicates apart": lambda: check([folder], shipped_decks(), APART),
    }
    best = dict.fromkeys(ways, float("inf"))
    for _ in range(ROUNDS):
        for name, way in ways.items():
            best[name] = min(best[name], _timed(way))
    return best | {"check": _timed(lambda: check([folder], shipped_decks()))}


def _without_collector(way: Callable[[], object]) -> None:
    gc.disable()
    try:
        way()
    finally:
        gc.enable()


def _timed(way: Callable[[], object]) -> float:
    gc.collect()
    started = time.process_time()
    way()
    return time.process_time() - started


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        write_decks(Path(name), int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
        taken = measure(Path(name))
    print(f"{'':42}   time    of plain   of the stricter")
    for what, seconds in taken.items():
        print(f"{what:42} {seconds:6.2f} s {seconds / taken[PLAIN]:8.2f} {seconds / taken[COLLECTOR_OFF]:14.2f}")
