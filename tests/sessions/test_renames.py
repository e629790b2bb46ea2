"""History follows an item to another id, and back."""

from dataclasses import replace
from datetime import timedelta

import pytest
from builders import bank, card
from followed import (
    CARDS,
    NOW,
    QUESTIONS,
    begin,
    decks,
    finish,
    rate,
    refuse,
    rekeyed,
    sit,
)
from sqlalchemy.exc import IntegrityError

from studyapp.core.reported import Fault, ReportedItem
from studyapp.sessions.identity import settle_history
from studyapp.store import open_store


@pytest.fixture
def store(tmp_path):
    with open_store(tmp_path) as opened:
        yield opened


def test_a_renamed_question_keeps_its_history(store):
    sit(store, decks(), wrong=("q1",))
    store.reported.add(ReportedItem(0, "q1", "question", "deck", "deck.yaml", Fault.UNCLEAR, "", NOW, item={}))
    renamed = replace(QUESTIONS[1], id="q-new", was=("q1",))
    assert settle_history(store, decks(renamed)).renamed == 1
    assert store.attempts.missed_by_topic() == {"a.x": ["q-new"]}
    assert {"q-new"} <= store.attempts.last_seen().keys() == {"q0", "q2", "q3", "q-new"}
    assert [kept.item_id for kept in store.reported.all()] == ["q-new"]
    assert settle_history(store, decks(renamed)).renamed == 0
    # A key that changes later is seen under the new id.
    later = replace(rekeyed("q1"), id="q-new", was=("q1",))
    assert [q.id for q in settle_history(store, decks(later)).rekeyed] == ["q-new"]


def test_a_rename_that_is_undone_takes_its_history_back(store):
    sit(store, decks(), wrong=("q1",))
    rate(store, "c1")
    renamed = decks(replace(QUESTIONS[1], id="q-new", was=("q1",)), cards=[replace(CARDS[0], id="c-new", was=("c1",))])
    assert settle_history(store, renamed).renamed == 2
    again = decks(replace(QUESTIONS[1], id="q-newer", was=("q1", "q-new")), cards=CARDS)
    assert settle_history(store, again).renamed == 2
    assert store.identities.rated() == {"c1"}
    # As by a checkout of an older branch, over both renames at once.
    assert settle_history(store, decks()).renamed == 1
    assert store.attempts.missed_by_topic() == {"a.x": ["q1"]}
    assert settle_history(store, decks()).renamed == 0
    # And forth again.
    assert settle_history(store, renamed).renamed == 2
    assert store.attempts.missed_by_topic() == {"a.x": ["q-new"]}


def test_what_was_answered_after_a_rename_is_taken_back_too(store):
    renamed = decks(replace(QUESTIONS[1], id="q-new", was=("q1",)))
    settle_history(store, renamed)
    sit(store, renamed, wrong=("q-new",))
    assert settle_history(store, decks()).renamed == 1
    assert store.attempts.missed_by_topic() == {"a.x": ["q1"]}


def test_a_former_id_that_is_used_for_another_item_leaves_the_history_where_it_is(store):
    sit(store, decks(), wrong=("q1",))
    settle_history(store, decks(replace(QUESTIONS[1], id="q-new", was=("q1",))))
    both = bank([*QUESTIONS, replace(QUESTIONS[1], id="q-new")])
    assert settle_history(store, both).renamed == 0
    assert store.attempts.missed_by_topic() == {"a.x": ["q-new"]}


def test_two_histories_become_one(store):
    sit(store, decks(), wrong=("q1",))
    sit(store, decks(), wrong=("q0",), at=NOW + timedelta(minutes=5))
    merged = replace(QUESTIONS[0], was=("q1",))
    assert settle_history(store, decks(merged)).renamed == 1
    assert store.attempts.missed_by_topic() == {"a.x": ["q0"]}
    assert store.attempts.last_seen().keys() == {"q0", "q2", "q3"}


def test_a_renamed_card_keeps_its_memory_and_its_log(store):
    rate(store, "c1")
    rate(store, "c2", NOW + timedelta(days=1))
    known = store.reviews.memories()
    renamed = [replace(CARDS[0], id="c-new", was=("c1",)), CARDS[1]]
    assert settle_history(store, decks(cards=renamed)).renamed == 1
    assert store.reviews.memories() == {"c-new": known["c1"], "c2": known["c2"]}
    # Into one that has a memory: what was reviewed last stays.
    both = [replace(CARDS[0], id="c-new", was=("c1", "c2"))]
    assert settle_history(store, decks(cards=both)).renamed == 1
    assert store.reviews.memories() == {"c-new": known["c2"]}


def test_an_id_that_is_in_use_again_keeps_its_own_history(store):
    rate(store, "c1")
    claimed = [CARDS[0], replace(CARDS[1], was=("c1",))]
    assert settle_history(store, decks(cards=claimed)).renamed == 0
    assert store.reviews.memories().keys() == {"c1"}


RENAMED = [replace(CARDS[0], id="c-new", was=("c1",)), CARDS[1]]


def test_a_rename_whose_move_fails_is_tried_again_as_a_whole(store):
    sit(store, decks(), wrong=("q1",))
    rate(store, "c1")
    renamed = decks(replace(QUESTIONS[1], id="q-new", was=("q1",)), cards=RENAMED)
    settle_history(store, renamed)
    allow = refuse(store, "UPDATE ON memories")
    with pytest.raises(IntegrityError):
        settle_history(store, decks())
    allow()
    assert store.attempts.missed_by_topic() == {"a.x": ["q-new"]}
    assert settle_history(store, decks()).renamed == 2
    assert store.attempts.missed_by_topic() == {"a.x": ["q1"]}
    assert store.identities.rated() == {"c1"}


@pytest.mark.parametrize("gone", ["c-new", "nothing"])
def test_a_former_id_in_another_deck_takes_no_history(store, gone):
    rate(store, "c1")
    settle_history(store, decks(cards=RENAMED))
    other = replace(card("c1", "a.x"), deck="other", front="Quite another?")
    kept = [one for one in RENAMED if one.id != gone]
    assert settle_history(store, decks(cards=[other, *kept])).renamed == 0
    assert store.identities.rated() == {"c-new"}
    # With its own deck on again, the rename can still be undone.
    assert settle_history(store, decks(cards=RENAMED)).renamed == 0
    assert settle_history(store, decks()).renamed == 1
    assert store.identities.rated() == {"c1"}


@pytest.mark.parametrize("named", [("c1", "c2"), ("c2", "c1")])
def test_of_cards_that_were_one_the_first_named_has_the_history(store, named):
    rate(store, "c1")
    rate(store, "c2", NOW + timedelta(days=1))
    settle_history(store, decks(cards=[replace(CARDS[0], id="c-new", was=named)]))
    assert store.identities.rated() == {"c-new"}
    settle_history(store, decks())
    assert store.identities.rated() == {named[0]}


def test_many_renames_at_once_and_several_into_one(store):
    cards = [card(f"c{i}", "a.x") for i in range(30)]
    for i, one in enumerate(cards):
        rate(store, one.id, NOW + timedelta(minutes=i))
    known = store.reviews.memories()
    renamed = [replace(one, id=f"n{i}", was=(one.id,)) for i, one in enumerate(cards[:27])]
    three = replace(cards[27], id="n27", was=("c29", "c27", "c28"))
    assert settle_history(store, decks(cards=[*renamed, three])).renamed == 30
    expected = {f"n{i}": known[f"c{i}"] for i in range(27)} | {"n27": known["c29"]}
    assert store.reviews.memories() == expected


def test_an_exam_that_is_being_sat_follows_a_rename_and_back(store):
    session = begin(store, decks())
    renamed = decks(replace(QUESTIONS[1], id="q-new", was=("q1",)))
    settle_history(store, renamed)
    settle_history(store, decks())
    finish(session, wrong=("q1",))
    settle_history(store, decks())
    assert store.attempts.missed_by_topic() == {"a.x": ["q1"]}
