"""The log: what a person can send along, with nothing personal in it."""

import sys

import pytest
from PySide6.QtCore import qInfo, qWarning
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from studyapp.core.errors import DatabaseError
from studyapp.store import open_store
from studyapp.store.tables import settings
from studyapp.ui.log import Log
from studyapp.ui.start import keep_log

NOTE = "my own note"


@pytest.fixture
def hook(monkeypatch):
    """What is told of an error after the log."""
    told = []
    monkeypatch.setattr(sys, "excepthook", lambda *error: told.append(error))
    return told


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    return tmp_path


@pytest.fixture
def log(hook, home):
    opened = Log(home / "data")
    yield opened
    opened.close()


def lines(home):
    return (home / "data" / "logs" / "studyapp.log").read_text(encoding="utf-8").splitlines()


def raised(error):
    try:
        raise error
    except type(error) as caught:
        return type(caught), caught, caught.__traceback__


@pytest.mark.qt_log_ignore("A warning of Qt", extend=True)
def test_starts_ends_and_what_qt_warns_of(log, home):
    qWarning("A warning of Qt")
    qInfo("Nothing to keep")
    log.close()
    start, warning, end = lines(home)
    assert " INFO studyapp " in start
    assert " starts, Qt 6." in start
    assert warning.endswith(" WARNING Qt: A warning of Qt")
    assert end.endswith(" INFO studyapp ends")


def test_an_error_is_kept_with_its_place_and_passed_on(log, hook, home):
    error = raised(LookupError(f"not in {home}/data"))
    sys.excepthook(*error)
    sys.excepthook(*raised(DatabaseError(f"The database {home}/data/studyapp.db is locked.", "Wait.")))
    text = "\n".join(lines(home))
    assert " ERROR Traceback" in text
    assert "test_log.py" in text
    assert "LookupError: not in ~/data" in text
    assert " WARNING DatabaseError: The database ~/data/studyapp.db is locked." in text
    assert str(home) not in text
    assert hook[0] == error
    assert len(hook) == 2


def test_what_the_learner_wrote_is_in_no_log(log, home):
    with open_store(home / "data") as store, pytest.raises(IntegrityError) as caught, store.database.writing() as to:
        to.execute(insert(settings).values(key=None, value=NOTE))
    sys.excepthook(caught.type, caught.value, caught.tb)
    text = "\n".join(lines(home))
    assert "IntegrityError" in text
    assert NOTE not in text


def test_it_does_not_grow_for_ever(log, home):
    for _ in range(300):
        sys.excepthook(*raised(LookupError("x" * 4096)))
    kept = sorted((home / "data" / "logs").iterdir())
    assert [path.name for path in kept] == ["studyapp.log", "studyapp.log.1", "studyapp.log.2"]
    assert all(path.stat().st_size <= 256 * 1024 for path in kept)


def test_a_log_that_cannot_be_written_keeps_nobody_from_studying(hook, home, capsys):
    (home / "data").mkdir()
    (home / "data" / "logs").write_text("in the way", encoding="utf-8")
    log = Log(home / "data")
    sys.excepthook(*raised(LookupError("x")))
    log.close()
    assert len(hook) == 1
    assert capsys.readouterr() == ("", "")


def test_what_keeps_the_window_from_opening_is_in_the_log(hook, home, start, qtbot):
    (home / "data").mkdir()
    (home / "data" / "studyapp.db").write_bytes(b"no database at all " * 500)
    app = start(home / "data", wait=False)
    logs = keep_log(app, home / "data")
    with qtbot.waitSignal(app.failed):
        app.show()
    logs[0].close()
    first, reason, last = lines(home)
    assert " starts, Qt 6." in first
    assert " WARNING The database ~/data/studyapp.db is not a database, or is damaged." in reason
    assert last.endswith(" INFO studyapp ends")


def test_an_error_before_the_window_is_ready_is_in_the_log(hook, home, start):
    app = start(home / "data", wait=False)
    logs = keep_log(app, home / "data")
    before = len(hook)
    sys.excepthook(*raised(LookupError("so early")))
    assert len(hook) == before + 1
    logs[0].close()
    assert "LookupError: so early" in "\n".join(lines(home))
