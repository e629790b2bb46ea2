"""Today: one obvious next step for each situation, and the Enter key that takes it."""

import pytest
from hands import Key, button, click, has_button, press, texts


def test_while_the_decks_load_the_page_says_so(qtbot, start):
    from PySide6.QtWidgets import QApplication

    from studyapp.ui.app import App

    app = App(QApplication.instance(), None, [])
    try:
        assert "Loading your decks…" in app.window.findChild(type(app._today_page)).title.parent().findChildren(
            type(app._today_page.title)
        )[1].text() if app.window.findChild(type(app._today_page)) else True
    finally:
        app._today_page.deleteLater()
        app.window.deleteLater()
        app.theme.deleteLater()


def test_the_first_day(window):
    shown = texts(window.page)
    assert "Sit a first practice exam" in shown
    assert "Your first score will stand here." in shown
    assert "Not enough answers yet to tell." in shown
    assert "3 new cards for today" in shown
    assert not has_button(window.page, "See results")
    press(window, Key.Key_Return)
    assert has_button(window.page, "Start exam")


def test_the_button_does_what_enter_does(window):
    click(button(window.page, "Choose an exam"))
    assert has_button(window.page, "Start exam")


@pytest.mark.parametrize(("hour", "greeting"), [(5, "morning"), (12, "afternoon"), (18, "evening"), (2, "evening")])
def test_the_greeting_fits_the_hour(window, go, clocks, hour, greeting):
    clocks.at = clocks.at.astimezone().replace(hour=hour, minute=30)
    go("Decks")
    assert f"Good {greeting}" in texts(go("Today"))


def test_a_running_exam_comes_first(begin_exam, window):
    begin_exam()
    press(window, Key.Key_1, Key.Key_Escape)
    click(button(window.page.messages, "Leave"))
    assert "Go on with the exam" in texts(window.page)
    assert has_button(window.page, "Resume")


def test_cards_that_are_due_come_before_a_new_exam(window, go, clocks):
    go("Flashcards")
    press(window, Key.Key_Space, Key.Key_3)
    clocks.go_on(3 * 86400)
    today = go("Today")
    assert "Review 1 card and 2 new cards" in texts(today)
    click(button(today, "Review cards"))
    assert "3 cards left" in texts(window.page)


def test_after_an_exam_the_score_stands_there(begin_exam, window, go):
    begin_exam()
    press(window, Key.Key_R, Key.Key_Return)
    today = go("Today")
    assert "0 of 6" in texts(today)
    assert "Sit a practice exam" in texts(today)
    click(button(today, "See results"))
    assert "6 not answered" in texts(window.page)
