"""Choosing an exam, the decks, the settings, and getting about."""

from datetime import timedelta

import pytest
from hands import Key, button, click, controls, has_button, press, texts
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QDateEdit, QDialog, QListWidget, QSpinBox
from small_decks import SHORT

CTRL = Qt.KeyboardModifier.ControlModifier


def test_what_an_exam_will_be_stands_there_before_it_starts(go):
    shown = texts(go("Practice exam"))
    for text in ("The whole of it", "Reported by a candidate", "6 questions in 10 minutes", "Counted on one hand"):
        assert text in shown
    for text in ("Keeping", "4 questions", "of 4", "Moving", "2 questions", "an assumption", "The clock does not stop"):
        assert text in shown


def choose(page, window, title):
    (choices,) = controls(page, QListWidget)
    (item,) = choices.findItems(title, Qt.MatchFlag.MatchExactly)
    place = choices.visualItemRect(item).center()
    QTest.mouseClick(choices.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QApplication.processEvents()


def test_another_exam_is_shown_started_and_remembered(start, disk):
    app = start()
    press(app.window, Key.Key_Return)
    page = app.window.page
    choose(page, app.window, "A part of it")
    assert "3 questions in 5 minutes" in texts(page)
    assert "Derived from the notes, not reported" in texts(page)
    assert "1 of 3" not in texts(app.window.page)
    start.stop(app)
    window = start().window
    press(window, Key.Key_Return)
    assert "3 questions in 5 minutes" in texts(window.page)
    press(window, Key.Key_Up)
    assert "6 questions in 10 minutes" in texts(window.page)
    press(window, Key.Key_Down, Key.Key_Return)
    assert "1 of 3" in texts(window.page)
    assert disk.rows("SELECT blueprint_id FROM attempts") == [("three",)]


def test_the_pass_mark_is_remembered_for_each_exam(start, disk):
    app = start()
    press(app.window, Key.Key_Return)
    page = app.window.page
    (mark,) = controls(page, QSpinBox)
    assert mark.value() == 70
    click(mark)
    mark.selectAll()
    press(app.window, Key.Key_8, Key.Key_5, Key.Key_Tab)
    choose(page, app.window, "A part of it")
    assert mark.value() == 60
    start.stop(app)
    window = start().window
    press(window, Key.Key_Return)
    choose(window.page, window, "The whole of it")
    assert controls(window.page, QSpinBox)[0].value() == 85
    click(button(window.page, "Start exam"))
    press(window, Key.Key_R, Key.Key_Return)
    assert "Below the pass mark of 85 %" in texts(window.page)


def test_an_exam_that_the_decks_cannot_fill_says_so_and_offers_others(start, decks):
    (decks / "blueprints" / "zz-short.yaml").write_text(SHORT, encoding="utf-8")
    window = start().window
    press(window, Key.Key_Return)
    choose(window.page, window, "More than there is")
    assert "only 2 in the decks" in texts(window.page)
    click(button(window.page, "Start exam"))
    assert "cannot fill “More than there is”: Moving (2 of 3)." in window.messages.texts()["short"]
    click(button(window.messages, "Start with others"))
    assert "1 of 6" in texts(window.page)
    assert not window.messages.texts()


def test_a_running_exam_is_resumed_from_the_exam_page(begin_exam, window, go):
    page = begin_exam()
    press(window, Key.Key_Return, Key.Key_Escape)
    click(button(page.messages, "Leave"))
    click(button(go("Practice exam"), "Resume the running exam"))
    assert "2 of 6" in texts(window.page)


def pick(window, box, text):
    """Choose an entry of a list that folds out, with the keys."""
    box.setFocus()
    press(window, Key.Key_Home)
    for _ in range(box.findText(text)):
        press(window, Key.Key_Down)
    assert box.currentText() == text


def combo(page, name):
    return next(box for box in controls(page, QComboBox) if box.accessibleName() == name)


def test_theme_and_reading_size_are_remembered(start):
    app = start()
    click(button(app.window, "Settings"))
    page = app.window.page
    light = app.theme.colours
    pick(app.window, combo(page, "Light or dark"), "Dark")
    assert app.theme.colours != light
    pick(app.window, combo(page, "Reading size"), "125 %")
    assert app.theme.type.base == 16
    assert QApplication.font().pixelSize() == 16
    dark = app.theme.colours
    start.stop(app)
    app = start()
    assert app.theme.colours == dark
    assert app.theme.percent == 125
    click(button(app.window, "Settings"))
    assert combo(app.window.page, "Light or dark").currentText() == "Dark"
    assert combo(app.window.page, "Reading size").currentText() == "125 %"


def test_larger_and_smaller_text_by_key(app, window, begin_exam):
    press(window, Key.Key_Plus, modifier=CTRL)
    assert app.theme.percent == 110
    begin_exam()
    press(window, Key.Key_Minus, Key.Key_Minus, modifier=CTRL)
    assert app.theme.percent == 90


def test_the_settings_say_where_the_data_is(go, data):
    assert str(data) in texts(go("Settings"))


NAMES = ["Today", "Practice exam", "Flashcards", "Progress", "Decks", "Settings"]


def test_every_page_has_a_key_and_the_sidebar_tells_where_one_is(window):
    for i, name in enumerate(NAMES):
        press(window, Key(Key.Key_1 + i), modifier=CTRL)
        assert [n for n in NAMES if button(window, n).isChecked()] == [name]
        assert texts(window.page)


# The offscreen plugin says so of every window that has a smallest size.
@pytest.mark.qt_log_ignore("does not support propagateSizeHints", extend=True)
@pytest.mark.parametrize("name", [*NAMES, "desk"])
def test_the_question_mark_shows_the_keys_on_every_page(window, go, begin_exam, name, qtbot):
    if name == "desk":
        begin_exam()
    else:
        go(name)
    press(window, Key.Key_Question)
    (dialog,) = [d for d in window.findChildren(QDialog) if d.isVisible()]
    shown = texts(dialog)
    assert "Everywhere" in shown
    assert "On this page" in shown
    QTest.keyClick(dialog, Key.Key_Escape)
    qtbot.waitUntil(lambda: not dialog.isVisible())


@pytest.mark.parametrize("name", NAMES)
def test_showing_a_page_twice_changes_nothing(window, go, name):
    page = go(name)
    before = sorted(texts(page).splitlines())
    focus = QApplication.focusWidget()
    go(name)
    QApplication.processEvents()
    assert window.page is page
    assert sorted(texts(page).splitlines()) == before
    assert QApplication.focusWidget() is focus


def test_the_shipped_decks_open_and_their_default_exam_starts(start, shipped_decks):
    app = start(files=[shipped_decks])
    assert not app.window.messages.texts()
    assert len(app.workspace.bank.questions) >= 100
    assert len(app.workspace.bank.cards) >= 150
    press(app.window, Key.Key_Return, Key.Key_Return)
    assert "1 of 50" in texts(app.window.page)
    assert "2:00:00 left" in texts(app.window.page)
    press(app.window, Key.Key_1, Key.Key_R, Key.Key_Return)
    assert has_button(app.window.page, "Study")


def test_the_exam_day_and_how_answers_are_weighed_are_settings(app, go, clocks):
    page = go("Settings")
    click(button(page, "Set the day"))
    day = page.findChild(QDateEdit)
    assert day.isVisible()
    assert day.date().toPython() == clocks.at.astimezone().date() + timedelta(days=30)
    day.setDate(day.date().addDays(4))
    assert "34 days to the exam" in texts(go("Today"))
    page = go("Settings")
    half_life = next(box for box in page.findChildren(QComboBox) if "half" in box.accessibleName())
    assert half_life.currentText() == "21 days"
    half_life.activated.emit(half_life.findText("60 days"))
    assert half_life.currentText() == "60 days"
    assert app.workspace.store.settings.get("half_life") == 60
    click(button(page, "No day"))
    assert "to the exam" not in texts(go("Today"))
