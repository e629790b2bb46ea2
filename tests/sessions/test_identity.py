"""History belongs to the id, through changed keys."""

from dataclasses import replace
from datetime import timedelta

import pytest
from builders import bank, blueprint, card, question
from followed import (
    CARDS,
    NOW,
    PLAN,
    QUESTIONS,
    answered,
    begin,
    decks,
    finish,
    rate,
    refuse,
    rekeyed,
    sit,
    with_another_key,
)
from sqlalchemy.exc import IntegrityError

from studyapp.core.attempt import Mode
from studyapp.core.deck import Option
from studyapp.core.form import assemble
from studyapp.sessions import identity
from studyapp.sessions.exam import ExamSession
from studyapp.sessions.identity import HistorySettler, settle_history
from studyapp.sessions.workspace import Clock
from studyapp.store import open_store


@pytest.fixture
def store(tmp_path):
    with open_store(tmp_path) as opened:
        yield opened


def test_nothing_happens_where_nothing_changed(store):
    sit(store, decks(), wrong=("q1",))
    for _ in range(2):
        assert settle_history(store, decks()) == settle_history(store, bank([], []))
    assert store.attempts.missed_by_topic() == {"a.x": ["q1"]}
    assert answered(store) == (4, 4)


def test_a_changed_key_starts_the_question_anew_and_leaves_the_attempt_as_it_was(store):
    attempt_id = sit(store, decks(), wrong=("q1",))
    found = settle_history(store, decks(rekeyed("q1")))
    assert ([q.id for q in found.rekeyed], found.restored) == (["q1"], ())
    assert "q1" not in store.attempts.last_seen()
    assert store.attempts.missed_by_topic() == {}
    assert answered(store) == (3, 3)
    kept = store.attempts.load(attempt_id)
    place = next(i for i, item in enumerate(kept.form.items) if item.question.id == "q1")
    assert kept.responses[place].answered
    # It is told once, and what is answered from now on counts.
    assert settle_history(store, decks(rekeyed("q1"))).rekeyed == ()
    sit(store, decks(rekeyed("q1")), at=NOW + timedelta(minutes=5))
    assert answered(store) == (7, 7)
    assert "q1" in store.attempts.last_seen()
    # Deleting the older attempt takes what still counts of it out, and no more.
    store.attempts.discard(attempt_id)
    assert answered(store) == (4, 4)


def test_a_typo_and_another_order_keep_the_history(store):
    sit(store, decks(), wrong=("q1",))
    settle_history(store, decks())
    old = QUESTIONS[1]
    mended = tuple(Option(o.text.replace("option", "Opption,"), o.correct, o.rationale) for o in reversed(old.options))
    assert settle_history(store, decks(replace(old, options=mended))).rekeyed == ()
    assert store.attempts.missed_by_topic() == {"a.x": ["q1"]}


def test_a_key_that_is_changed_back_has_its_history_again(store):
    attempt_id = sit(store, decks(), wrong=("q1",))
    settle_history(store, decks())
    before = store.attempts.last_seen()
    settle_history(store, decks(rekeyed("q1")))
    found = settle_history(store, decks())
    assert (found.rekeyed, [q.id for q in found.restored]) == ((), ["q1"])
    assert store.attempts.last_seen() == before
    assert store.attempts.missed_by_topic() == {"a.x": ["q1"]}
    assert answered(store) == (4, 4)
    store.attempts.discard(attempt_id)
    assert answered(store) == (0, 0)


def reworded(question, old, new):
    """A question with a passage of its right option replaced."""
    options = (replace(o, text=o.text.replace(old, new)) if o.correct else o for o in question.options)
    return replace(question, options=tuple(options))


def test_changed_back_after_a_slip_was_mended_the_history_returns(store):
    slip, mended = reworded(QUESTIONS[1], "option", "opiton"), QUESTIONS[1]
    sit(store, decks(slip), wrong=("q1",))
    assert settle_history(store, decks(slip)).rekeyed == ()
    assert settle_history(store, decks(mended)).rekeyed == ()
    assert [q.id for q in settle_history(store, decks(rekeyed("q1"))).rekeyed] == ["q1"]
    assert store.attempts.missed_by_topic() == {}
    assert settle_history(store, decks(mended)).rekeyed == ()
    assert store.attempts.missed_by_topic() == {"a.x": ["q1"]}
    assert answered(store) == (4, 4)


def test_answers_to_both_keys_stay_apart_and_return_with_theirs(store):
    sit(store, decks(), wrong=("q1",))
    settle_history(store, decks(rekeyed("q1")))
    sit(store, decks(rekeyed("q1")), at=NOW + timedelta(minutes=5))
    for _ in range(2):
        # The question is not new: its answers are those of before.
        assert settle_history(store, decks()).rekeyed == ()
        assert store.attempts.missed_by_topic() == {"a.x": ["q1"]}
        assert answered(store) == (7, 7)
        assert settle_history(store, decks(rekeyed("q1"))).rekeyed == ()
        assert store.attempts.missed_by_topic() == {}
        assert answered(store) == (7, 7)


def test_a_word_that_another_item_has_is_another_answer(store):
    before, now = (reworded(QUESTIONS[1], "option", word) for word in ("sharded", "shared"))
    of_both = [replace(CARDS[0], front="Which shared tables?", back="No sharded ones."), CARDS[1]]
    sit(store, decks(before))
    settle_history(store, decks(before))
    assert settle_history(store, decks(now)).rekeyed == ()
    settle_history(store, decks(before))
    assert [q.id for q in settle_history(store, decks(now, cards=of_both)).rekeyed] == ["q1"]


def test_a_former_key_returns_with_its_answers_after_a_rename(store):
    sit(store, decks(), wrong=("q1",))
    settle_history(store, decks(rekeyed("q1")))
    new_key = replace(rekeyed("q1"), id="q-new", was=("q1",))
    settle_history(store, decks(new_key))
    assert "q-new" not in store.attempts.last_seen()
    old_key = replace(QUESTIONS[1], id="q-new", was=("q1",))
    settle_history(store, decks(old_key))
    assert store.attempts.missed_by_topic() == {"a.x": ["q-new"]}
    assert answered(store) == (4, 4)


def test_renamed_with_its_former_key_at_once(store):
    sit(store, decks(), wrong=("q1",))
    settle_history(store, decks(rekeyed("q1")))
    settle_history(store, decks(replace(QUESTIONS[1], id="q-new", was=("q1",))))
    assert store.attempts.missed_by_topic() == {"a.x": ["q-new"]}
    assert {"q0", "q2", "q3", "q-new"} == store.attempts.last_seen().keys()


def test_an_exam_that_was_begun_under_the_old_key_does_not_bring_it_back(store):
    sit(store, decks())
    session = ExamSession.begin(store.attempts, assemble(decks(), PLAN, 2), Mode.SIMULATION, Clock(now=lambda: NOW))
    assert [q.id for q in settle_history(store, decks(rekeyed("q1"))).rekeyed] == ["q1"]
    for i, item in enumerate(session.form.items):
        session.go(i)
        session.answer(item.question.key)
    session.submit()
    assert [q.id for q in settle_history(store, decks(rekeyed("q1"))).rekeyed] == ["q1"]
    assert "q1" not in store.attempts.last_seen()
    assert answered(store) == (6, 6)


def test_a_key_that_changes_before_it_was_ever_looked_at_is_seen(store):
    sit(store, decks())
    assert [q.id for q in settle_history(store, decks(rekeyed("q2"))).rekeyed] == ["q2"]


def test_what_vanished_is_kept(store):
    sit(store, decks())
    rate(store, "c1")
    settle_history(store, bank([QUESTIONS[0]], []))
    assert settle_history(store, decks()).rekeyed == ()
    assert store.attempts.last_seen().keys() == {"q0", "q1", "q2", "q3"}
    assert store.reviews.memories().keys() == {"c1"}


@pytest.mark.parametrize("looked_at_between", [True, False])
@pytest.mark.parametrize("old_one_first", [True, False])
def test_of_an_exam_begun_under_the_old_key_only_its_own_answer_is_left_out(store, old_one_first, looked_at_between):
    old, new = decks(), decks(rekeyed("q1"))
    sessions = [begin(store, old)]
    settle_history(store, new)
    sessions.append(begin(store, new))
    wrong = [(), ("q1",)]
    for i in (0, 1) if old_one_first else (1, 0):
        finish(sessions[i], wrong[i])
        if looked_at_between:
            settle_history(store, new)
    # The question is not new: it was answered under this key too.
    assert looked_at_between or settle_history(store, new).rekeyed == ()
    assert store.attempts.missed_by_topic() == {"a.x": ["q1"]}
    assert answered(store) == (7, 7)
    # Each under its own mark: the old key brings back the right answer alone.
    assert [q.id for q in settle_history(store, old).restored] == ["q1"]
    assert store.attempts.missed_by_topic() == {}
    assert answered(store) == (7, 7)


def test_an_exam_with_a_question_that_is_not_loaded_is_looked_at_when_it_is(store):
    session = begin(store, decks())
    settle_history(store, decks(rekeyed("q1")))
    finish(session)
    settle_history(store, bank([QUESTIONS[0]]))
    assert [q.id for q in settle_history(store, decks(rekeyed("q1"))).rekeyed] == ["q1"]
    assert answered(store) == (3, 3)


def test_keys_that_could_not_be_written_are_looked_at_with_the_next_decks(store):
    sit(store, decks())
    settler = HistorySettler(store)
    settler.begin(decks())
    allow = refuse(store, "INSERT ON question_keys")
    new = decks(rekeyed("q1"))
    with pytest.raises(IntegrityError):
        settler.begin(new)
    assert answered(store) == (4, 4)
    allow()
    assert [q.id for q in settler.begin(new).rekeyed] == ["q1"]
    assert answered(store) == (3, 3)


def test_many_keys_are_followed_step_by_step(store):
    before = [question(f"q{i}", "a.x") for i in range(250)]
    plan = blueprint([("A", 1, ["a.*"], ())], 50)
    for at in range(0, 250, 50):
        form = assemble(bank(before[at : at + 50]), plan, 1)
        finish(ExamSession.begin(store.attempts, form, Mode.SIMULATION, Clock(now=lambda: NOW)))
    settle_history(store, bank(before))
    now = bank([with_another_key(one) for one in before])
    settler = HistorySettler(store)
    step = settler.begin(now)
    found = [step]
    while step.unfinished:
        settler.prepare()
        found.append(step := settler.go_on())
    assert len(found) > 1
    assert sorted(q.id for step in found for q in step.rekeyed) == sorted(now.questions)
    assert answered(store) == (0, 0)
    assert len(settle_history(store, bank(before)).restored) == 250
    assert answered(store) == (250, 250)


def test_questions_of_files_that_did_not_change_are_not_looked_at_again(store, monkeypatch):
    sit(store, decks())
    settler = HistorySettler(store)
    settler.begin(decks())
    looked_at = []
    mark = identity.key_mark
    monkeypatch.setattr(identity, "key_mark", lambda options: looked_at.append(options) or mark(options))
    settler.begin(decks())
    assert looked_at == []
    settler.begin(decks(rekeyed("q1")))
    assert looked_at == [rekeyed("q1").options]


def test_the_words_of_a_large_bank_are_worked_out_apart(store):
    slip, mended = reworded(QUESTIONS[1], "option", "optoon"), QUESTIONS[1]
    others = [card(f"c{i}", "a.x") for i in range(400)]
    sit(store, decks(slip))
    settler = HistorySettler(store)
    settler.begin(decks(slip, cards=others))
    for texts, rekeyed_now in ((others, []), ([*others, replace(CARDS[1], back="An optoon.")], ["q1"])):
        assert settler.begin(decks(slip, cards=texts)).rekeyed == ()
        step = settler.begin(decks(mended, cards=texts))
        assert (step.unfinished, step.rekeyed) == (True, ())
        settler.prepare()
        step = settler.go_on()
        assert (step.unfinished, [q.id for q in step.rekeyed]) == (False, rekeyed_now)
