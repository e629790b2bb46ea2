"""The Practice exam page: its modes, custom exams and presets, and sitting an exam again from its results."""

import sqlite3

import pytest
from hands import Key, button, click, find_question, has_button, press, press_number, question, right, texts, wrong
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLineEdit

from studyapp.ui.exam.setup_areas import AreaTree
from studyapp.ui.exam.setup_controls import NumberBox


def tick(page, name):
    (box,) = (b for b in page.findChildren(QCheckBox) if b.isVisible() and b.text().startswith(name))
    QTest.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(30, box.height() // 2))
    QApplication.processEvents()


def tick_area(page, title):
    tree = page.findChild(AreaTree)
    (item,) = tree.findItems(title, Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchRecursive)
    if item.parent():
        item.parent().setExpanded(True)
    tree.scrollToItem(item)
    tree.setFocus()
    tree.setCurrentItem(item)
    QTest.keyClick(tree, Qt.Key.Key_Space)
    QApplication.processEvents()


def number(page, name, value):
    (box,) = (b for b in page.findChildren(NumberBox) if b.accessibleName() == name)
    box.setFocus()
    box.selectAll()
    QTest.keyClicks(box, str(value))
    press(page.window(), Key.Key_Return)


@pytest.fixture
def custom(go):
    page = go("Practice exam")
    click(button(page, "Custom"))
    return page


def held(page):
    tree = page.findChild(AreaTree)
    return {tree.topLevelItem(i).text(0): int(tree.topLevelItem(i).text(1)) for i in range(tree.topLevelItemCount())}


def test_each_mode_says_what_it_does_with_the_clock_before_the_start(go, window):
    page = go("Practice exam")
    assert "6 questions in 10 minutes" in texts(page)
    assert "The clock does not stop" in texts(page)
    click(button(page, "Study"))
    assert "6 questions, no clock" in texts(page)
    assert "After each answer you see the key" in texts(page)
    tick(page, "With a clock of 10 minutes")
    assert "6 questions in 10 minutes" in texts(page)
    assert "The clock can be paused" in texts(page)
    press(window, Key.Key_M)
    assert "You see no answers until the end. No clock runs." in texts(page)
    press(window, Key.Key_M)
    assert "The clock does not stop" in texts(page)


def test_study_shows_the_key_after_each_answer(go, window, disk):
    page = go("Practice exam")
    click(button(page, "Study"))
    press(window, Key.Key_Return)
    assert "1 of 6" in texts(window.page)
    press_number(window, 0)
    if question(window.page) == "q-several":
        press_number(window, 1)
    press(window, Key.Key_Return)
    assert "Because of 0" in texts(window.page)
    assert disk.rows("SELECT mode, blueprint_id FROM attempts") == [("study", "six")]


def test_the_mode_is_remembered(start):
    app = start()
    click(button(app.window, "Practice exam"))
    click(button(app.window.page, "Custom"))
    start.stop(app)
    window = start().window
    click(button(window, "Practice exam"))
    assert window.page.findChild(AreaTree).isVisible()


def test_a_custom_exam_says_at_once_what_it_will_be(custom, window, disk):
    assert "6 questions, no clock" in texts(custom)
    assert "You asked for 20; only 6 fit." in texts(custom)
    assert held(custom) == {"Keeping things": 4, "Moving things": 2}
    tick_area(custom, "Boxes")
    assert "2 questions, no clock" in texts(custom)
    tick_area(custom, "Moving things")
    assert "4 questions, no clock" in texts(custom)
    number(custom, "Number of questions", 3)
    assert "3 questions, no clock" in texts(custom)
    assert "4 questions fit." in texts(custom)
    tick(custom, "With a clock of")
    number(custom, "Minutes", 7)
    assert "3 questions in 7 minutes" in texts(custom)
    assert "The clock stands still while you are away." in texts(custom)
    tick(custom, "Hard")
    assert "No question fits." in texts(custom)
    assert not button(custom, "Start exam").isEnabled()
    assert held(custom) == {"Keeping things": 0, "Moving things": 0}
    tick(custom, "Hard")
    click(button(custom, "Start exam"))
    assert "1 of 3" in texts(window.page)
    assert disk.rows("SELECT mode, title, questions FROM attempts") == [("custom", "Custom exam", 3)]
    asked = {q for (q,) in disk.rows("SELECT question_id FROM responses")}
    assert asked < {"q-box", "q-several", "q-cart", "q-wheel"}


def test_areas_can_be_the_strata_of_an_exam(custom, window):
    source = next(b for b in custom.findChildren(QComboBox) if b.accessibleName() == "How areas are named")
    source.setFocus()
    QTest.keyClick(source, Qt.Key.Key_Down)
    QApplication.processEvents()
    assert "The whole of it" in source.currentText()
    assert held(custom) == {"Keeping": 4, "Moving": 2}
    tick_area(custom, "Moving")
    press(window, Key.Key_Return)
    assert "1 of 2" in texts(window.page)


def test_feedback_makes_a_custom_exam_study(custom, window, disk):
    tick(custom, "Show the answer after each question")
    assert "After each answer you see the key" in texts(custom)
    press(window, Key.Key_Return)
    assert disk.rows("SELECT mode FROM attempts") == [("study",)]


def sit_wrongly(window, flag=()):
    """Answer every question on the desk wrongly but q-cart, flag some, submit."""
    for id_ in ("q-box", "q-several", "q-depot", "q-shelf", "q-cart", "q-wheel"):
        page = window.page
        find_question(page, id_)
        count = 2 if id_ == "q-several" else 1
        for index in (right if id_ == "q-cart" else wrong)(page)[:count]:
            press_number(window, index)
        if id_ in flag:
            press(window, Key.Key_F)
    press(window, Key.Key_R, Key.Key_Return)


def test_the_history_chooses(begin_exam, window, go):
    begin_exam()
    sit_wrongly(window, flag=["q-wheel"])
    page = go("Practice exam")
    click(button(page, "Custom"))
    shown = texts(page)
    for line in ("Never seen (0)", "Missed last time (5)", "Flagged last time (1)"):
        assert line in shown
    tick(page, "Flagged last time")
    assert "1 question, no clock" in texts(page)
    tick(page, "Missed last time")
    assert "5 questions, no clock" in texts(page)


def preset_box(page):
    return next(b for b in page.findChildren(QComboBox) if b.accessibleName() == "Preset")


def test_a_preset_is_kept_used_and_deleted_with_a_way_back(start):
    app = start()
    click(button(app.window, "Practice exam"))
    page = app.window.page
    click(button(page, "Custom"))
    assert not preset_box(page).isEnabled()
    tick_area(page, "Moving things")
    number(page, "Number of questions", 2)
    name = next(w for w in page.findChildren(QLineEdit) if w.accessibleName() == "Name of the preset")
    assert not button(page, "Save as preset").isEnabled()
    name.setFocus()
    QTest.keyClicks(name, "  Carts only ")
    press(app.window, Key.Key_Return)
    assert preset_box(page).currentText() == "Carts only"
    start.stop(app)

    window = start().window
    click(button(window, "Practice exam"))
    page = window.page
    assert "6 questions, no clock" in texts(page)
    box = preset_box(page)
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Down)
    QApplication.processEvents()
    assert "2 questions, no clock" in texts(page)
    click(button(page, "Delete this preset"))
    assert not preset_box(page).isEnabled()
    assert "The preset “Carts only” is deleted." in window.messages.texts()["preset"]
    click(button(window.messages, "Undo"))
    assert preset_box(page).currentText() == "Carts only"
    press(window, Key.Key_Return)
    assert "Carts only" in texts(window.page)


@pytest.fixture
def locked(data):
    """Lock the database as another program would, until ``rollback``."""
    other = sqlite3.connect(data / "studyapp.db", isolation_level=None)
    yield other
    other.close()


def test_a_preset_that_cannot_be_saved_says_so(custom, window, locked):
    locked.execute("BEGIN IMMEDIATE")
    name = next(w for w in custom.findChildren(QLineEdit) if w.accessibleName() == "Name of the preset")
    name.setFocus()
    QTest.keyClicks(name, "Mine")
    press(window, Key.Key_Return)
    assert "locked by another program" in window.messages.texts()["preset"]
    locked.rollback()
    press(window, Key.Key_Return)
    assert preset_box(custom).currentText() == "Mine"


@pytest.fixture
def results(begin_exam, window):
    begin_exam()
    sit_wrongly(window)
    return window.page


def test_what_was_missed_is_sat_again(results, window, disk):
    assert "The 5 questions you missed" in texts(results)
    click(button(results, "Start: The 5 questions you missed"))
    assert "1 of 5" in texts(window.page)
    assert not has_button(window.page, "Hide clock")
    assert disk.rows("SELECT mode, blueprint_id FROM attempts WHERE id = 2") == [("study", "retake:six")]
    again = {q for (q,) in disk.rows("SELECT question_id FROM responses WHERE attempt_id = 2")}
    assert again == {"q-box", "q-several", "q-depot", "q-shelf", "q-wheel"}


def test_the_same_form_is_sat_again(results, window, disk):
    assert "6 questions in 10 minutes. You see no answers until the end. The clock stands still" in texts(results)
    click(button(results, "Start: The same questions again"))
    assert "1 of 6" in texts(window.page)
    first, second = (
        [q for (q,) in disk.rows(f"SELECT question_id FROM responses WHERE attempt_id = {n} ORDER BY position")]
        for n in (1, 2)
    )
    assert first == second
    assert disk.rows("SELECT mode, blueprint_id FROM attempts WHERE id = 2") == [("custom", "six")]


def test_fresh_and_seen_are_told_apart_only_where_there_are_both(results, window):
    click(button(results, "Start: The same questions again"))
    press(window, Key.Key_R, Key.Key_Return)
    assert "0 of 6" in texts(window.page)
    assert "fresh questions 0 of 0" not in texts(window.page)


def test_a_fresh_form_of_the_same_exam(results, window, disk):
    click(button(results, "Start: Fresh questions of the same exam"))
    assert "1 of 6" in texts(window.page)
    assert disk.rows("SELECT mode, blueprint_id FROM attempts WHERE id = 2") == [("simulation", "six")]
