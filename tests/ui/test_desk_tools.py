"""What lies on the desk beside the question: strike-out, highlights, note, confidence, case, pause, warnings."""

import json
import sqlite3
import sys

import pytest
from hands import (
    Key,
    button,
    click,
    controls,
    find_question,
    has_button,
    name_of,
    press,
    press_number,
    question,
    rows,
    squares,
    texts,
    ticked,
)
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QPlainTextEdit, QScrollArea, QSplitter

from studyapp.ui.widgets.reading import ReadingText
from studyapp.ui.widgets.stem import StemText

SHIFT = Qt.KeyboardModifier.ShiftModifier
LONG_CASE = "case: depot\ntitle: The depot\ntext: |\n" + "".join(
    f"  The depot keeps boxes for shop {n}, and wants to know where each of them stands on its shelf.\n\n"
    for n in range(60)
)


@pytest.fixture
def page(begin_exam):
    return begin_exam()


@pytest.fixture
def study(window, go):
    """A drill, which may be paused and has no clock."""
    click(button(go("Progress"), "Drill Keeping things"))
    return window.page


def saved(disk, column, page):
    """A column of the question on screen, as it is on disk."""
    ((value,),) = disk.rows(f"SELECT {column} FROM responses WHERE question_id = '{question(page)}'")
    return value


def struck(page):
    return {i for i, row in enumerate(rows(page)) if "struck out" in name_of(row)}


@pytest.mark.parametrize("how", ["right click", "letter", "digit", "focus"])
def test_striking_an_option_out_and_taking_it_back(page, window, disk, how):
    find_question(page, "q-box")

    def strike(index):
        if how == "right click":
            row = rows(page)[index]
            QTest.mouseClick(row, Qt.MouseButton.RightButton, pos=row.rect().center())
        elif how == "letter":
            press(window, Key(Key.Key_A + index), modifier=SHIFT)
        elif how == "digit":
            press(window, Key(Key.Key_1 + index), modifier=SHIFT)
        else:
            rows(page)[index].setFocus()
            press(window, Key.Key_S)

    strike(2)
    assert struck(page) == {2}
    assert saved(disk, "struck", page) == 0b100
    assert "struck" not in saved(disk, "note", page)
    strike(3)
    strike(2)
    assert struck(page) == {3}
    assert saved(disk, "struck", page) == 0b1000


def test_a_struck_option_is_not_chosen_and_choosing_it_restores_it(page, window, disk):
    find_question(page, "q-box")
    press(window, Key.Key_2)
    press(window, Key.Key_B, modifier=SHIFT)
    assert ticked(page) == set()
    assert disk.chosen() == {}
    assert saved(disk, "first_chosen", page) == 0b10
    press(window, Key.Key_2)
    assert (ticked(page), struck(page)) == ({1}, set())
    assert disk.chosen() == {"q-box": {1}}


def test_a_letter_without_an_option_strikes_nothing_out(page, window, disk):
    find_question(page, "q-wheel")
    press(window, Key.Key_E, modifier=SHIFT)
    press(window, Key.Key_S)
    assert "Press Shift and the letter" in page.messages.texts()["picks"]
    assert saved(disk, "struck", page) == 0


def test_the_note_is_saved_as_it_is_typed(page, window, disk, qtbot):
    find_question(page, "q-box")
    press(window, Key.Key_N)
    QTest.keyClicks(QApplication.focusWidget(), "Ask about 1 quota")
    assert "not saved yet" in texts(page)
    assert disk.chosen() == {}
    qtbot.waitUntil(lambda: saved(disk, "note", page) == "Ask about 1 quota")
    qtbot.waitUntil(lambda: "saved" in texts(page).splitlines())
    QTest.keyClicks(QApplication.focusWidget(), "!")
    press(window, Key.Key_Escape)
    assert page.hasFocus()
    # Whoever goes on at once loses nothing.
    press(window, Key.Key_Right)
    assert disk.rows("SELECT note FROM responses WHERE note <> ''") == [("Ask about 1 quota!",)]
    press(window, Key.Key_Left)
    (field,) = controls(page, QPlainTextEdit)
    assert field.toPlainText() == "Ask about 1 quota!"


def test_control_and_enter_end_a_note_too(page, window, disk, qtbot):
    press(window, Key.Key_N)
    QTest.keyClicks(QApplication.focusWidget(), "Ask")
    press(window, Key.Key_Return, modifier=Qt.KeyboardModifier.ControlModifier)
    assert page.hasFocus()
    qtbot.waitUntil(lambda: disk.rows("SELECT note FROM responses WHERE note <> ''") == [("Ask",)])


def test_a_note_in_the_making_is_written_when_the_window_closes(start, disk):
    app = start()
    press(app.window, Key.Key_Return, Key.Key_Return, Key.Key_N)
    QTest.keyClicks(QApplication.focusWidget(), "later")
    start.stop(app)
    assert disk.rows("SELECT note FROM responses WHERE note <> ''") == [("later",)]


def test_how_sure(page, window, disk):
    find_question(page, "q-box")
    for key, mark in ((Key.Key_Y, "sure"), (Key.Key_T, "think so"), (Key.Key_G, "guess"), (Key.Key_G, None)):
        press(window, key)
        assert saved(disk, "confidence", page) == mark
    click(button(page, "How sure: think so"))
    assert saved(disk, "confidence", page) == "think so"
    assert button(page, "How sure: think so").isChecked()
    find_question(page, "q-cart")
    assert not button(page, "How sure: think so").isChecked()


def place_of(stem, position):
    cursor = stem.textCursor()
    cursor.setPosition(position)
    return stem.cursorRect(cursor).center()


def drag(stem, start, end):
    view = stem.viewport()
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=place_of(stem, start))
    QTest.mouseMove(view, place_of(stem, end))
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=place_of(stem, end))
    QApplication.processEvents()


def test_highlighting_with_the_mouse(page, window, disk):
    find_question(page, "q-box")  # What does q-box ask for?
    (stem,) = controls(page, StemText)
    drag(stem, 5, 16)
    assert json.loads(saved(disk, "highlights", page)) == [[5, 15]]  # without the blank at its end
    assert "Highlighted: does q-box" in stem.accessibleName()
    assert not stem.textCursor().hasSelection()
    press(window, Key.Key_L)
    assert json.loads(saved(disk, "highlights", page)) == []
    press(window, Key.Key_L)
    assert json.loads(saved(disk, "highlights", page)) == [[5, 15]]
    QTest.mouseClick(stem.viewport(), Qt.MouseButton.LeftButton, pos=place_of(stem, 20))
    assert json.loads(saved(disk, "highlights", page)) == [[5, 15]]
    QTest.mouseClick(stem.viewport(), Qt.MouseButton.LeftButton, pos=place_of(stem, 8))
    assert json.loads(saved(disk, "highlights", page)) == []


def test_highlighting_with_the_keyboard(page, window, disk):
    find_question(page, "q-box")
    (stem,) = controls(page, StemText)
    for _ in range(30):
        press(window, Key.Key_Tab)
        if stem.hasFocus():
            break
    here = question(page)
    press(window, *[Key.Key_Right] * 5)
    press(window, *[Key.Key_Right] * 4, modifier=SHIFT)
    press(window, Key.Key_L)
    assert question(page) == here
    assert json.loads(saved(disk, "highlights", page)) == [[5, 9]]
    # The keys of the desk still work from here.
    press(window, Key.Key_2, Key.Key_F)
    assert ticked(page) == {1}


def test_the_text_size_is_chosen_at_the_desk_and_remembered(page, app, window, disk):
    press(window, Key.Key_A)
    (menu,) = [m for m in page.findChildren(QMenu) if m.isVisible()]
    next(action for action in menu.actions() if action.text() == "150 %").trigger()
    menu.close()
    assert app.theme.percent == 150
    assert disk.rows("SELECT value FROM settings WHERE key = 'reading_size'") == [(150,)]
    press(window, Key.Key_Minus, modifier=Qt.KeyboardModifier.ControlModifier)
    assert app.theme.percent == 125


@pytest.fixture
def case_page(decks, start):
    """The desk, with two questions on one long case."""
    (decks / "cases" / "depot.yaml").write_text(LONG_CASE, encoding="utf-8")
    deck = decks / "depot.yaml"
    changed = "    changed: Shelves are called racks since May.\n"
    deck.write_text(deck.read_text(encoding="utf-8").replace(changed, changed + "    case: depot\n"), encoding="utf-8")
    window = start().window
    press(window, Key.Key_Return, Key.Key_Return)
    find_question(window.page, "q-depot")
    return window.page


def case_bar(page):
    (area,) = [a for a in controls(page, QScrollArea) if a.accessibleName().startswith("Case study")]
    return area.verticalScrollBar()


def test_the_case_keeps_its_place_between_its_questions(case_page, qtbot):
    qtbot.waitUntil(lambda: case_bar(case_page).maximum() > 500)
    case_bar(case_page).setValue(400)
    find_question(case_page, "q-shelf")
    assert case_bar(case_page).value() == 400
    find_question(case_page, "q-box")
    assert "shop 7" not in texts(case_page)
    find_question(case_page, "q-depot")
    qtbot.waitUntil(lambda: case_bar(case_page).value() == 400)


def test_searching_the_case(case_page, qtbot):
    window = case_page.window()
    press(window, Key.Key_Slash)
    (field,) = controls(case_page, QLineEdit)
    assert field.hasFocus()
    QTest.keyClicks(field, "SHOP 5")
    assert "1 of 11" in texts(case_page)  # shop 5, and shops 50 to 59
    before = case_bar(case_page).value()
    press(window, Key.Key_Return)
    assert "2 of 11" in texts(case_page)
    assert case_bar(case_page).value() > before
    press(window, Key.Key_Return, modifier=SHIFT)
    press(window, Key.Key_Return, modifier=SHIFT)
    assert "11 of 11" in texts(case_page)
    QTest.keyClicks(field, "x")
    assert "none" in texts(case_page)
    press(window, Key.Key_Escape)
    assert case_page.hasFocus()
    assert field.text() == ""


def test_the_splitter_stays_where_it_was_put(case_page, disk):
    window = case_page.window()
    (splitter,) = controls(case_page, QSplitter)
    splitter.moveSplitter(300, 1)
    share = splitter.sizes()[0] / sum(splitter.sizes())
    assert disk.rows("SELECT value FROM settings WHERE key = 'desk_case_share'") == [(round(share, 3),)]
    click(button(case_page, "Leave"))
    click(button(case_page.messages, "Leave"))
    press(window, Key.Key_Return)
    (again,) = window.page.findChildren(QSplitter)
    QApplication.processEvents()
    assert again.sizes()[0] / sum(again.sizes()) == pytest.approx(share, abs=0.02)


def test_the_page_of_all_questions_filters(page, window):
    find_question(page, "q-several")
    press(window, Key.Key_1, Key.Key_F, Key.Key_R)
    here = next(i for i, s in enumerate(squares(page)) if "current" in name_of(s))

    def listed():
        return [name_of(b).split(",", 1)[1].strip() for b in controls(page) if name_of(b).startswith("Go to")]

    assert len(listed()) == 6
    assert "1 answer with too few options chosen" in texts(page)
    assert "incomplete" in name_of(squares(page)[here])
    seen = sum("not seen" not in name_of(s) for s in squares(page))
    for key, count in ((Key.Key_2, 6), (Key.Key_3, 1), (Key.Key_4, 6 - seen), (Key.Key_1, 6)):
        press(window, key)
        assert len(listed()) == count
    press(window, Key.Key_3, Key.Key_Down, Key.Key_Return)
    assert question(page) == "q-several"
    assert not has_button(page, "Submit exam")


def test_a_simulation_cannot_be_paused(page, window, clocks, qtbot):
    assert not has_button(page, "Pause")
    press(window, Key.Key_P)
    clocks.go_on(30)
    qtbot.waitUntil(lambda: "0:09:30 left" in texts(page))


def test_a_pause_hides_the_question(study, window, clocks, disk):
    id_ = question(study)
    clocks.go_on(10)
    press(window, Key.Key_P)
    assert "Paused" in texts(study)
    assert id_ not in texts(study)
    clocks.go_on(500)
    press(window, Key.Key_1, Key.Key_F, Key.Key_Right, Key.Key_R, Key.Key_N)
    assert disk.chosen() == {}
    assert disk.flagged() == set()
    press(window, Key.Key_Return)
    assert question(study) == id_
    clocks.go_on(5)
    press_number(window, 0)
    press(window, Key.Key_Return, Key.Key_Return)
    assert disk.rows(f"SELECT seconds FROM responses WHERE question_id = '{id_}'") == [(15,)]


def test_warnings_come_at_their_time_and_leave_the_focus_where_it_is(decks, start, clocks, qtbot):
    blueprint = decks / "blueprints" / "six.yaml"
    blueprint.write_text(blueprint.read_text(encoding="utf-8").replace("minutes: 10", "minutes: 60"), encoding="utf-8")
    window = start().window
    press(window, Key.Key_Return, Key.Key_Return)
    page = window.page
    rows(page)[1].setFocus()
    clocks.go_on(29 * 60)
    with qtbot.waitSignal(page._vm.ticked):
        pass
    assert "time" not in page.messages.texts()
    clocks.go_on(60)
    qtbot.waitUntil(lambda: page.messages.texts().get("time") == "30 minutes left.")
    assert "20 min behind" in texts(page)
    clocks.go_on(60)
    qtbot.waitUntil(lambda: "time" not in page.messages.texts())
    clocks.go_on(24 * 60)
    qtbot.waitUntil(lambda: page.messages.texts().get("time") == "5 minutes left.")
    assert rows(page)[1].hasFocus()
    click(button(page.messages, "Close"))
    clocks.go_on(30)
    with qtbot.waitSignal(page._vm.ticked):
        pass
    assert "time" not in page.messages.texts()


def test_the_pace_against_the_clock(page, window, clocks, qtbot):
    assert "on pace" in texts(page)
    press(window, Key.Key_1, Key.Key_Right, Key.Key_1, Key.Key_Right)
    qtbot.waitUntil(lambda: "3 min ahead" in texts(page))
    clocks.go_on(7 * 60)
    qtbot.waitUntil(lambda: "2 min behind" in texts(page))
    press(window, Key.Key_H)
    assert "behind" not in texts(page)


def test_a_hidden_clock_stays_hidden_the_next_time(page, window, begin_exam):
    press(window, Key.Key_H)
    click(button(page, "Leave"))
    click(button(page.messages, "Leave"))
    press(window, Key.Key_Return)
    QApplication.processEvents()
    assert " left" not in texts(window.page)
    assert has_button(window.page, "Show clock")


def test_the_sidebar_s_keys_ask_before_they_leave_the_desk(page, window):
    press(window, Key.Key_1, modifier=Qt.KeyboardModifier.ControlModifier)
    assert window.page is page
    assert "The clock runs on while you are away." in page.messages.texts()["leave"]


def test_what_is_not_saved_is_named_and_kept(page, window, disk, data, qtbot):
    find_question(page, "q-box")
    number = next(i for i, s in enumerate(squares(page), start=1) if "current" in name_of(s))
    other = sqlite3.connect(data / "studyapp.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    press(window, Key.Key_2)
    press(window, Key.Key_C, modifier=SHIFT)
    bar = page.messages.texts()["unsaved"]
    assert f"your answer to question and the strike-out in question {number}" in bar or f"question {number}" in bar
    retry = button(page.messages, "Try again")
    retry.setFocus()
    # The heartbeat tries again, and does not take the bar away to do so.
    qtbot.wait(2600)
    assert button(page.messages, "Try again") is retry
    assert retry.hasFocus()
    other.rollback()
    other.close()
    qtbot.waitUntil(lambda: not page.messages.texts(), timeout=5000)
    assert disk.chosen() == {"q-box": {1}}
    assert saved(disk, "struck", page) == 0b100


def test_time_that_cannot_be_saved_is_told_and_settled(page, data, qtbot):
    other = sqlite3.connect(data / "studyapp.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    qtbot.waitUntil(lambda: "the time used" in page.messages.texts().get("unsaved", ""), timeout=5000)
    other.rollback()
    other.close()
    qtbot.waitUntil(lambda: not page.messages.texts(), timeout=5000)


def test_a_second_window_says_so(start, begin_exam, data):
    begin_exam()
    second = start(data, ready=False)
    assert "Another studyapp window uses the data folder" in second.window.messages.texts()["folder"]


@pytest.mark.skipif(sys.platform != "linux", reason="scan codes differ from system to system")
def test_the_keys_of_the_digits_on_a_french_keyboard(page, window):
    def type_where_the_2_lies(modifier, key, text):
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(page, QKeyEvent(kind, key, modifier, 11, 0, 0, text))

    find_question(page, "q-box")
    type_where_the_2_lies(Qt.KeyboardModifier.NoModifier, Key.Key_Eacute, "é")
    assert rows(page)[1].isChecked()
    type_where_the_2_lies(SHIFT, Key.Key_2, "2")
    assert not rows(page)[1].isChecked()


def test_images_beside_the_deck_and_its_case_are_shown(start, decks):
    QImage(40, 400, QImage.Format.Format_RGB32).save(str(decks / "box.png"))
    QImage(40, 300, QImage.Format.Format_RGB32).save(str(decks / "cases" / "hall.png"))
    deck = decks / "depot.yaml"
    text = deck.read_text(encoding="utf-8").replace("What does q-depot ask for?", "![A box](box.png) What is it?")
    deck.write_text(text, encoding="utf-8")
    (decks / "cases" / "depot.yaml").write_text("case: depot\ntitle: The depot\ntext: '![The hall](hall.png)'\n")
    window = start().window
    click(button(window, "Practice exam"))
    press(window, Key.Key_Return)
    while not has_case(window.page):
        press(window, Key.Key_Right)
    (stem,) = controls(window.page, StemText)
    assert stem.height() >= 400
    (case,) = [t for t in controls(window.page, ReadingText) if t.accessibleName() == "Case study"]
    assert case.height() >= 300


def has_case(page):
    return any(text.accessibleName() == "Case study" for text in controls(page, ReadingText))
