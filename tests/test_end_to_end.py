"""The real program in processes of its own, through its real ``main``."""

import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import studyapp
from studyapp.core.attempt import Mode
from studyapp.core.form import Form
from studyapp.store import daily_backup, open_store

pytest.importorskip("PySide6.QtWidgets", exc_type=ImportError)

ROOT = Path(studyapp.__file__).parents[1]
DRIVER = Path(__file__).with_name("driver.py")
# A first import on a busy machine takes its time.
PATIENCE_S = 120


def run(*command, **env):
    return subprocess.run(
        [sys.executable, *map(str, command)],
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        env={**os.environ, "PYTHONPATH": str(ROOT), **env},
    )


def drive(scene, *arguments, code=0):
    """Play a scene; what it saw."""
    done = run(DRIVER, scene, *arguments)
    assert done.returncode == code, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def test_the_selftest():
    done = run("-m", "studyapp", "selftest", "--json")
    assert done.returncode == 0, done.stderr
    (line,) = done.stdout.splitlines()
    figures = json.loads(line)
    assert set(figures) >= {"first_paint_ms", "ready_ms", "questions", "cards", "rss_mb"}
    assert 0 < figures["first_paint_ms"] < figures["ready_ms"] < PATIENCE_S * 1000
    assert figures["questions"] >= 100
    assert figures["cards"] >= 150
    assert 40 < figures["rss_mb"] < 600


def test_the_selftest_says_what_failed(tmp_path):
    """A broken deck among the shipped ones is exit 1 with its place."""
    (tmp_path / "studyapp").symlink_to(ROOT / "studyapp", target_is_directory=True)
    program = (
        "import sys; from pathlib import Path; from studyapp import cli, paths\n"
        "paths.shipped_decks = lambda: Path(sys.argv[1])\n"
        "sys.exit(cli.main(['selftest', '--json']))"
    )
    sys.path.insert(0, str(Path(__file__).parent / "ui"))
    from small_decks import write_decks

    decks = write_decks(tmp_path / "decks")
    (decks / "torn.yaml").write_text("deck: torn\ntitle: [\n", encoding="utf-8")
    done = run("-c", program, decks)
    assert done.returncode == 1
    assert done.stdout == ""
    assert "selftest failed" in done.stderr
    assert "torn.yaml:3:1" in done.stderr


def test_first_paint_waits_for_nothing_slow(tmp_path):
    assert drive("paint", "--data-dir", tmp_path / "data") == {"slow": []}


def test_a_killed_exam_goes_on_with_its_answers_and_its_time(tmp_path):
    data = tmp_path / "data"
    before = drive("sit", "--data-dir", data, code=-signal.SIGKILL)
    assert [len(answer) for answer in before["answers"]] == [1, 1, 1]
    with sqlite3.connect(data / "studyapp.db") as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("SELECT count(*) FROM responses WHERE chosen").fetchone() == (3,)
    connection.close()
    # Long enough that it would show, were the time away counted.
    while time.time() < before["at"] + 3:
        time.sleep(0.05)
    after = drive("look", "--data-dir", data)
    assert "Go on with the exam" in after["today"]
    assert "3 of 50 answered" in after["today"]
    assert after["place"] == "3 of 50"
    assert after["flagged"]
    assert after["answers"] == before["answers"]
    assert after["at"] - before["at"] > 3
    # The crash cost no time and gave none but what passed since the last answer was saved.
    assert before["left"] - 1 <= after["left"] <= before["left"] + 1


def test_a_restored_backup_is_what_the_window_opens_again_on(tmp_path):
    data = tmp_path / "data"
    now = datetime.now(UTC)
    with open_store(data) as store:
        for days in (2, 1):
            store.attempts.create(Form("six", f"Exam {days}", 1, 10, 0.7, ()), Mode.STUDY, now)
            made = daily_backup(store, now - timedelta(days=days))
            os.utime(made, ((now - timedelta(days=days)).timestamp(),) * 2)
    after = drive("restore", "--data-dir", data)
    assert after["same_place"]
    assert "Exam 2" in after["today"]
    log = (data / "logs" / "studyapp.log").read_text(encoding="utf-8")
    assert (
        re.findall(r"(INFO|WARNING|ERROR) studyapp (?:\S+ )?(starts|ends)", log)
        == [
            ("INFO", "starts"),
            ("INFO", "ends"),
        ]
        * 2
    )
    assert "Warning" not in log


def test_the_data_folder_of_the_environment_is_used(tmp_path):
    done = run(DRIVER, "paint", STUDYAPP_DATA_DIR=str(tmp_path / "here"))
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {"slow": []}


def test_no_arguments_but_a_deck_that_is_not_there_opens_no_window(tmp_path):
    done = run("-m", "studyapp", tmp_path / "none.yaml")
    assert done.returncode == 2
    assert "neither a command nor a deck file" in done.stderr
    assert done.stdout == ""
