"""A learner who sits an exam without end: run by ``test_killed_exam.py``, which kills it. Arguments: the data folder.

Each line on standard input is a seed, for which one learner is forked: everything is imported once. A learner tells
what it is about to do and which fields of the response that may change, and after the call that keeps it has returned,
what the response is then. ``dead`` follows when it was killed.
"""

import json
import os
import sys
from dataclasses import asdict
from pathlib import Path
from random import Random

from studyapp.core.attempt import Confidence, Response
from studyapp.sessions.exam import ExamSession
from studyapp.sessions.workspace import Clock
from studyapp.store import open_store

NOTES = ("", "Ask about quota", "“Überblick” 😀", "a\nb")
ANSWER = ["chosen", "answered_at", "first_chosen", "struck"]


def told(response: Response) -> dict[str, object]:
    """A response as JSON can hold it."""
    return json.loads(json.dumps(asdict(response), default=lambda v: sorted(v) if isinstance(v, frozenset) else str(v)))


def tell(**values: object) -> None:
    # One write of less than a pipe takes at once: a line is there whole or not at all.
    os.write(1, json.dumps(values).encode() + b"\n")


def sit(folder: Path, random: Random) -> None:
    store = open_store(folder)
    attempt = store.attempts.running()
    assert attempt is not None
    session = ExamSession(store.attempts, attempt, Clock())
    actions = {
        "answer": (lambda: session.answer(frozenset(random.sample(range(6), 1))), ANSWER),
        "flag": (session.toggle_flag, ["flagged"]),
        "strike": (lambda: session.strike(random.randrange(6)), ANSWER),
        "note": (lambda: session.set_note(random.choice([n for n in NOTES if n != session.response.note])), ["note"]),
        "confidence": (lambda: session.set_confidence(random.choice([None, *Confidence])), ["confidence"]),
        "highlight": (lambda: session.add_highlight(start := random.randrange(40), start + 5), ["highlights"]),
        "clear": (lambda: session.clear_highlight(start := random.randrange(40), start + 9), ["highlights"]),
        "go": (
            lambda: session.go(random.choice([p for p in range(len(attempt.responses)) if p != session.position])),
            ["visits", "seconds"],
        ),
        "heartbeat": (session.heartbeat, []),
    }
    while True:
        act, fields = actions[random.choice(list(actions))]
        here, elapsed = session.position, session.elapsed
        tell(trying=here, fields=fields)
        act()
        tell(at=here, response=told(session.responses[here]), position=session.position, elapsed=elapsed)


def main() -> None:
    folder = Path(sys.argv[1])
    for seed in sys.stdin:
        learner = os.fork()
        if learner == 0:
            sit(folder, Random(int(seed)))
        tell(learner=learner)
        os.waitpid(learner, 0)
        tell(dead=learner)


if __name__ == "__main__":
    main()
