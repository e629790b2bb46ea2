"""The desk: sitting an exam with mouse and keys, its clock, what is on disk and when, leaving and coming back."""

# ruff: noqa: N802 (names that Qt calls)

import sqlite3

import pytest
from hands import (
    Key,
    button,
    click,
    controls,
    find_question,
    has_button,
    hold,
    name_of,
    press,
    press_number,
    question,
    right,
    rows,
    squares,
    texts,
    ticked,
)
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from small_decks import QUESTIONS

RIGHT = {id_: count for id_, _, _, count, _, _ in QUESTIONS}


@pytest.fixture
def page(begin_exam):
    return begin_exam()


@pytest.fixture
def locked(data):
    """Lock the database as another program would, until ``rollback``."""
    other = sqlite3.connect(data / "studyapp.db", isolation_level=None)
    yield other
    other.close()


def bars(page):
    return page.messages.texts()


def test_the_exam_is_the_blueprint(page):
    assert "1 of 6" in texts(page)
    assert "0:10:00 left" in texts(page)
    seen = set()
    for square in squares(page):
        click(square)
        seen.add(question(page))
    assert seen == set(RIGHT)


@pytest.mark.parametrize("how", ["click", "key", "space"])
def test_answering(page, window, disk, how):
    find_question(page, "q-box")

    def choose(index):
        if how == "click":
            click(rows(page)[index])
        elif how == "key":
            press_number(window, index)
        else:
            rows(page)[index].setFocus()
            press(window, Key.Key_Space)

    for index in (2, 1):
        choose(index)
        assert ticked(page) == {index}
        assert disk.chosen() == {"q-box": {index}}
    # What is chosen stays chosen: in the exam there is no way back to an empty answer but another one.
    choose(1)
    assert ticked(page) == {1}


def test_all_six_options_have_a_key_and_a_seventh_key_does_nothing(page, window, disk):
    find_question(page, "q-shelf")
    for index in range(6):
        press_number(window, index)
        assert disk.chosen() == {"q-shelf": {index}}
    find_question(page, "q-wheel")
    press(window, Key.Key_3, Key.Key_6, Key.Key_7, Key.Key_0)
    assert "q-wheel" not in disk.chosen()


def test_several_answers(page, window, disk):
    find_question(page, "q-several")
    assert "Choose two." in texts(page)
    press_number(window, 0)
    click(rows(page)[3])
    assert disk.chosen() == {"q-several": {0, 3}}
    press_number(window, 4)
    assert bars(page) == {"picks": "This question takes two answers. Take one back first."}
    assert ticked(page) == {0, 3}
    click(rows(page)[0])
    assert not bars(page)
    press_number(window, 4)
    assert ticked(page) == {3, 4}
    assert disk.chosen() == {"q-several": {3, 4}}


class Paints(QObject):
    """Notes what was on disk each time an option was painted as chosen."""

    def __init__(self, rows, disk):
        super().__init__()
        self.rows, self.disk, self.seen = rows, disk, []
        for row in rows:
            row.installEventFilter(self)

    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and watched.isChecked():
            self.seen.append((self.rows.index(watched), self.disk.chosen()))
        return False


@pytest.mark.parametrize("how", ["click", "key"])
def test_an_answer_is_on_disk_before_it_is_on_screen(page, window, disk, qtbot, how):
    id_ = question(page)
    paints = Paints(rows(page), disk)
    if how == "click":
        click(rows(page)[1])
    else:
        press(window, Key.Key_2)
    qtbot.waitUntil(lambda: bool(paints.seen))
    assert {(index, frozenset(chosen.get(id_, ()))) for index, chosen in paints.seen} == {(1, frozenset({1}))}


def test_the_flag(page, window, disk):
    id_ = question(page)
    press(window, Key.Key_F)
    assert disk.flagged() == {id_}
    assert "⚑ Flagged" in texts(page)
    assert "flagged" in name_of(squares(page)[0])
    click(button(page, "Take the flag away"))
    assert not disk.flagged()
    assert "flagged" not in name_of(squares(page)[0])


def test_next_and_back(page, window):
    order = [question(page)]
    assert not button(page, "‹ Back").isEnabled()
    press(window, Key.Key_Return)
    order.append(question(page))
    press(window, Key.Key_Right)
    order.append(question(page))
    click(button(page, "Next"))
    assert "4 of 6" in texts(page)
    press(window, Key.Key_Left)
    assert question(page) == order[2]
    click(button(page, "‹ Back"))
    assert question(page) == order[1]
    press(window, Key.Key_Left, Key.Key_Left, Key.Key_Left)
    assert question(page) == order[0]


def test_the_arrows_turn_the_page_after_a_click_too(page, window):
    click(rows(page)[0])
    press(window, Key.Key_Right)
    assert "2 of 6" in texts(page)
    click(button(page, "Flag this question"))
    press(window, Key.Key_Right)
    assert "3 of 6" in texts(page)
    click(rows(page)[1])
    press(window, Key.Key_Left)
    assert "2 of 6" in texts(page)


def answer(page, window):
    """Choose as many options as the question asks for."""
    for index in right(page):
        press_number(window, index)


def test_the_navigator_tells_each_question_in_words(page, window):
    answer(page, window)
    press(window, Key.Key_Return, Key.Key_F)
    assert [name_of(s) for s in squares(page)][:3] == [
        "Question 1, answered",
        "Question 2, not answered, flagged, current",
        "Question 3, not seen",
    ]
    click(squares(page)[4])
    assert "5 of 6" in texts(page)
    assert name_of(squares(page)[4]).endswith("current")


def test_the_case_stands_beside_its_questions_only(page):
    find_question(page, "q-depot")
    assert "ninety shops" in texts(page)
    assert "The depot" in texts(page)
    find_question(page, "q-box")
    assert "ninety shops" not in texts(page)


def test_nothing_tells_the_key_during_the_exam(page, window):
    for _ in range(6):
        press(window, Key.Key_1)
        assert "Because of" not in texts(page)
        assert "Right answer" not in texts(page)
        press(window, Key.Key_Return)


def lines(page):
    """The lines of the page of all questions."""
    return [b for b in controls(page) if name_of(b).startswith("Go to question")]


def test_the_page_of_all_questions_and_its_jumps(page, window, disk):
    answer(page, window)
    press(window, Key.Key_Return, Key.Key_F, Key.Key_R)
    assert "5 questions of 6 not answered" in texts(page)
    assert [name_of(line) for line in lines(page)] == [
        "Go to question 1, answered",
        "Go to question 2, not answered, flagged, current",
        *(f"Go to question {n}, not seen" for n in (3, 4, 5, 6)),
    ]
    click(button(page, "Go to question 4, not seen"))
    assert "4 of 6" in texts(page)
    assert not has_button(page, "Submit exam")
    click(button(page, "Review and submit"))
    press(window, Key.Key_Escape)
    assert "4 of 6" in texts(page)
    assert has_button(page, "Next")
    press(window, Key.Key_R)
    click(button(page, "‹ Back to the questions"))
    assert rows(page)
    assert not disk.rows("SELECT 1 FROM attempts WHERE submitted_at IS NOT NULL")


def test_no_answer_changes_behind_the_summary(page, window, disk):
    press(window, Key.Key_R, Key.Key_2, Key.Key_F)
    assert disk.chosen() == {}
    assert disk.flagged() == set()


def test_submitting_leads_to_the_results(app, page, window, disk):
    press(window, Key.Key_1)
    click(button(page, "Review and submit"))
    click(button(page, "Submit exam"))
    assert type(window.page).__name__ == "ResultsPage"
    assert "of 6" in texts(window.page)
    assert app.pages.desk is None
    assert disk.rows("SELECT questions, answered, submitted_at IS NOT NULL FROM attempts") == [(6, 1, 1)]
    assert button(window, "Practice exam").isVisible()


@pytest.mark.parametrize(("key", "text"), [(Key.Key_Return, "\r"), (Key.Key_Enter, "\r"), (Key.Key_Space, " ")])
def test_a_key_that_is_held_down_turns_one_page_and_submits_nothing(page, window, disk, key, text):
    hold(key, text, repeats=12)
    assert "2 of 6" in texts(page)
    press(window, Key.Key_R)
    hold(Key.Key_Return, "\r", repeats=3)
    # It submits once, and starts nothing on the pages that follow.
    assert type(window.page).__name__ == "ResultsPage"
    assert len(disk.rows("SELECT 1 FROM attempts")) == 1


@pytest.mark.parametrize("place", [2, 5])
def test_a_double_click_opens_the_page_of_all_questions_and_submits_nothing(page, window, disk, place):
    click(squares(page)[place])
    chosen = button(page, "Review and submit")
    middle = chosen.mapTo(window, chosen.rect().center())
    QApplication.setDoubleClickInterval(60_000)
    for _ in range(3):
        QTest.mouseClick(window.windowHandle(), Qt.MouseButton.LeftButton, pos=middle)
    assert has_button(page, "Submit exam")
    assert disk.rows("SELECT 1 FROM attempts WHERE submitted_at IS NOT NULL") == []
    QApplication.setDoubleClickInterval(0)
    click(button(page, "Submit exam"))
    assert disk.rows("SELECT count(*) FROM attempts WHERE submitted_at IS NOT NULL") == [(1,)]


def test_a_whole_exam_by_keyboard_alone(start, qtbot, disk):
    app = start()
    window = app.window
    press(window, Key.Key_Return)  # Today: choose an exam
    press(window, Key.Key_Return)  # start it
    assert not has_button(window, "Practice exam")
    for place in range(6):
        page = window.page
        assert f"{place + 1} of 6" in texts(page)
        for index in right(page):
            press_number(window, index)
        press(window, Key.Key_Return)
    assert "All 6 questions are answered." in texts(window.page)
    press(window, Key.Key_Return)
    assert "6 of 6" in texts(window.page)
    assert "100 %" in texts(window.page)
    assert disk.rows("SELECT correct, answered FROM attempts") == [(6, 6)]
    press(window, Key.Key_A)
    qtbot.waitUntil(lambda: len(rows(window.page)) == sum(count for *_, count, _ in QUESTIONS))
    press(window, Key.Key_1, modifier=Qt.KeyboardModifier.ControlModifier)
    assert "100 %" in texts(window.page)
    assert type(window.page).__name__ == "TodayPage"


def test_the_clock_counts_what_the_running_clock_says(page, clocks, qtbot):
    clocks.go_on(61)
    qtbot.waitUntil(lambda: "0:08:59 left" in texts(page))
    # Somebody sets the clock of the machine.
    clocks.go_on(3600)
    clocks.count -= 3600
    clocks.go_on(1)
    qtbot.waitUntil(lambda: "0:08:58 left" in texts(page))


def test_the_clock_can_be_hidden(page, window, clocks, qtbot):
    press(window, Key.Key_H)
    assert " left" not in texts(page)
    clocks.go_on(30)
    with qtbot.waitSignal(page._vm.ticked):
        pass
    assert "0:09" not in texts(page)
    click(button(page, "Show clock"))
    assert "0:09:30 left" in texts(page)


def test_when_the_time_is_up_the_exam_submits_itself(page, window, clocks, qtbot, disk):
    for index in right(page):
        press_number(window, index)
    clocks.go_on(599)
    press(window, Key.Key_Return)
    clocks.go_on(2)
    qtbot.waitUntil(lambda: type(window.page).__name__ == "ResultsPage")
    assert "1 of 6" in texts(window.page)
    assert list(bars(window).values()) == ["The time was up; what you had answered was submitted."]
    assert disk.rows("SELECT elapsed, correct FROM attempts WHERE submitted_at IS NOT NULL") == [(600.0, 1)]


def test_leaving_asks_first_and_says_what_it_costs(page, window, disk):
    press(window, Key.Key_Escape)
    assert "The clock runs on while you are away." in bars(page)["leave"]
    press(window, Key.Key_Return)
    assert not bars(page)
    assert "2 of 6" in texts(page)
    press(window, Key.Key_Escape)
    click(button(page.messages, "Leave"))
    assert type(window.page).__name__ == "TodayPage"
    assert disk.rows("SELECT left_at IS NOT NULL FROM attempts") == [(1,)]


def test_leave_and_resume_from_today(page, window, clocks, disk):
    press(window, Key.Key_2, Key.Key_Return, Key.Key_F)
    second = question(page)
    clocks.go_on(60)
    click(button(page, "Leave"))
    click(button(page.messages, "Leave"))
    today = window.page
    assert "Go on with the exam: The whole of it" in texts(today)
    assert "1 of 6 answered, all saved." in texts(today)
    clocks.go_on(120)
    press(window, Key.Key_Return)
    again = window.page
    assert question(again) == second
    assert "2 of 6" in texts(again)
    assert "0:07:00 left" in texts(again)
    assert disk.flagged() == {second}
    press(window, Key.Key_Left)
    assert ticked(again) == {1}


def test_closing_the_window_leaves_the_exam_and_the_next_start_offers_it(start, clocks, disk):
    app = start()
    press(app.window, Key.Key_Return, Key.Key_Return, Key.Key_3)
    answered = disk.chosen()
    start.stop(app)
    assert disk.rows("SELECT left_at IS NOT NULL FROM attempts") == [(1,)]
    clocks.go_on(30)
    window = start().window
    assert "Go on with the exam" in texts(window.page)
    press(window, Key.Key_Return)
    assert ticked(window.page) == next(iter(answered.values()), set())
    assert "0:09:30 left" in texts(window.page)


def test_who_stays_away_too_long_finds_the_results(page, window, clocks):
    press(window, Key.Key_1)
    press(window, Key.Key_Escape)
    click(button(page.messages, "Leave"))
    clocks.go_on(3600)
    press(window, Key.Key_Return)
    assert type(window.page).__name__ == "ResultsPage"
    assert "Time: 10 min of 10 min" in texts(window.page)
    assert "The time was up" in bars(window)["time up"]


def test_an_answer_that_cannot_be_saved_stays_and_can_be_tried_again(page, window, disk, locked):
    id_ = question(page)
    locked.execute("BEGIN IMMEDIATE")
    press(window, Key.Key_2)
    assert "Not saved yet" in bars(page)["unsaved"]
    assert "locked by another program" in bars(page)["unsaved"]
    assert ticked(page) == {1}
    assert disk.chosen() == {}
    assert not has_button(page.messages, "Close")
    click(button(page.messages, "Try again"))
    assert "unsaved" in bars(page)
    locked.rollback()
    click(button(page.messages, "Try again"))
    assert not bars(page)
    assert disk.chosen() == {id_: {1}}
    assert ticked(page) == {1}


def test_what_could_not_be_saved_is_saved_as_soon_as_it_can_be(page, window, disk, locked, qtbot):
    first = question(page)
    locked.execute("BEGIN IMMEDIATE")
    press(window, Key.Key_1, Key.Key_Return)
    second = question(page)
    press(window, Key.Key_2)
    assert second != first
    assert disk.chosen() == {}
    locked.rollback()
    qtbot.waitUntil(lambda: disk.chosen() == {first: {0}, second: {1}}, timeout=5000)
    qtbot.waitUntil(lambda: not bars(page))


def test_an_exam_that_cannot_be_submitted_goes_on(page, window, disk, locked):
    press(window, Key.Key_1, Key.Key_R)
    locked.execute("BEGIN IMMEDIATE")
    press(window, Key.Key_Return)
    assert "Not saved yet" in bars(page)["unsaved"]
    assert window.page is page
    locked.rollback()
    # The one action of the bar does what the learner wanted: submit.
    click(button(page.messages, "Try again"))
    assert type(window.page).__name__ == "ResultsPage"
    assert disk.rows("SELECT answered FROM attempts WHERE submitted_at IS NOT NULL") == [(1,)]


def test_the_window_closes_even_if_the_database_is_locked(start, data, disk):
    app = start()
    press(app.window, Key.Key_Return, Key.Key_Return, Key.Key_1)
    other = sqlite3.connect(data / "studyapp.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    app.window.close()
    other.close()
    assert not app.window.isVisible()
    assert app.workspace is None
    assert disk.rows("SELECT count(*) FROM attempts WHERE submitted_at IS NULL") == [(1,)]


def test_the_window_stays_while_an_answer_is_not_saved_and_closes_if_it_may_be_lost(start, data, disk):
    app = start()
    window = app.window
    press(window, Key.Key_Return, Key.Key_Return)
    page, id_ = window.page, question(window.page)
    other = sqlite3.connect(data / "studyapp.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    press(window, Key.Key_1)
    for _ in range(2):
        assert not window.close()
        assert "your answer to question 1. If you close studyapp now, that is lost" in bars(page)["closing"]
    other.execute("ROLLBACK")
    click(button(page.messages, "Try again"))
    assert not bars(page)
    other.execute("BEGIN IMMEDIATE")
    press(window, Key.Key_2)
    assert not window.close()
    QApplication.processEvents()
    button(page.messages, "Close all the same").click()
    assert not window.isVisible()
    assert app.workspace is None
    other.close()
    assert disk.chosen() == {id_: {0}}


def test_the_size_of_the_text_can_change_after_an_exam(page, window, go):
    press(window, Key.Key_R, Key.Key_Return)
    go("Today")
    QApplication.processEvents()
    press(window, Key.Key_Plus, modifier=Qt.KeyboardModifier.ControlModifier)
    go("Practice exam")
    press(window, Key.Key_Return)
    assert "1 of 6" in texts(window.page)


def focus_is_at(page):
    widget = QApplication.focusWidget()
    return widget is not None and (widget is page or page.isAncestorOf(widget)) and widget.isVisible()


def test_the_focus_is_never_lost(page, window, locked):
    def flagging_works():
        """Whatever was done before, the next key reaches the desk."""
        QApplication.processEvents()
        assert focus_is_at(page), QApplication.focusWidget()
        flagged = [has_button(page, "Take the flag away")]
        for _ in range(2):
            press(window, Key.Key_F)
            flagged.append(has_button(page, "Take the flag away"))
        return flagged[0] == flagged[2] != flagged[1]

    find_question(page, "q-several")
    assert flagging_works()
    for index in (0, 1, 2):
        click(rows(page)[index])
        assert flagging_works()
    click(button(page.messages, "Close"))
    assert flagging_works()
    click(squares(page)[1])
    for name in ("Flag", "Take the flag", "Hide clock", "Show clock", "‹ Back", "Next", "Leave"):
        click(button(page, name))
        assert flagging_works(), name
    click(button(page.messages, "Close"))
    assert flagging_works()
    for square in squares(page):
        click(square)
        assert flagging_works()
    click(squares(page)[2])
    click(button(page, "Review and submit"))
    assert focus_is_at(page)
    click(button(page, "Go to question 2"))
    assert flagging_works()
    press(window, Key.Key_R)
    assert focus_is_at(page)
    press(window, Key.Key_Escape)
    assert flagging_works()
    locked.execute("BEGIN IMMEDIATE")
    press(window, Key.Key_1)
    assert focus_is_at(page)
    locked.rollback()
    # Unless the desk was quicker and has tried by itself.
    if has_button(page.messages, "Try again"):
        click(button(page.messages, "Try again"))
    assert flagging_works()


def test_tab_reaches_every_control_and_comes_round(page, window):
    reached = []
    for _ in range(60):
        press(window, Key.Key_Tab)
        widget = QApplication.focusWidget()
        assert focus_is_at(page)
        if widget in reached:
            break
        reached.append(widget)
    wanted = [
        w
        for w in [*rows(page), *squares(page), *page.findChildren(QPushButton)]
        if w.isVisible() and w.isEnabled() and w.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    assert not [name_of(w) for w in wanted if w not in reached]
