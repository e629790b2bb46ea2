"""An exam that is killed at any moment loses nothing that it acknowledged, and no time.

``STUDYAPP_KILLS`` is how often, 200 unless it says otherwise.
"""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest
from builders import question
from sitting import told

from studyapp.core.attempt import Attempt, Mode
from studyapp.core.form import Form, FormItem
from studyapp.store import open_store

KILLS = int(os.environ.get("STUDYAPP_KILLS", "200"))
PARTS = 4
FORM = Form(
    "b",
    "Title",
    1,
    120,
    0.7,
    tuple(FormItem(question(f"q{i}", "a.x", key=(i % 6,), options=6), "A") for i in range(20)),
)


class Learner:
    """The process that sits the exam, and what it acknowledged."""

    def __init__(self, process: subprocess.Popen[str], attempt: Attempt) -> None:
        self._process = process
        self.responses = [told(response) for response in attempt.responses]
        self.position, self.elapsed, self.before = 0, 0.0, 0.0
        self.trying: int | None = None
        self.fields: list[str] = []
        self.acknowledged = 0

    def sit_until_killed(self, random: Random) -> float:
        """Let it act, and kill it somewhere; how many seconds it lived at most."""
        assert self._process.stdin
        assert self._process.stdout
        began = time.monotonic()
        print(random.randrange(10**9), file=self._process.stdin, flush=True)
        lines = iter(self._process.stdout)
        victim = json.loads(next(lines))["learner"]
        self.trying = None
        # Some die while they open the database, most in the middle of their work.
        patience = random.choice([0, *range(1, 30)])
        pause = random.uniform(0, 0.02 if patience == 0 else 0.002)
        while patience and self._note(json.loads(next(lines))):
            patience -= 1
        time.sleep(pause)
        os.kill(victim, signal.SIGKILL)
        while self._note(json.loads(next(lines))):
            pass
        return time.monotonic() - began

    def _note(self, line: dict) -> bool:
        """Take a line down; False where it is the last."""
        if "trying" in line:
            self.trying, self.fields = line["trying"], line["fields"]
        elif "at" in line:
            self.responses[line["at"]] = line["response"]
            self.position, self.elapsed, self.trying = line["position"], line["elapsed"], None
            self.acknowledged += 1
        return "dead" not in line

    def check(self, attempt: Attempt, lived: float) -> None:
        """Everything acknowledged is there; of what it was about to do, all or nothing."""
        for place, (expected, response) in enumerate(zip(self.responses, attempt.responses, strict=True)):
            found = told(response)
            open_ = self.fields if place == self.trying else []
            assert {k: v for k, v in found.items() if k not in open_} == {
                k: v for k, v in expected.items() if k not in open_
            }
            self.responses[place] = found
        if self.trying is None or "visits" not in self.fields:
            assert attempt.position == self.position
        self.position = attempt.position
        # No time is lost but what passed since the last heartbeat, and none is charged that did not pass.
        assert self.elapsed <= attempt.elapsed <= self.before + lived
        self.before = self.elapsed = attempt.elapsed


@contextmanager
def learner(folder: Path) -> Iterator[Learner]:
    with open_store(folder) as store:
        attempt = store.attempts.create(FORM, Mode.SIMULATION, datetime.now(UTC))
    command = [sys.executable, str(Path(__file__).with_name("sitting.py")), str(folder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield Learner(process, attempt)
        assert process.stdin
        process.stdin.close()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="learners are forked")
@pytest.mark.parametrize("part", range(PARTS))
def test_a_killed_exam_loses_nothing_acknowledged(tmp_path, part):
    random = Random(part)
    with learner(tmp_path) as sits:
        for _ in range(KILLS // PARTS):
            lived = sits.sit_until_killed(random)
            with open_store(tmp_path) as store:
                attempt = store.attempts.running()
                assert store.database.raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            sits.check(attempt, lived)
    assert sits.acknowledged > KILLS // PARTS
