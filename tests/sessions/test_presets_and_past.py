from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from builders import bank, question

from studyapp.core.attempt import Mode
from studyapp.core.deck import Difficulty
from studyapp.core.form import assemble_drill
from studyapp.core.selection import CustomSet, Only
from studyapp.sessions.exam import ExamSession
from studyapp.sessions.selection import delete_preset, pass_mark, past, presets, save_preset, set_pass_mark
from studyapp.sessions.workspace import Clock, Workspace
from studyapp.store import open_store

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture
def store(tmp_path):
    with open_store(tmp_path) as opened:
        yield opened


@pytest.fixture
def held():
    return bank([question(f"{topic}{i}", topic) for topic in ("a.x", "a.y", "b.z") for i in range(6)])


def sit(store, held, area, right, flags=(), mode=Mode.STUDY, submit=True):
    """Answer every question of an area, rightly those whose id is in ``right``."""
    form = assemble_drill(held, area, area, 50, 1)
    session = ExamSession.begin(store.attempts, form, mode, Clock(lambda: NOW + timedelta(minutes=1), lambda: 1.0))
    for i, item in enumerate(form.items):
        session.go(i)
        key = item.question.key
        session.answer(key if item.question.id in right else frozenset({next(j for j in range(4) if j not in key)}))
        if item.question.id in flags:
            session.toggle_flag()
    if submit:
        session.submit()


def known_of(store, held):
    library = SimpleNamespace(bank=held)
    return past(Workspace(store, library, Clock(lambda: NOW + timedelta(hours=1))))


def test_nothing_was_sat_and_nothing_is_known(store, held):
    known = known_of(store, held)
    assert (known.seen, known.missed, known.flagged, known.weak) == ({}, frozenset(), frozenset(), frozenset())


def test_what_was_seen_missed_flagged_and_is_weak(store, held):
    sit(store, held, "a.x", right=("a.x0", "a.x1"), flags=("a.x1", "a.x2"))
    sit(store, held, "b", right=[f"b.z{i}" for i in range(6)])
    known = known_of(store, held)
    assert set(known.seen) == {f"{t}{i}" for t in ("a.x", "b.z") for i in range(6)}
    assert known.missed == {"a.x2", "a.x3", "a.x4", "a.x5"}
    assert known.flagged == {"a.x1", "a.x2"}
    # Two of six is below the pass mark; of a.y too little is known to tell.
    assert known.weak == {"a.x"}


def test_the_newest_sitting_counts(store, held):
    sit(store, held, "a.x", right=(), flags=("a.x1",))
    sit(store, held, "a.x", right=("a.x0",), flags=("a.x3",))
    known = known_of(store, held)
    assert "a.x0" not in known.missed
    assert known.flagged == {"a.x3"}


def test_an_exam_that_runs_says_nothing_yet(store, held):
    sit(store, held, "a.x", right=(), flags=("a.x1",), mode=Mode.SIMULATION, submit=False)
    known = known_of(store, held)
    assert known.missed == known.flagged == known.weak == frozenset()


PRESET = CustomSet(
    "Weak streaming",
    areas=("a.x", "b"),
    only=frozenset({Only.MISSED, Only.WEAK}),
    difficulties=frozenset({Difficulty.HARD}),
    questions=12,
    minutes=25,
    feedback=True,
)


def test_a_preset_comes_back_as_it_was_kept(tmp_path):
    plain = CustomSet("all", blueprint="pde", areas=("BigQuery",))
    with open_store(tmp_path) as store:
        assert presets(store.settings) == ()
        save_preset(store.settings, PRESET)
        save_preset(store.settings, plain)
    with open_store(tmp_path) as store:
        assert presets(store.settings) == (plain, PRESET)


def test_a_preset_takes_the_place_of_its_name_and_can_be_deleted(store):
    save_preset(store.settings, PRESET)
    newer = CustomSet("Weak streaming", questions=3)
    save_preset(store.settings, newer)
    assert presets(store.settings) == (newer,)
    delete_preset(store.settings, "no such")
    assert presets(store.settings) == (newer,)
    delete_preset(store.settings, "Weak streaming")
    assert presets(store.settings) == ()


def test_a_pass_mark_is_kept_for_each_blueprint(store):
    assert pass_mark(store.settings, "a", 0.7) == 70
    set_pass_mark(store.settings, "a", 82)
    assert (pass_mark(store.settings, "a", 0.7), pass_mark(store.settings, "b", 0.55)) == (82, 55)
