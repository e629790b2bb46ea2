"""The two questions of the first start: answered, skipped or left standing, and never in the way."""

from datetime import timedelta

import pytest
from hands import Key, button, click, controls, has_button, press, texts
from PySide6.QtWidgets import QApplication, QDateEdit
from small_decks import THREE

from studyapp.store import open_store

WHICH = "Which exam are you preparing for?"


@pytest.fixture
def decks(decks):
    """With a second exam to choose."""
    other = THREE.replace("Small exam", "Smaller exam")
    (decks / "blueprints" / "three.yaml").write_text(other, encoding="utf-8")
    return decks


def settings(disk):
    return dict(disk.rows("SELECT key, value FROM settings"))


def test_the_exam_and_the_day_are_asked_and_kept(start, disk, clocks):
    app = start()
    page = app.window.page
    assert WHICH in texts(page)
    click(button(page, "Smaller exam"))
    assert "When is your exam, Smaller exam?" in texts(page)
    # The plan below it is for that exam at once: its pass mark is another one.
    assert "The pass mark of 60 % is an assumption." in texts(page)
    (day,) = controls(page, QDateEdit)
    assert day.hasFocus()
    assert day.date().toPython() == clocks.now().astimezone().date() + timedelta(days=30)
    click(button(page, "Set the day"))
    assert "Welcome" not in texts(page)
    assert "30 days to the exam" in texts(page)
    assert settings(disk)["blueprint"] == '"three"'
    click(button(app.window, "Practice exam"))
    assert "3 questions in 5 minutes" in texts(app.window.page)
    start.stop(app)
    assert "Welcome" not in texts(start().window.page)


def test_it_goes_by_the_keys_alone(start, disk):
    app = start()
    window = app.window
    press(window, Key.Key_2)
    assert "2 of 2" in texts(window.page)
    press(window, Key.Key_Return)
    assert "Welcome" not in texts(window.page)
    assert "30 days to the exam" in texts(window.page)
    assert settings(disk)["blueprint"] == '"three"'
    # What the keys meant to the welcome they mean no longer.
    press(window, Key.Key_1, Key.Key_Escape)
    assert settings(disk)["blueprint"] == '"three"'
    press(window, Key.Key_Return)
    assert has_button(window.page, "Start exam")


def test_a_button_of_it_that_has_the_focus_is_what_enter_does(start):
    window = start().window
    press(window, Key.Key_1)
    button(window.page, "Choose the exam again").setFocus()
    press(window, Key.Key_Return)
    assert WHICH in texts(window.page)
    button(window.page, "Skip the welcome").setFocus()
    press(window, Key.Key_Return)
    assert "Welcome" not in texts(window.page)


@pytest.mark.parametrize("keys", [(Key.Key_Escape,), (Key.Key_1, Key.Key_Escape)], ids=["at once", "half way"])
def test_it_can_be_skipped_and_does_not_come_again(start, keys):
    app = start()
    press(app.window, *keys)
    assert "Welcome" not in texts(app.window.page)
    assert "to the exam" not in texts(app.window.page)
    assert QApplication.focusWidget() is app.window.page
    start.stop(app)
    assert "Welcome" not in texts(start().window.page)


def test_today_can_be_used_while_it_stands_there(start):
    window = start().window
    press(window, Key.Key_Return)
    assert has_button(window.page, "Start exam")
    click(button(window, "Today"))
    assert WHICH in texts(window.page)


def test_who_has_settings_or_a_history_is_not_welcomed(start, data):
    with open_store(data) as store:
        store.settings.set("theme", "dark")
    assert WHICH not in texts(start().window.page)


def test_without_an_exam_there_is_nothing_to_ask(start, decks):
    for path in (decks / "blueprints").iterdir():
        path.unlink()
    assert "Welcome" not in texts(start().window.page)


def test_who_saves_nothing_is_not_welcomed(start, tmp_path):
    (tmp_path / "file").touch()
    app = start(tmp_path / "file" / "data", ready=False)
    click(button(app.window.messages, "Go on without saving"))
    assert WHICH not in texts(app.window.page)


def test_the_shipped_exams_begin_with_what_is_reported_or_published(start, shipped_decks, disk):
    app = start(files=[shipped_decks])
    press(app.window, Key.Key_2)
    assert "When is your exam, Professional Machine Learning Engineer?" in texts(app.window.page)
    assert settings(disk) == {"blueprint": '"pmle-published"'}
    click(button(app.window.page, "Choose the exam again"))
    press(app.window, Key.Key_1)
    assert settings(disk) == {"blueprint": '"pde-reported-count"'}
