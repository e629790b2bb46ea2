"""Reviewing: front and back, four ratings with their interval, undo, cloze, and the ends of a session."""

import sqlite3

import pytest
from hands import Key, button, click, controls, has_button, press, tab_to, texts
from PySide6.QtGui import QImage

from studyapp.ui.widgets.reading import ReadingText


@pytest.fixture
def page(go):
    return go("Flashcards")


def test_space_shows_the_back_and_rates_good(page, window, disk):
    assert "What is a box for?" in texts(page)
    assert "dry" not in texts(page)
    assert not has_button(page, "Good")
    press(window, Key.Key_Space)
    assert "What is a box for?" in texts(page)
    assert "For keeping one thing dry." in texts(page)
    assert not has_button(page, "Show answer")
    press(window, Key.Key_Space)
    assert "What is a box for?" not in texts(page)
    assert disk.rows("SELECT card_id, rating FROM reviews") == [("c-box", 3)]


def test_no_rating_before_the_back_is_seen(page, window, disk):
    press(window, Key.Key_3, Key.Key_1)
    assert "What is a box for?" in texts(page)
    assert disk.rows("SELECT 1 FROM reviews") == []


@pytest.mark.parametrize(("index", "name"), list(enumerate(["Again", "Hard", "Good", "Easy"])))
@pytest.mark.parametrize("how", ["click", "key"])
def test_the_four_ratings_and_their_intervals(page, window, disk, clocks, index, name, how):
    press(window, Key.Key_Space)
    shown = button(page, f"{name}, next in ")
    promised = shown.accessibleName().partition("next in ")[2]
    assert f"· {promised}" in shown.text()
    assert promised == ("1 min", "6 min", "10 min", "8 d")[index]
    if how == "click":
        click(shown)
    else:
        press(window, Key(Key.Key_1 + index))
    ((card, rating, due),) = disk.rows("SELECT m.card_id, r.rating, m.due FROM memories m JOIN reviews r")
    assert (card, rating) == ("c-box", index + 1)
    seconds = due / 1e6 - clocks.now().timestamp()
    assert seconds == pytest.approx((60, 330, 600, 8 * 86400)[index], abs=1)


def test_a_cloze_is_blank_first_and_whole_afterwards(page, window):
    press(window, Key.Key_Space, Key.Key_4)
    assert "A shelf holds [ … ] boxes." in texts(page)
    assert "twelve" not in texts(page)
    press(window, Key.Key_Return)
    assert "A shelf holds twelve boxes." in texts(page)
    assert "{{" not in texts(page)


def test_undo_takes_back_one_after_the_other(page, window, disk):
    assert not button(page, "Undo the last rating").isEnabled()
    press(window, Key.Key_Space, Key.Key_4, Key.Key_Space, Key.Key_4)
    assert len(disk.rows("SELECT 1 FROM reviews")) == 2
    click(button(page, "Undo the last rating"))
    assert "A shelf holds twelve boxes." in texts(page)
    assert disk.rows("SELECT card_id FROM memories") == [("c-box",)]
    press(window, Key.Key_U)
    assert "For keeping one thing dry." in texts(page)
    assert disk.rows("SELECT 1 FROM reviews") == disk.rows("SELECT 1 FROM memories") == []
    press(window, Key.Key_U)
    press(window, Key.Key_1)
    assert disk.rows("SELECT rating FROM reviews") == [(1,)]


def finish(window):
    for _ in range(3):
        press(window, Key.Key_Space, Key.Key_4)


def test_the_end_of_a_session_can_be_undone(page, window):
    assert "3 cards left" in texts(page)
    finish(window)
    assert "Done for now" in texts(page)
    assert "You rated 3 cards." in texts(page)
    press(window, Key.Key_Space, Key.Key_3)
    assert "Done for now" in texts(page)
    click(button(page, "Undo the last rating"))
    assert "Four." in texts(page)
    press(window, Key.Key_4)
    assert "Done for now" in texts(page)


def test_nothing_is_due(page, window, go):
    finish(window)
    go("Today")
    assert "Nothing is due" in texts(go("Flashcards"))
    assert not has_button(window.page, "Show answer")


def test_without_cards_the_page_says_what_will_be_there(start, decks):
    (decks / "depot.yaml").unlink()
    window = start().window
    click(button(window, "Flashcards"))
    assert "No cards yet" in texts(window.page)
    assert "when a deck with cards loads" in texts(window.page)


def test_a_card_comes_back_when_it_is_due_and_the_sidebar_counts_it(page, window, go, clocks):
    finish(window)
    clocks.go_on(9 * 86400)
    today = go("Today")
    assert "Review 3 cards" in texts(today)
    assert button(window, "Flashcards, 3").text().split() == ["Flashcards", "3"]
    press(window, Key.Key_Return)
    assert "3 cards left" in texts(window.page)
    assert "seen 1 time" in texts(window.page)


def test_a_session_goes_on_where_it_was(page, window, go):
    press(window, Key.Key_Space, Key.Key_4, Key.Key_Space)
    go("Today")
    again = go("Flashcards")
    assert "A shelf holds twelve boxes." in texts(again)
    press(window, Key.Key_U)
    assert "For keeping one thing dry." in texts(again)


def test_enter_on_a_button_presses_it_and_a_click_leaves_enter_to_the_page(page, window, disk):
    click(button(page, "Show answer"))
    tab_to(window, page, "Again")
    press(window, Key.Key_Return)
    assert disk.rows("SELECT card_id, rating FROM reviews") == [("c-box", 1)]
    click(button(page, "Undo the last rating"))
    press(window, Key.Key_Return)
    assert disk.rows("SELECT card_id, rating FROM reviews") == [("c-box", 3)]


def test_a_rating_that_cannot_be_saved_keeps_the_card(page, window, data, disk):
    press(window, Key.Key_Space)
    other = sqlite3.connect(data / "studyapp.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    press(window, Key.Key_3)
    other.close()
    assert "This rating is not saved" in page.messages.texts()["rating"]
    assert "For keeping one thing dry." in texts(page)
    press(window, Key.Key_3)
    assert not page.messages.texts()
    assert disk.rows("SELECT card_id, rating FROM reviews") == [("c-box", 3)]


def test_an_image_beside_the_deck_is_shown(start, decks):
    QImage(40, 400, QImage.Format.Format_RGB32).save(str(decks / "box.png"))
    deck = decks / "depot.yaml"
    text = deck.read_text(encoding="utf-8")
    deck.write_text(text.replace("What is a box for?", '"![A box](box.png)"'), encoding="utf-8")
    window = start().window
    click(button(window, "Flashcards"))
    (front,) = [t for t in controls(window.page, ReadingText) if t.accessibleName() == "Front of the card"]
    assert front.height() >= 400


def test_an_image_that_was_edited_is_seen_when_its_card_is_shown_again(start, decks):
    picture = QImage(200, 200, QImage.Format.Format_RGB32)
    picture.fill("#ff0000")
    picture.save(str(decks / "box.png"))
    deck = decks / "depot.yaml"
    text = deck.read_text(encoding="utf-8")
    deck.write_text(text.replace("What is a box for?", '"![A box](box.png)"'), encoding="utf-8")
    window = start().window
    click(button(window, "Flashcards"))
    (front,) = [t for t in controls(window.page, ReadingText) if t.accessibleName() == "Front of the card"]
    assert front.grab().toImage().pixelColor(5, 5).name() == "#ff0000"
    press(window, Key.Key_Space, Key.Key_4)
    picture.fill("#0000ff")
    picture.save(str(decks / "box.png"))
    press(window, Key.Key_U)
    assert front.grab().toImage().pixelColor(5, 5).name() == "#0000ff"
