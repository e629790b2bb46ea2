"""How long checking takes, beside parsing the same files with ``yaml.compose`` on the C parser.

    python tests/benchmarks/check.py [ITEMS]

writes a folder of decks as long as the shipped ones (half cards, half questions), checks it without coverage and
near-duplicates, and prints both times and their ratio: the best of several rounds each, in turns, so that a busy
machine treats both alike.
"""

import gc
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import yaml

from studyapp.content.check import check
from studyapp.content.discovery import deck_files
from studyapp.paths import shipped_decks

PER_DECK = 50
"""Items of a deck; the shipped ones have about as many."""
ROUNDS = 5


def write_decks(folder: Path, items: int) -> None:
    """The shipped decks over and over, under other ids, until there are so many items; no syllabus beside them."""
    sources = []
    for path in deck_files([shipped_decks()]):
        text = path.read_text(encoding="utf-8")
        if text.lstrip().startswith(("deck:", "#")) and "\ndeck:" in "\n" + text:
            sources.append(text)
    written = copy = 0
    while written < items:
        for number, text in enumerate(sources):
            if written >= items:
                return
            written += text.count("\n  - id: ")
            (folder / f"d{copy}-{number}.yaml").write_text(_renamed(text, f"-{copy}"), encoding="utf-8")
        copy += 1


def _renamed(text: str, suffix: str) -> str:
    lines = []
    for line in text.split("\n"):
        lines.append(line + suffix if line.startswith(("  - id: ", "deck: ")) else line)
    return "\n".join(lines)


def measure(folder: Path) -> tuple[float, float, int]:
    """Seconds for composing and for checking, and the number of problems."""
    files = list(deck_files([folder]))
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

    def compose() -> None:
        for path in files:
            yaml.compose(path.read_bytes(), loader)

    problems = 0

    def run_check() -> None:
        nonlocal problems
        problems = len(check([folder], shipped_decks()).problems)

    composing = checking = float("inf")
    for _ in range(ROUNDS):
        composing = min(composing, _timed(compose))
        checking = min(checking, _timed(run_check))
    return composing, checking, problems


def _timed(work: Callable[[], None]) -> float:
    gc.collect()
    started = time.process_time()
    work()
    return time.process_time() - started


if __name__ == "__main__":
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory() as name:
        write_decks(Path(name), wanted)
        composed, checked, found = measure(Path(name))
    print(
        f"yaml.compose {composed:.2f} s   check {checked:.2f} s   ratio {checked / composed:.2f}   ({found} problems)"
    )
