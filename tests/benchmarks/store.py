"""What the store costs beside bare SQL: durable responses.

Run as ``python tests/benchmarks/store.py [folder]``; the folder (a temporary one unless named) decides on the disk.
What reading a long history costs is told by ``progress.py``.
"""

import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from studyapp.core.attempt import Mode, Response
from studyapp.core.deck import Difficulty, Option, Question
from studyapp.core.form import Form, FormItem
from studyapp.store import Store, open_store

NOW = datetime(2026, 5, 1, tzinfo=UTC)
COMMITS = 3000
PLACES = 50


def main() -> None:
    with tempfile.TemporaryDirectory(dir=sys.argv[1] if len(sys.argv) > 1 else None) as name:
        durable_commits(Path(name))


def durable_commits(folder: Path) -> None:
    """The store and raw sqlite3 take turns, so that what else the machine does weighs on both."""
    with open_store(folder / "commits") as store:
        attempt = store.attempts.create(form(), Mode.SIMULATION, NOW)
        raw = bare_copy(store, folder / "bare.db")
        ours, bare = [], []
        for number in range(COMMITS):
            response = Response(frozenset({number % 4}), seconds=1.0 * number, answered_at=NOW)
            ours.append(
                milliseconds(
                    lambda r=response, n=number: store.attempts.save_response(attempt.id, n % PLACES, r, True, n, NOW)
                )
            )
            bare.append(milliseconds(lambda n=number: bare_save(raw, n)))
        raw.close()
    report("durable response, store", ours)
    report("durable response, raw sqlite3", bare)
    print(f"{'ratio of the medians':40} {statistics.median(ours) / statistics.median(bare):9.2f}")


def bare_copy(store: Store, path: Path) -> sqlite3.Connection:
    raw = sqlite3.connect(path, isolation_level=None)
    store.database.raw.backup(raw)
    raw.execute("PRAGMA journal_mode = WAL")
    raw.execute("PRAGMA synchronous = FULL")
    return raw


def bare_save(raw: sqlite3.Connection, number: int) -> None:
    raw.execute("BEGIN IMMEDIATE")
    raw.execute(
        "UPDATE responses SET chosen = ?, flagged = 0, revealed = 0, seconds = ?, answered_at = ?, correct = 1 "
        "WHERE attempt_id = 1 AND position = ?",
        (1 << number % 4, 1.0 * number, 1_777_000_000_000_000, number % PLACES),
    )
    raw.execute("UPDATE attempts SET elapsed = ?, saved_at = ? WHERE id = 1", (number, 1_777_000_000_000_000))
    raw.execute("COMMIT")


def form() -> Form:
    options = tuple(Option("An option of usual length. " * 3, i == 0, "A rationale. " * 10) for i in range(4))
    questions = (Question(f"q{i}", "domain1.topic1", Difficulty.HARD, "A stem. " * 40, options) for i in range(PLACES))
    return Form("b", "Title", 1, 120, 0.7, tuple(FormItem(question, "Stratum") for question in questions))


def milliseconds(action: Callable[[], object]) -> float:
    begun = time.perf_counter()
    action()
    return (time.perf_counter() - begun) * 1e3


def report(label: str, times: list[float]) -> None:
    worst = statistics.quantiles(times, n=100)[98] if len(times) > 100 else max(times)
    name = "p99" if len(times) > 100 else "worst"
    print(f"{label:40} median {statistics.median(times):9.3f} ms   {name} {worst:9.3f} ms", flush=True)


if __name__ == "__main__":
    main()
