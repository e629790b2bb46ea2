"""What the store costs beside bare SQL: durable responses, and aggregates over 1,000,000 of them.

Run as ``python tests/benchmarks/store.py [folder]``; the folder (a temporary one unless named) decides on the disk.
"""

import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from studyapp.core.attempt import Mode, Response
from studyapp.core.deck import Difficulty, Option, Question
from studyapp.core.form import Form, FormItem
from studyapp.store import Store, daily_backup, open_store, read_last_seen

NOW = datetime(2026, 5, 1, tzinfo=UTC)
COMMITS = 3000
ATTEMPTS = 20_000
PLACES = 50
BARE_AREAS = """
    SELECT domain, sum(responses.correct), count(*) FROM responses JOIN attempts ON id = attempt_id
    WHERE responses.correct IS NOT NULL AND (submitted_at IS NOT NULL OR mode = 'drill') GROUP BY domain
"""


def main() -> None:
    with tempfile.TemporaryDirectory(dir=sys.argv[1] if len(sys.argv) > 1 else None) as name:
        folder = Path(name)
        durable_commits(folder)
        aggregates(folder)


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


def aggregates(folder: Path) -> None:
    with open_store(folder / "history") as store:
        fill(store)
        size = (folder / "history" / "studyapp.db").stat().st_size / 1e6
        print(f"{ATTEMPTS * PLACES:,} responses in {ATTEMPTS:,} attempts, {size:.0f} MB without the forms' text")
        raw = store.database.raw
        timed("area_counts('domain'), store", lambda: store.attempts.area_counts("domain"))
        timed("area_counts('topic'), store", lambda: store.attempts.area_counts("topic"))
        timed("the same by domain, bare SQL", lambda: raw.execute(BARE_AREAS).fetchall())
        timed("last_seen()", store.attempts.last_seen)
        timed("missed(domain)", lambda: store.attempts.missed("domain1"))
        timed("missed(topic)", lambda: store.attempts.missed("domain1.topic1"))
        timed("summaries()", store.attempts.summaries)
        timed("trend()", store.attempts.trend)
        timed("create(50 questions)", lambda: store.attempts.create(form(), Mode.SIMULATION, NOW))
        timed("running()", store.attempts.running)
        backups = iter(range(99))
        timed("daily_backup()", lambda: daily_backup(store, NOW + timedelta(days=next(backups))), times=3)
    timed("open_store() and close()", lambda: open_store(folder / "history").close())
    timed("read_last_seen()", lambda: read_last_seen(folder / "history"))


def fill(store: Store) -> None:
    """20,000 attempts, the newest of them running, by bare SQL; the tallies as submitting would have left them."""
    random = Random(1)
    topics = [f"domain{number % 22}.topic{number}" for number in range(168)]
    raw = store.database.raw
    raw.execute("BEGIN")
    raw.executemany(
        "INSERT INTO attempts VALUES (?, 'b', 'Title', ?, 0.7, 50, ?, ?, NULL, ?, 0, 0, 50, 35)", map(attempt, ids())
    )
    raw.executemany(
        "INSERT INTO responses VALUES (?, ?, ?, ?, ?, 'Stratum', 1, 0, 0, 60.0, ?, ?)",
        (response(id_, place, random.choice(topics), random) for id_ in ids() for place in range(PLACES)),
    )
    raw.execute(
        "INSERT INTO tallies SELECT domain, topic, sum(responses.correct), count(*) FROM responses JOIN attempts "
        "ON id = attempt_id WHERE submitted_at IS NOT NULL GROUP BY domain, topic"
    )
    raw.execute("COMMIT")
    raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    bare = {domain: (right, answered) for domain, right, answered in raw.execute(BARE_AREAS)}
    assert store.attempts.area_counts("domain") == bare


def ids() -> range:
    return range(1, ATTEMPTS + 1)


def attempt(id_: int) -> tuple[object, ...]:
    at = id_ * 10**9
    return id_, "drill" if id_ % 3 == 0 else "simulation", at, at, at + 1 if id_ < ATTEMPTS - 2 else None


def response(attempt_id: int, place: int, topic: str, random: Random) -> tuple[object, ...]:
    question = f"q-{topic}-{random.randrange(12)}"
    return attempt_id, place, question, topic.partition(".")[0], topic, attempt_id * 10**9 + place, random.randrange(2)


def form() -> Form:
    options = tuple(Option("An option of usual length. " * 3, i == 0, "A rationale. " * 10) for i in range(4))
    questions = (Question(f"q{i}", "domain1.topic1", Difficulty.HARD, "A stem. " * 40, options) for i in range(PLACES))
    return Form("b", "Title", 1, 120, 0.7, tuple(FormItem(question, "Stratum") for question in questions))


def milliseconds(action: Callable[[], object]) -> float:
    begun = time.perf_counter()
    action()
    return (time.perf_counter() - begun) * 1e3


def timed(label: str, action: Callable[[], object], times: int = 7) -> None:
    report(label, [milliseconds(action) for _ in range(times)])


def report(label: str, times: list[float]) -> None:
    worst = statistics.quantiles(times, n=100)[98] if len(times) > 100 else max(times)
    name = "p99" if len(times) > 100 else "worst"
    print(f"{label:40} median {statistics.median(times):9.3f} ms   {name} {worst:9.3f} ms", flush=True)


if __name__ == "__main__":
    main()
