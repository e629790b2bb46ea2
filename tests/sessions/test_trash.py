import sqlite3
from datetime import UTC, datetime

import pytest
from builders import bank, question

from studyapp.core.attempt import Mode
from studyapp.core.errors import DatabaseError
from studyapp.core.form import assemble_drill
from studyapp.sessions.trash import Trash
from studyapp.store import open_store


@pytest.fixture
def store(tmp_path):
    with open_store(tmp_path) as opened:
        form = assemble_drill(bank([question("q", "a.x")]), "a", "A", 1, 1)
        for _ in range(3):
            opened.attempts.create(form, Mode.STUDY, datetime(2026, 11, 23, tzinfo=UTC))
        yield opened


def stored(store):
    return [summary.id for summary in store.attempts.summaries()]


def test_what_is_put_away_is_hidden_and_nothing_is_written(store):
    trash = Trash(store.attempts)
    newest, middle, _ = store.attempts.summaries()
    trash.put(middle)
    trash.put(newest)
    assert [s.id for s in trash.without(store.attempts.summaries())] == [1]
    assert [s.id for s in trash.held] == [2, 3]
    assert stored(store) == [3, 2, 1]
    trash.take_back()
    assert len(trash.without(store.attempts.summaries())) == 3
    trash.empty()
    assert stored(store) == [3, 2, 1]


def test_emptied_it_is_gone(store):
    trash = Trash(store.attempts)
    trash.put(store.attempts.summaries()[0])
    trash.empty()
    assert stored(store) == [2, 1]
    assert trash.held == ()


def test_what_cannot_be_deleted_stays_hidden_and_can_be_tried_again(store):
    trash = Trash(store.attempts)
    trash.put(store.attempts.summaries()[0])
    other = sqlite3.connect(store.folder / "studyapp.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(DatabaseError):
        trash.empty()
    assert stored(store) == [3, 2, 1]
    assert [s.id for s in trash.held] == [3]
    other.close()
    trash.empty()
    assert stored(store) == [2, 1]
