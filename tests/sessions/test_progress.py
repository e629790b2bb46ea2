"""Weak areas and how things went, from real attempts and reviews."""

from dataclasses import fields
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from random import Random

import pytest
from builders import bank, blueprint, card, question

from studyapp.core.attempt import Mode
from studyapp.core.form import assemble, assemble_drill
from studyapp.core.mastery import DailyTotal, mastery, weigh
from studyapp.core.scheduler import Rating, Scheduler
from studyapp.sessions.areas import Areas
from studyapp.sessions.exam import ExamSession
from studyapp.sessions.over_time import DUE_DAYS, Aging, days_of_study, mastery_over_time
from studyapp.sessions.progress import Grouping, weak_areas
from studyapp.sessions.standing import goal, learner_on, set_exam_day
from studyapp.sessions.steps import finish
from studyapp.sessions.workspace import Clock
from studyapp.store import open_store

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
TODAY = NOW.astimezone().toordinal()
EXAM = blueprint([("Part A", 1, ["a.*"], ()), ("Part B", 1, ["b.*"], ())], 20)


@pytest.fixture
def store(tmp_path):
    with open_store(tmp_path) as opened:
        yield opened


@pytest.fixture
def areas():
    questions = [question(f"{t}{i}", t) for t in ("a.x", "a.y", "b.x") for i in range(20)]
    return Areas(bank(questions, [card(f"c{i}", "a.x") for i in range(4)], blueprints=[EXAM]))


def clock(at):
    return Clock(lambda: at, lambda: 0.0, lambda: 0.0, lambda: "")


def answer_all(session, right):
    for position, item in enumerate(session.form.items):
        session.go(position)
        key = item.question.key
        session.answer(key if right(item.question) else frozenset({(min(key) + 1) % 4}))
    session.submit()


def sit(store, areas, right, at=NOW, seed=1):
    form = assemble(areas.bank, EXAM, seed, store.attempts.last_seen())
    answer_all(ExamSession.begin(store.attempts, form, Mode.SIMULATION, clock(at)), right)


def drill(store, areas, area, right, at=NOW, seed=1):
    form = assemble_drill(areas.bank, area, area, 15, seed, store.attempts.last_seen())
    answer_all(ExamSession.begin(store.attempts, form, Mode.STUDY, clock(at)), right)


def weak(store, areas, grouping=Grouping.DOMAINS, now=NOW):
    return finish(weak_areas(store, areas, now, goal(store.settings, areas.bank), grouping))


def test_without_answers_nothing_is_told(store, areas):
    found = weak(store, areas)
    assert found.answers == 0
    assert [area.id for area in found.areas] == ["a", "b"]
    assert not any(area.told or area.change is not None or area.missed for area in found.areas)


def test_the_surest_weakness_comes_first_and_opens_to_what_was_missed(store, areas):
    drill(store, areas, "a.x", lambda q: True)
    drill(store, areas, "a.y", lambda q: True)
    drill(store, areas, "b", lambda q: False)
    found = weak(store, areas)
    assert [area.id for area in found.areas] == ["b", "a"]
    first = found.areas[0]
    assert (first.estimate.answers, first.questions, first.told) == (15, 20, True)
    assert first.estimate.expected < 0.45 < 0.75 < found.areas[1].estimate.expected
    (topic,) = first.topics
    assert (topic.id, len(topic.missed)) == ("b.x", 15)
    assert [topic.id for topic in found.areas[1].topics] == ["a.x", "a.y"]
    assert not found.areas[1].topics[0].missed
    assert found.answers == 45


def test_areas_may_be_the_parts_of_the_exam(store, areas):
    sit(store, areas, lambda q: q.domain == "a")
    found = weak(store, areas, Grouping.STRATA)
    assert [area.id for area in found.areas] == ["Part B", "Part A"]
    assert [len(area.topics) for area in found.areas] == [1, 2]


def test_the_change_is_of_two_weeks(store, areas):
    for topic in ("a.x", "a.y"):
        drill(store, areas, topic, lambda q: False, NOW - timedelta(days=30))
    assert all(area.change is None for area in weak(store, areas).areas), "nothing was answered since"
    drill(store, areas, "b", lambda q: True, NOW - timedelta(days=3))
    before = {area.id: area for area in weak(store, areas, now=NOW - timedelta(days=14)).areas}
    now = {area.id: area for area in weak(store, areas).areas}
    assert now["a"].change is None
    assert now["b"].change is None, "nothing was known of it then"
    drill(store, areas, "a.x", lambda q: True, NOW - timedelta(days=3), seed=2)
    change = {area.id: area for area in weak(store, areas).areas}["a"].change
    assert change > 0.05
    assert change == pytest.approx(
        {area.id: area for area in weak(store, areas).areas}["a"].estimate.expected - before["a"].estimate.expected
    )


def test_recall_is_predicted_for_the_exam_day_and_lapses_are_counted(store, areas):
    scheduler, at = Scheduler(), NOW - timedelta(days=20)
    for rating in (Rating.EASY, Rating.AGAIN, Rating.EASY):
        before = store.reviews.memory("c0")
        store.reviews.record("c0", "a.x", before, scheduler.review(before, rating, at), rating, at, 5.0)
        at += timedelta(days=9)
    found = {area.id: area for area in weak(store, areas).areas}
    recall = found["a"].recall
    assert (recall.cards, recall.seen, found["a"].lapses) == (4, 1, 1)
    assert found["b"].recall.recall is None
    set_exam_day(store.settings, NOW.date() + timedelta(days=300))
    later = weak(store, areas)
    assert later.recall_at > NOW + timedelta(days=299)
    assert {a.id: a for a in later.areas}["a"].recall.recall < recall.recall


def test_mastery_over_time_is_what_was_known_on_each_day(store, areas):
    random = Random(3)
    assert finish(mastery_over_time(store, areas, NOW)) == ()
    for days in (400, 200, 90, 60, 33, 12, 5, 4, 0):
        sit(store, areas, lambda q: random.random() < 0.6, NOW - timedelta(days=days), days)
    known = finish(mastery_over_time(store, areas, NOW))
    assert 20 <= len(known) <= 27
    assert known[-1][0] == TODAY
    now = finish(learner_on(store, areas, TODAY))
    for carried, anew in zip(mastery(known[-1][1], areas.domains), mastery(now, areas.domains), strict=True):
        # What is older than the horizon is left out of the one and not of the other.
        assert carried.expected == pytest.approx(anew.expected, abs=0.01)
        assert carried.interval.low == pytest.approx(anew.interval.low, abs=0.02)


def test_what_grows_older_weighs_what_it_would_anew():
    random = Random(7)
    totals = [
        DailyTotal(day, topic, random.random() < 0.5, 2, 3, 0.75)
        for day in sorted(random.sample(range(100), 40))
        for topic in ("a.x", "b.x")
    ]
    aging = Aging(21.0)
    aging.start(weigh([t for t in totals if t.day <= 30], 30), 30)
    for before, day in pairwise((30, 55, 56, 90, 99)):
        later = weigh([t for t in totals if before < t.day], day)
        if later.totals:
            aging.add(later.totals, day - later.idle)
        found, expected = aging.evidence(day), weigh(totals, day)
        assert found.idle == expected.idle
        by_key = {(t.topic, t.seen): t for t in found.totals}
        for total in expected.totals:
            other = by_key[total.topic, total.seen]
            for field in fields(total)[2:]:
                assert getattr(other, field.name) == pytest.approx(getattr(total, field.name))


def test_one_day_of_study_is_one_point(store, areas):
    sit(store, areas, lambda q: True)
    assert [day for day, _ in finish(mastery_over_time(store, areas, NOW))] == [TODAY]


def test_cards_fall_due_on_their_days(store, areas):
    scheduler = Scheduler()
    for id_, rating, ago in (("c0", Rating.AGAIN, 3), ("c1", Rating.EASY, 0), ("gone", Rating.AGAIN, 3)):
        at = NOW - timedelta(days=ago)
        store.reviews.record(id_, "a.x", None, scheduler.review(None, rating, at), rating, at, 5.0)
    figures = days_of_study(store, areas, NOW)
    assert len(figures.due) == DUE_DAYS
    assert figures.due[0] == 1
    assert sum(figures.due) == 2
    assert [day.reviews for day in figures.days] == [2, 1]
    sit(store, areas, lambda q: True)
    assert [exam.correct for exam in days_of_study(store, areas, NOW).exams] == [20]
