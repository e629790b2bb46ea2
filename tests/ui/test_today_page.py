"""Today: how the learner stands, a plan that says why, and the Enter key that starts it."""

import re
from datetime import timedelta

import pytest
from hands import Key, button, click, has_button, press, texts


def test_while_the_decks_load_the_page_says_so(start, qtbot):
    app = start(wait=False)
    assert "Loading your decks…" in texts(app.window.page)
    press(app.window, Key.Key_Return)
    qtbot.waitUntil(lambda: "Sit a first practice exam" in texts(app.window.page))


def test_the_first_day(window):
    shown = texts(window.page)
    assert "Sit a first practice exam" in shown
    assert "Learn 3 new cards" in shown
    assert "Not enough data" in shown
    assert re.search(r"About \d+ more questions in these areas", shown)
    assert "The pass mark of 70 % is an assumption." in shown
    assert "Weakest" not in shown
    assert not has_button(window.page, "See results")
    press(window, Key.Key_Return)
    assert has_button(window.page, "Start exam")


def test_the_button_does_what_enter_does(window):
    click(button(window.page, "Choose an exam"))
    assert has_button(window.page, "Start exam")


def test_each_part_of_the_plan_can_be_taken(window):
    click(button(window.page, "Review cards"))
    assert "3 cards left" in texts(window.page)


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


def test_the_clock_of_a_simulation_that_was_left_is_told(begin_exam, window, go, clocks):
    for _ in range(2):
        begin_exam()
        clocks.go_on(60)
        press(window, Key.Key_1, Key.Key_Escape)
        click(button(window.page.messages, "Leave"))
    clocks.go_on(300)
    shown = texts(go("Today"))
    end = (clocks.now() + timedelta(minutes=4)).astimezone()
    assert f"1 of 6 answered, all saved. The clock runs: 4 min left, until {end:%H:%M}. 1 more under" in shown
    clocks.go_on(240)
    go("Decks")
    assert "The time is up: The whole of it" in texts(go("Today"))
    click(button(window.page, "See the result"))
    assert type(window.page).__name__ == "ResultsPage"
    assert "The time was up" in window.messages.texts()["time up"]


def test_a_clock_that_stands_still_is_not_told(go, window, clocks):
    go("Practice exam")
    press(window, Key.Key_M, Key.Key_Return, Key.Key_1, Key.Key_Escape)
    click(button(window.page.messages, "Leave"))
    clocks.go_on(9999)
    shown = texts(go("Today"))
    assert "1 of 6 answered, all saved." in shown
    assert "clock runs:" not in shown


def test_cards_that_are_due_come_before_a_new_exam(window, go, clocks):
    go("Flashcards")
    press(window, Key.Key_Space, Key.Key_3)
    clocks.go_on(3 * 86400)
    today = go("Today")
    assert "Review 1 card and 2 new cards" in texts(today)
    assert "Today, about" in texts(today)
    press(window, Key.Key_Return)
    assert "3 cards left" in texts(window.page)


def test_what_was_done_today_is_told(window, go):
    go("Flashcards")
    press(window, Key.Key_Space, Key.Key_3)
    assert "Done today: 1 card reviewed" in texts(go("Today"))


def test_after_an_exam_the_plan_is_a_drill_where_it_is_worth_most(begin_exam, window, go):
    begin_exam()
    for _ in range(6):
        press(window, Key.Key_1, Key.Key_Right)
    press(window, Key.Key_R, Key.Key_Return)
    today = go("Today")
    shown = texts(today)
    assert re.search(r"Last exam: \d+ %, \d of 6", shown)
    assert re.search(r"Drill: (Keeping|Moving)", shown)
    assert re.search(r"Here an hour raises your score most: (67|33) % of the exam", shown)
    assert "fresh question" not in shown, "all six were met"
    assert re.search(r"Weakest: .+ from \d answers", shown) or "Weakest" not in shown
    click(button(today, "See results"))
    assert "of 6" in texts(window.page)
    click(button(go("Today"), "Start drill"))
    assert "1 of " in texts(window.page)


def test_the_next_exam_is_due_after_a_while(begin_exam, window, go, clocks):
    begin_exam()
    press(window, Key.Key_R, Key.Key_Return)
    assert "Sit a practice exam" not in texts(go("Today"))
    clocks.go_on(15 * 86400)
    go("Decks")
    shown = texts(go("Today"))
    assert "Sit a practice exam" in shown
    assert "The last one was 15 days ago" in shown


@pytest.mark.parametrize(
    ("days", "said"), [(34, "34 days to the exam"), (1, "1 day to the exam"), (0, "The exam is today"), (-3, None)]
)
def test_the_days_to_the_exam(app, window, go, clocks, days, said):
    from studyapp.sessions.standing import set_exam_day

    set_exam_day(app.workspace.store.settings, (clocks.at.astimezone() + timedelta(days=days)).date())
    go("Decks")
    shown = texts(go("Today"))
    assert said in shown if said else "exam is" not in shown and "to the exam" not in shown
