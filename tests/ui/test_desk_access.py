"""The desk for everyone: by keyboard alone, for a screen reader, with large text."""

from types import SimpleNamespace

import pytest
from hands import (
    Key,
    accessible,
    button,
    click,
    controls,
    find_question,
    name_of,
    nameless,
    press,
    press_number,
    right,
    rows,
    squares,
    texts,
)
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel

from studyapp.ui.exam import desk_page
from studyapp.ui.exam.desk_page import KEYS
from studyapp.ui.exam.desk_top import _Title
from studyapp.ui.widgets.stem import StemText

SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def page(begin_exam):
    return begin_exam()


def test_a_whole_exam_with_every_tool_by_keyboard_alone(start, disk, qtbot):
    window = start().window
    press(window, Key.Key_Return, Key.Key_Return)
    page = window.page
    for place in range(6):
        assert f"{place + 1} of 6" in texts(page)
        key = right(page)
        for index in key:
            press_number(window, index)
        if place == 0:
            (stem,) = controls(page, StemText)
            while not stem.hasFocus():
                press(window, Key.Key_Tab)
            press(window, *[Key.Key_Right] * 4, modifier=SHIFT)
            press(window, Key.Key_L, Key.Key_F)
            spare = next(i for i in range(len(rows(page))) if i not in key)
            press(window, Key(Key.Key_A + spare), modifier=SHIFT)
            press(window, Key.Key_T, Key.Key_N)
            QTest.keyClicks(QApplication.focusWidget(), "seen at work")
            press(window, Key.Key_Escape)
        press(window, Key.Key_Space)
    # All questions: back to the flagged one, and change the mind about how sure.
    press(window, Key.Key_3, Key.Key_Down, Key.Key_Return)
    assert "1 of 6" in texts(page)
    press(window, Key.Key_Y, Key.Key_R, Key.Key_Return)
    assert "6 of 6" in texts(window.page)
    assert disk.rows("SELECT confidence, note, highlights, struck <> 0, flagged FROM responses WHERE position = 0") == [
        ("sure", "seen at work", "[[0,4]]", 1, 1)
    ]
    assert disk.rows("SELECT count(*) FROM responses WHERE first_chosen = chosen AND correct = 1") == [(6,)]


def test_every_control_of_the_desk_has_a_name(page, window):
    find_question(page, "q-depot")
    press(window, Key.Key_N)
    assert not nameless(page)
    press(window, Key.Key_Escape, Key.Key_Escape)
    assert not nameless(page)
    press(window, Key.Key_R)
    assert not nameless(page)


def test_the_desk_in_the_words_of_a_screen_reader(page, window):
    find_question(page, "q-box")
    press(window, Key.Key_2)
    press(window, Key.Key_C, modifier=SHIFT)
    names = [i.text(QAccessible.Text.Name) for i in accessible(page)]
    options = {i.text(QAccessible.Text.Name)[0]: i for i in accessible(page) if i.object() in rows(page)}
    assert options["B"].state().checked
    assert not options["A"].state().checked
    assert options["C"].text(QAccessible.Text.Name).endswith("struck out")
    assert "Time left: 0:10:00" in names
    assert any(name.startswith("Question") and name.endswith(", answered, current") for name in names)


def test_the_question_is_announced_when_it_changes(page, window, monkeypatch):
    said = []

    listener = SimpleNamespace(updateAccessibility=lambda event: said.append(event.message()))
    monkeypatch.setattr(desk_page, "QAccessible", listener)
    press(window, Key.Key_Right)
    assert said[-1].startswith("Question 2 of 6. What does q-")
    assert page.accessibleName() == said[-1]
    press(window, Key.Key_F)
    assert len(said) == 1
    press(window, Key.Key_R)
    assert said[-1] == "All questions, before submitting"
    press(window, Key.Key_Escape, Key.Key_Escape)
    assert "The clock runs on" in said[-1]
    press(window, Key.Key_Right)
    assert page.hasFocus()


def clipped(page):
    """The texts that do not fit, or lie out of the window to the side."""
    window = page.window()
    found = []
    for widget in [*controls(page, QLabel), *controls(page, QAbstractButton)]:
        wraps = isinstance(widget, QLabel) and widget.wordWrap()
        needed = widget.sizeHint().width() if not wraps and not isinstance(widget, _Title) else 0
        left = widget.mapTo(window, widget.rect().topLeft()).x()
        if widget.width() < needed or left < 0 or left + widget.width() > window.width():
            found.append((name_of(widget), widget.width(), needed, left))
        elif isinstance(widget, QLabel) and wraps and widget.height() < widget.heightForWidth(widget.width()):
            found.append((name_of(widget), widget.height(), widget.heightForWidth(widget.width())))
    return found


@pytest.mark.parametrize("percent", [100, 200])
def test_nothing_is_clipped_with_large_text(page, app, window, clocks, qtbot, percent):
    app.theme.set_percent(percent)
    window.resize(1280, 720)
    find_question(page, "q-depot")
    press(window, Key.Key_1, Key.Key_N, Key.Key_Escape)
    clocks.go_on(400)
    qtbot.waitUntil(lambda: "behind" in texts(page))
    QApplication.processEvents()
    assert (window.width(), window.height()) == (1280, 720)
    assert not clipped(page)
    for square in squares(page):
        click(square)
        QApplication.processEvents()
        assert not clipped(page)
    press(window, Key.Key_R)
    QApplication.processEvents()
    assert not clipped(page)
    assert (window.width(), window.height()) == (1280, 720)


@pytest.mark.parametrize("percent", [100, 200])
def test_nothing_is_clipped_in_study_and_in_a_pause(app, window, go, percent):
    click(button(go("Progress"), "Drill Keeping things"))
    page = window.page
    app.theme.set_percent(percent)
    window.resize(1280, 720)
    find_question(page, "q-depot")
    press(window, Key.Key_1, Key.Key_Return)
    QApplication.processEvents()
    assert not clipped(page)
    press(window, Key.Key_P)
    QApplication.processEvents()
    assert not clipped(page)
    assert (window.width(), window.height()) == (1280, 720)


def test_the_keys_are_told(page, window):
    press(window, Key.Key_Question)
    (dialog,) = [w for w in QApplication.topLevelWidgets() if w.isVisible() and w is not window]
    shown = texts(dialog)
    for key, what in KEYS:
        assert key in shown
        assert what in shown
    dialog.close()
