"""What a long history costs: opening Progress and Today over 1,000,000 responses and 200,000 reviews.

Run as ``python tests/benchmarks/progress.py [responses [reviews]]``. A history of three years is written in bulk, with
the roll-ups as submitting and rating would have left them; then the real window is opened on it, and its pages, beside
the time that SQLite needs for the bare aggregate over the raw answers. The largest gap between two beats of a timer of
5 ms is how long a page held up the event loop. Where other programs use the machine, look at the time of this process.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from random import Random

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication
from sqlalchemy import insert

from studyapp.content.loader import load
from studyapp.core.attempt import Confidence
from studyapp.core.bank import Bank
from studyapp.core.form import Form
from studyapp.core.mastery import chance_level
from studyapp.core.snapshot import form_to_data
from studyapp.sessions.steps import finish
from studyapp.store import Store, daily, daily_backup, open_store, read_last_seen
from studyapp.store.tables import attempts, days, forms, memories, responses, reviews, topic_days
from studyapp.ui.app import App
from studyapp.ui.start import compose

DECKS = Path(__file__).parents[2] / "decks"
DAYS = 3 * 365
PLACES = 50
TIMES = 7
NOW = datetime.now(UTC).replace(hour=9, minute=0)
BARE = "SELECT domain, sum(correct), count(*) FROM responses WHERE correct IS NOT NULL GROUP BY domain"
MEET = """
    INSERT INTO met_questions SELECT question_id, domain, topic, max(submitted_at), answered_at, count(*),
    r.correct = 0, flagged FROM responses AS r JOIN attempts AS a ON a.id = r.attempt_id
    WHERE submitted_at IS NOT NULL GROUP BY question_id
"""


def main() -> None:
    wanted = [int(number) for number in sys.argv[1:]] or [1_000_000, 200_000]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        bank = load([DECKS]).bank
        with open_store(folder) as store:
            begun = time.perf_counter()
            fill(store, bank, wanted[0] // PLACES, wanted[1] if len(wanted) > 1 else wanted[0] // 5)
            took = time.perf_counter() - begun
        size = (folder / "studyapp.db").stat().st_size / 1e6
        print(f"{wanted[0]:,} responses over {DAYS} days, {size:.0f} MB, written in {took:.0f} s", flush=True)
        measure_store(folder)
        # In a process of its own, without what writing the history left behind.
        subprocess.run([sys.executable, __file__, "--window", name], check=True)


def fill(store: Store, bank: Bank, sittings: int, ratings: int) -> None:
    """Attempts spread over the days, all submitted but the last; then the roll-ups from them; then ratings."""
    random = Random(1)
    questions = [(q.id, q.domain, q.topic, chance_level(q)) for q in bank.questions.values()]
    with store.database.writing() as connection:
        for first in range(0, sittings, 1000):
            ids = range(first + 1, min(first + 1000, sittings) + 1)
            connection.execute(insert(attempts), [attempt(id_, sittings) for id_ in ids])
            empty = form_to_data(Form("b", "Title", 1, 120, 0.7, ()))
            connection.execute(insert(forms), [{"attempt_id": id_, "data": empty} for id_ in ids])
            connection.execute(insert(responses), [r for id_ in ids for r in answers(id_, sittings, questions, random)])
        daily._add(connection, topic_days, daily._by_topic(responses.c.counted_on, responses.c.counted_on.is_not(None)))
        daily._add(connection, days, daily._by_day(responses.c.counted_on, responses.c.counted_on.is_not(None)))
        connection.exec_driver_sql(MEET)
        cards = list(bank.cards.values())
        for first in range(0, ratings, 10_000):
            connection.execute(
                insert(reviews), [rating(i, cards, ratings, random) for i in range(first, first + 10_000)]
            )
        connection.execute(insert(memories), [memory(card, random) for card in cards])
        for day in range(day_of(0, DAYS), day_of(DAYS - 1, DAYS) + 1):
            for _ in range(ratings // DAYS):
                daily.count_review(connection, day, daily.Rating.GOOD, 9.0, new=False)
    store.database.raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def at(number: int, of: int) -> datetime:
    return NOW - timedelta(days=DAYS) + timedelta(days=DAYS) * (number / of)


def day_of(number: int, of: int) -> int:
    return daily.local_day(at(number, of))


def attempt(id_: int, of: int) -> dict[str, object]:
    when = at(id_, of)
    return {
        "id": id_,
        "blueprint_id": "b",
        "title": "Title",
        "mode": "study" if id_ % 3 else "simulation",
        "pass_mark": 0.7,
        "questions": PLACES,
        "started_at": when,
        "saved_at": when,
        "left_at": None,
        "submitted_at": when if id_ < of else None,
        "position": 0,
        "elapsed": 0.0,
        "shown_since": 0.0,
        "answered": PLACES,
        "correct": 35,
    }


def answers(
    id_: int, of: int, questions: list[tuple[str, str, str, float]], random: Random
) -> Iterator[dict[str, object]]:
    when = at(id_, of)
    for place, (question, domain, topic, chance) in enumerate(random.sample(questions, PLACES)):
        yield {
            "attempt_id": id_,
            "position": place,
            "question_id": question,
            "domain": domain,
            "topic": topic,
            "stratum": domain,
            "chosen": frozenset({0}),
            "flagged": False,
            "revealed": False,
            "seconds": 70.0,
            "answered_at": when,
            "correct": int(random.random() < 0.72),
            "first_chosen": frozenset({0}),
            "struck": frozenset(),
            "note": "",
            "confidence": random.choice([None, *Confidence]),
            "highlights": (),
            "visits": (),
            "seen": random.random() < 0.5,
            "chance": chance,
            "counted_on": day_of(id_, of) if id_ < of else None,
        }


def rating(number: int, cards: list, of: int, random: Random) -> dict[str, object]:
    card, when = random.choice(cards), at(number, of)
    state = {"phase": 2, "step": None, "stability": 20.0, "difficulty": 5.0, "due": 0, "last_review": 0}
    state |= {"reviews": 3, "lapses": 0}
    line = {"card_id": card.id, "topic": card.topic, "rating": 3, "reviewed_at": when, "day": daily.local_day(when)}
    return line | {"seconds": 9.0, "before": state, "after": state}


def memory(card, random: Random) -> dict[str, object]:
    due = NOW + timedelta(days=random.uniform(-1, 40))
    state = {"phase": 2, "step": None, "stability": random.uniform(5, 90), "difficulty": 5.0, "due": due}
    line = {"card_id": card.id, "topic": card.topic, "last_review": NOW - timedelta(days=random.uniform(1, 30))}
    return line | state | {"reviews": 200, "lapses": random.randrange(3)}


def measure_store(folder: Path) -> None:
    """The calls behind the pages, beside the bare aggregate."""
    with open_store(folder) as store:
        day = daily.local_day(NOW)
        timed("bare aggregate over the answers", lambda: store.database.raw.execute(BARE).fetchall())
        timed("totals.evidence(today)", lambda: finish(store.totals.evidence(day)))
        timed("totals.days(a year)", lambda: store.totals.days(day - 365, day))
        timed("attempts.last_seen()", store.attempts.last_seen)
        timed("attempts.missed_by_topic()", store.attempts.missed_by_topic)
        timed("attempts.trend(40)", lambda: store.attempts.trend(40))
        timed("attempts.summaries(50)", lambda: store.attempts.summaries(50))
        timed("attempts.summaries(), all", store.attempts.summaries)
        timed("reviews.dues()", store.reviews.dues)
        timed("reviews.memories()", store.reviews.memories)
        timed("attempts.running()", store.attempts.running)
        backups = iter(range(TIMES))
        timed("daily_backup()", lambda: daily_backup(store, NOW + timedelta(days=next(backups))))
        gone = iter(range(100, 100 + TIMES))
        timed("attempts.discard(a submitted one)", lambda: store.attempts.discard(next(gone)))
    timed("open_store() and close()", lambda: open_store(folder).close())
    timed("read_last_seen()", lambda: read_last_seen(folder))


def measure_window(folder: Path) -> None:
    """Pages of the real window, from the click to the paint after the figures are there."""
    app = compose(folder, [DECKS])
    opened: list[bool] = []
    app.ready.connect(lambda: opened.append(True))
    app.show()
    until(lambda: bool(opened))
    # The daily backup copies the whole file, two seconds after the start: it is not what is measured here.
    app._backup.stop()
    # Nobody clicks within the first second, in which the worker imports the pages.
    second = time.monotonic() + 1
    until(lambda: time.monotonic() > second)
    pages = app.pages
    assert pages is not None
    report("Progress, the first time", [beat(lambda: pages.show_page("progress"), app)])
    progress = pages._page("progress")
    for label, name in (("Today", "today"), ("Progress, weak areas", "progress")):
        times = []
        for _ in range(TIMES):
            pages.show_page("decks")
            settle(app)
            times.append(beat(lambda name=name: pages.show_page(name), app))
        report(label, times)
    report("Progress, over time, the first time", [beat(lambda: progress.look_at(over_time=True), app)])
    report("Progress, over time", [beat(lambda: progress.look_at(over_time=True), app) for _ in range(TIMES)])
    app.window.close()


@dataclass(frozen=True)
class Beat:
    """Milliseconds that something took, on the clock and of this process; and the largest gaps between two beats."""

    wall: float
    process: float
    gap: float
    process_gap: float


def beat(action: Callable[[], object], app: App) -> Beat:
    """From an action to the paint after it, with a timer of 5 ms beating meanwhile."""
    beats = [now()]
    timer = QTimer(interval=5)
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.timeout.connect(lambda: beats.append(now()))
    timer.start()
    QTimer.singleShot(0, action)
    QApplication.processEvents()
    settle(app)
    beats.append(now())
    timer.stop()
    gaps = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(beats)]
    wall, process = beats[-1][0] - beats[0][0], beats[-1][1] - beats[0][1]
    return Beat(wall, process, max(gap[0] for gap in gaps), max(gap[1] for gap in gaps))


def now() -> tuple[float, float]:
    return time.perf_counter() * 1e3, time.process_time() * 1e3


def report(label: str, beats: list[Beat]) -> None:
    def column(name: str) -> str:
        values = [getattr(beat, name) for beat in beats]
        return f"{statistics.median(values):7.1f} (worst {max(values):6.1f})"

    print(
        f"{label:36} {column('wall')} ms, of this process {column('process')}; largest gap of the event loop "
        f"{column('gap')} ms, of this process {column('process_gap')}",
        flush=True,
    )


def settle(app: App) -> None:
    until(lambda: not app._today.busy and not (app.pages is not None and app.pages._progress.busy))
    QApplication.processEvents()


def until(condition: Callable[[], bool]) -> None:
    while not condition():
        QApplication.processEvents()
        time.sleep(0.0005)


def timed(label: str, action: Callable[[], object]) -> None:
    times = []
    for _ in range(TIMES):
        begun = now()
        action()
        over = now()
        times.append((over[0] - begun[0], over[1] - begun[1]))
    wall, process = (statistics.median(column) for column in zip(*times, strict=True))
    print(f"{label:36} median {wall:8.1f} ms, of this process {process:8.1f} ms", flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--window"]:
        measure_window(Path(sys.argv[2]))
    else:
        main()
