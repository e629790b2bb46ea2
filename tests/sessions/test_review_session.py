from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from builders import bank, card

from studyapp.core.scheduler import Rating, Scheduler
from studyapp.sessions.identity import settle_history
from studyapp.sessions.review import NEW_CARDS_A_DAY, ReviewSession, build_queue, order_of, todays_queue
from studyapp.store import open_store

MIDNIGHT = datetime(2026, 11, 23, tzinfo=UTC)


class Clock:
    def __init__(self):
        self.at = MIDNIGHT + timedelta(hours=9)

    def __call__(self):
        self.at += timedelta(seconds=5)
        return self.at


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def store(tmp_path):
    with open_store(tmp_path) as opened:
        yield opened


@pytest.fixture
def held():
    return bank(cards=[card(f"{t}{i}", f"a.{t}") for t in "xyz" for i in range(10)])


def session_of(store, held, queue, clock):
    return ReviewSession(store.reviews, held, queue, Scheduler(), clock)


def test_new_cards_come_topic_by_topic_and_only_so_many_a_day(store, held, clock):
    queue = todays_queue(held, store.reviews, clock(), MIDNIGHT)
    assert len(queue.new) == NEW_CARDS_A_DAY
    assert queue.new[:6] == ("x0", "y0", "z0", "x1", "y1", "z1")
    session = session_of(store, held, queue, clock)
    for _ in range(3):
        session.rate(Rating.EASY)
    assert len(todays_queue(held, store.reviews, clock(), MIDNIGHT).new) == NEW_CARDS_A_DAY - 3
    tomorrow = MIDNIGHT + timedelta(days=1)
    assert len(todays_queue(held, store.reviews, clock(), tomorrow).new) == NEW_CARDS_A_DAY


def test_what_is_most_overdue_comes_first(store, held, clock):
    scheduler = Scheduler()
    start = MIDNIGHT - timedelta(days=40)
    for i, id_ in enumerate(("x0", "x1", "x2")):
        at = start + timedelta(days=10 * (2 - i))
        memory = scheduler.review(None, Rating.EASY, at)
        store.reviews.record(id_, "a.x", None, memory, Rating.EASY, at, 3)
    queue = todays_queue(held, store.reviews, clock(), MIDNIGHT)
    assert queue.due == ("x2", "x1", "x0")


def test_a_card_that_is_not_loaded_waits_out_of_sight(store, held, clock):
    memory = Scheduler().review(None, Rating.AGAIN, MIDNIGHT - timedelta(days=3))
    store.reviews.record("gone", "a.x", None, memory, Rating.AGAIN, MIDNIGHT, 3)
    assert build_queue(held, store.reviews.dues(), clock(), 0).due == ()
    assert "gone" in store.reviews.memories()


def test_again_brings_the_card_back_in_the_same_session(store, held, clock):
    session = session_of(store, held, order_of(["x0", "x1"], held), clock)
    session.rate(Rating.AGAIN)
    assert session.card.id == "x1"
    session.rate(Rating.EASY)
    assert session.card.id == "x0"
    session.rate(Rating.EASY)
    assert session.card is None
    assert session.left == 0


def test_each_rating_is_on_disk_and_undo_goes_back_any_number_of_steps(store, held, clock):
    session = session_of(store, held, order_of(["x0", "x1", "x2"], held), clock)
    for rating in (Rating.GOOD, Rating.AGAIN, Rating.EASY, Rating.GOOD):
        session.rate(rating)
    assert session.reviewed == 4
    shown = []
    while session.undo():
        shown.append(session.card.id)
    assert shown == ["x1", "x2", "x1", "x0"] or shown[-1] == "x0"
    assert store.reviews.memories() == {}
    assert session.card.id == "x0"
    assert session.left == 3
    session.rate(Rating.GOOD)
    assert set(store.reviews.memories()) == {"x0"}


def test_undo_restores_the_very_state_before(store, held, clock):
    before = Scheduler().review(None, Rating.EASY, MIDNIGHT - timedelta(days=30))
    store.reviews.record("x0", "a.x", None, before, Rating.EASY, MIDNIGHT - timedelta(days=30), 3)
    session = session_of(store, held, order_of(["x0"], held), clock)
    session.rate(Rating.AGAIN)
    assert store.reviews.memory("x0").lapses == 1
    session.undo()
    assert store.reviews.memory("x0") == before


def test_unknown_cards_are_left_out_of_a_list(held):
    assert order_of(["x0", "nope", "y1"], held).due == ("x0", "y1")


def ids_of(session):
    """The cards from the one on screen on, each rated easy."""
    seen = []
    while session.card is not None:
        seen.append(session.card.id)
        session.rate(Rating.EASY)
    return seen


def without(held, *gone):
    return bank(cards=[one for one in held.cards.values() if one.id not in gone])


def renamed(held, **names):
    """The bank with cards under new ids that tell their former ones."""
    return bank(
        cards=[replace(one, id=names[one.id], was=(one.id,)) if one.id in names else one for one in held.cards.values()]
    )


def test_a_card_that_is_renamed_keeps_its_place(store, held, clock):
    session = session_of(store, held, order_of(["x0", "x1", "x2"], held), clock)
    held = renamed(held, x0="new0", x2="new2")
    assert session.use_bank(held, {"x0": "new0", "x2": "new2"})
    assert session.card.id == "new0"
    assert ids_of(session) == ["new0", "x1", "new2"]


def test_a_rating_follows_a_rename(store, held, clock):
    session = session_of(store, held, order_of(["x0", "x1"], held), clock)
    session.rate(Rating.AGAIN)
    now = renamed(held, x0="new0")
    session.use_bank(now, settle_history(store, now).cards)
    session.rate(Rating.EASY)
    # It comes again, as it was rated, and knows it was seen.
    assert session.card.id == "new0"
    assert session.memory.reviews == 1
    session.undo()
    assert session.card.id == "x1"
    session.undo()
    assert session.card.id == "new0"
    assert store.reviews.memories() == {}
    assert session.left == 2


def test_a_rename_that_is_undone_keeps_the_place_of_the_card(store, held, clock):
    now = renamed(held, x0="new0", x1="new1")
    session = session_of(store, now, order_of(["new0", "new1", "x2"], now), clock)
    session.rate(Rating.AGAIN)
    settle_history(store, now)
    session.use_bank(held, settle_history(store, held).cards)
    assert (session.card.id, session.left, session.hidden) == ("x1", 3, 0)
    session.rate(Rating.EASY)
    session.rate(Rating.EASY)
    assert (session.card.id, session.memory.reviews) == ("x0", 1)


def test_a_card_that_takes_in_another_is_asked_once(store, held, clock):
    session = session_of(store, held, order_of(["x0", "x1", "x2", "x3"], held), clock)
    both = bank(cards=[replace(held.cards["x2"], was=("x0",)), held.cards["x1"], replace(held.cards["x3"], was=())])
    session.use_bank(both, {"x0": "x2"})
    assert ids_of(session) == ["x2", "x1", "x3"]


def test_cards_that_are_gone_come_back_in_their_places(store, held, clock):
    session = session_of(store, held, order_of(["x0", "y0", "x1", "y1", "x2"], held), clock)
    assert session.use_bank(without(held, "x1", "x2"))
    assert (session.left, session.hidden) == (3, 2)
    session.rate(Rating.EASY)
    assert session.use_bank(held)
    assert (session.left, session.hidden) == (4, 0)
    assert ids_of(session) == ["y0", "x1", "y1", "x2"]


def test_the_card_on_screen_comes_back_to_it(store, held, clock):
    session = session_of(store, held, order_of(["x0", "y0", "z0"], held), clock)
    assert not session.use_bank(without(held, "x0"))
    assert session.card.id == "y0"
    assert not session.use_bank(held)
    assert ids_of(session) == ["x0", "y0", "z0"]


def test_a_card_that_stood_in_and_was_rated_stays_rated(store, held, clock):
    session = session_of(store, held, order_of(["x0", "y0", "z0"], held), clock)
    session.use_bank(without(held, "x0"))
    session.rate(Rating.EASY)
    assert session.use_bank(held)
    assert session.card.id == "z0"
    session.rate(Rating.EASY)
    assert ids_of(session) == ["x0"]


def test_a_session_without_any_of_its_cards_waits_for_them(store, held, clock):
    session = session_of(store, held, order_of(["x0", "x1"], held), clock)
    session.rate(Rating.AGAIN)
    session.use_bank(without(held, "x0", "x1"))
    assert session.card is None
    assert (session.left, session.hidden) == (0, 2)
    session.use_bank(held)
    assert session.card.id == "x1"
    session.rate(Rating.EASY)
    assert session.card.id == "x0"


def test_a_rating_that_cannot_be_shown_is_not_undone_unseen(store, held, clock):
    session = session_of(store, held, order_of(["x0", "y0", "z0"], held), clock)
    session.rate(Rating.EASY)
    session.rate(Rating.EASY)
    session.use_bank(without(held, "y0"))
    assert session.can_undo
    session.undo()
    assert session.card.id == "x0"
    assert set(store.reviews.memories()) == {"y0"}
    assert not session.can_undo
    assert not session.undo()
    session.use_bank(held)
    assert session.undo()
    assert session.card.id == "y0"
    assert store.reviews.memories() == {}
