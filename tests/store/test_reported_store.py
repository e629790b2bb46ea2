"""Reported items are kept as they were, and marked as dealt with."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from builders import card, question

from studyapp.core.reported import Fault, ReportedItem, item_to_data
from studyapp.store import Store, open_store


def report(now: datetime, item: str = "q1", note: str = "") -> ReportedItem:
    made = question(item)
    return ReportedItem(0, item, "question", "deck", "deck.yaml", Fault.WRONG_KEY, note, now, item_to_data(made))


def test_reports_survive_the_newest_first(folder: Path, now: datetime) -> None:
    with open_store(folder) as store:
        first = store.reported.add(report(now, note="B “is” right 😀\nand C"))
        second = store.reported.add(report(now + timedelta(days=1), "q2"))
    with open_store(folder) as store:
        found = store.reported.all()
        assert found == [
            replace(report(now + timedelta(days=1), "q2"), id=second),
            replace(report(now, note="B “is” right 😀\nand C"), id=first),
        ]
        assert [option["correct"] for option in found[1].item["options"]] == [True, False, False, False]


def test_dealt_with_and_open_again(store: Store, now: datetime) -> None:
    first, second = store.reported.add(report(now)), store.reported.add(report(now))
    store.reported.deal_with(first, now)
    assert store.reported.open_count() == 1
    assert [r.dealt_at for r in store.reported.all()] == [None, now]
    store.reported.deal_with(first, None)
    store.reported.remove(second)
    assert [(r.id, r.dealt_at) for r in store.reported.all()] == [(first, None)]


def test_what_an_item_does_not_have_is_left_out() -> None:
    assert item_to_data(card()) == {"id": "c1", "topic": "a.one", "front": "Front of c1?", "back": "Back of c1."}
