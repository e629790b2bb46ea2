"""Writes the database of this version into this folder, and what it holds beside it.

Run once for every release, with its code and with nothing but its own ways of writing. ``test_released.py`` opens each
of the files with the code of today, and finds the same history.
"""

import json
import sqlite3
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parents[1]), str(HERE.parents[1] / "ui")]

from small_decks import write_decks  # noqa: E402

from studyapp import __version__  # noqa: E402
from studyapp.content.loader import load  # noqa: E402
from studyapp.core.attempt import Attempt, Confidence, Mode  # noqa: E402
from studyapp.core.form import assemble  # noqa: E402
from studyapp.core.reported import Fault, ReportedItem, item_to_data  # noqa: E402
from studyapp.core.scheduler import Rating, Scheduler  # noqa: E402
from studyapp.sessions.exam import ExamSession  # noqa: E402
from studyapp.sessions.identity import settle_history  # noqa: E402
from studyapp.sessions.review import ReviewSession, todays_queue  # noqa: E402
from studyapp.sessions.workspace import Clock  # noqa: E402
from studyapp.store import Store, open_store  # noqa: E402

BEGIN = datetime(2026, 11, 2, 18, 0, tzinfo=UTC)
SETTINGS = {"blueprint": "three", "exam_day": "2026-12-15", "theme": "dark", "reading_size": 125}


class Learner:
    """Someone who needs a while for everything, by a clock that stands still else."""

    def __init__(self) -> None:
        self.at = BEGIN

    def wait(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)

    def clock(self) -> Clock:
        def count() -> float:
            return (self.at - BEGIN).total_seconds()

        return Clock(now=lambda: self.at, monotonic=count, boottime=count, boot_id=lambda: "")


def history(store: Store) -> dict[str, object]:
    """What the learner would miss, were it not there any more: as JSON can hold it."""
    attempts = [store.attempts.load(summary.id) for summary in store.attempts.summaries()]
    day = BEGIN.toordinal()
    return {
        "summaries": [
            [s.title, s.mode.value, s.started_at.isoformat(), s.questions, s.answered, s.correct, s.pass_mark]
            for s in store.attempts.summaries()
        ],
        "answers": [_answers(attempt) for attempt in attempts],
        "questions": [[item.question.stem for item in attempt.form.items] for attempt in attempts],
        "cards": {
            card: [memory.reviews, memory.lapses, memory.due.isoformat(), round(memory.stability, 6)]
            for card, memory in sorted(store.reviews.memories().items())
        },
        "reviews": store.reviews.reviews_since(BEGIN),
        "days": [[total.total.answers, total.total.right, total.reviews] for total in store.totals.days(day, day + 30)],
        "seen": {question: round(at) for question, at in sorted(store.attempts.last_seen().items())},
        "reported": [[report.item_id, report.fault.value, report.note] for report in store.reported.all()],
        "settings": {key: store.settings.get(key) for key in SETTINGS},
    }


def _answers(attempt: Attempt) -> list[list[object]]:
    return [
        [sorted(r.chosen), sorted(r.struck), r.flagged, r.note, r.confidence and r.confidence.value, round(r.seconds)]
        for r in attempt.responses
    ]


def study(folder: Path) -> dict[str, object]:
    """Three weeks of somebody's evenings; what is there at their end."""
    with tempfile.TemporaryDirectory() as decks, open_store(folder) as store:
        bank = load([write_decks(Path(decks))]).bank
        learner = Learner()
        for key, value in SETTINGS.items():
            store.settings.set(key, value)
        for week, (blueprint, mode) in enumerate(
            (("six", Mode.SIMULATION), ("three", Mode.STUDY), ("six", Mode.STUDY))
        ):
            learner.at = BEGIN + timedelta(weeks=week)
            wanted = bank.blueprint(blueprint)
            assert wanted is not None
            session = ExamSession.begin(store.attempts, assemble(bank, wanted, week), mode, learner.clock())
            for place in range(len(session.form.items)):
                session.go(place)
                learner.wait(40 + place)
                key = session.item.question.key
                session.answer(key if (place + week) % 3 else frozenset({len(session.item.question.options) - 1}))
                session.set_confidence(list(Confidence)[place % 3])
                if place == 1:
                    session.strike(0)
                    session.toggle_flag()
                    session.set_note("Überblick: ask about “quota” 😀")
                    session.add_highlight(2, 9)
                if mode is Mode.STUDY:
                    session.reveal()
                if week == 2 and place == 3:
                    # The newest one is not over.
                    session.leave()
                    break
            else:
                session.submit()
            # As after every load of the decks.
            settle_history(store, bank)
            learner.wait(600)
            clock = learner.clock()
            queue = todays_queue(bank, store.reviews, clock.now(), clock.midnight())
            reviews = ReviewSession(store.reviews, bank, queue, Scheduler(), clock.now)
            for rating in (Rating.GOOD, Rating.AGAIN, Rating.EASY, Rating.HARD):
                learner.wait(12)
                reviews.rate(rating)
        question = next(iter(bank.questions.values()))
        data = item_to_data(question)
        store.reported.add(
            ReportedItem(0, question.id, "question", "depot-deck", "depot.yaml", Fault.UNCLEAR, "Why?", BEGIN, data)
        )
        return history(store)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        found = study(Path(folder))
        made = HERE / f"{__version__}.db"
        made.unlink(missing_ok=True)
        connection = sqlite3.connect(Path(folder) / "studyapp.db")
        connection.execute("VACUUM INTO ?", (str(made),))
        connection.close()
    facts = ",\n".join(f"{json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}" for key, value in found.items())
    made.with_suffix(".json").write_text(f"{{\n{facts}\n}}\n", encoding="utf-8")
    print(f"{made.name}: {made.stat().st_size // 1024} KiB")


if __name__ == "__main__":
    main()
