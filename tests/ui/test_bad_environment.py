"""What the learner's machine can do to the program: each is a sentence with a next step, and nothing is overwritten."""

import hashlib
import sqlite3
import sys
import tempfile
from pathlib import Path

import pytest
from hands import Key, button, click, has_button, name_of, press, texts
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QDialog

from studyapp.store import open_store
from studyapp.ui.start import report_bugs


def folder_message(app):
    return app.window.messages.texts()["folder"]


@pytest.fixture
def no_folder(tmp_path):
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    return tmp_path / "file" / "data"


def test_an_unwritable_data_folder_is_said_with_a_next_step(start, no_folder, tmp_path):
    app = start(no_folder, ready=False)
    assert f"The data folder {no_folder} cannot be used" in folder_message(app)
    assert "choose another one with --data-dir" in folder_message(app)
    assert "cannot be used" in texts(app.window.page)
    assert not has_button(app.window.messages, "Close")
    assert app.workspace is None
    # The sidebar has nothing to show yet, and says nothing wrong.
    click(button(app.window, "Progress"))
    press(app.window, Key.Key_Return)
    assert (tmp_path / "file").read_text(encoding="utf-8") == "in the way"


def test_going_on_without_saving(start, no_folder, tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    app = start(no_folder, ready=False)
    click(button(app.window.messages, "Go on without saving"))
    assert "Nothing you do now is kept" in app.window.messages.texts()["unsaved folder"]
    press(app.window, Key.Key_Return, Key.Key_Return, Key.Key_1)
    assert "1 of 6" in texts(app.window.page)
    start.stop(app)
    assert not list((tmp_path / "temporary").iterdir())


def checksums(folder: Path):
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir() if path.is_file()}


def test_a_database_of_a_newer_version_is_left_as_it_is(start, data):
    open_store(data).close()
    connection = sqlite3.connect(data / "studyapp.db")
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.commit()
    connection.close()
    before = checksums(data)
    app = start(ready=False)
    assert "was written by a later version of studyapp" in folder_message(app)
    assert "Install the newest version" in folder_message(app)
    click(button(app.window.messages, "Go on without saving"))
    press(app.window, Key.Key_Return, Key.Key_Return, Key.Key_1)
    start.stop(app)
    assert checksums(data) == before


def test_a_database_that_was_never_released_is_said(start, data):
    with open_store(data) as store:
        store.database.raw.execute("DROP TABLE reported_items")
    app = start(ready=False)
    assert "never released: it lacks reported_items" in folder_message(app)
    click(button(app.window.messages, "Go on without saving"))
    press(app.window, Key.Key_Return, Key.Key_Return, Key.Key_1)
    assert "1 of 6" in texts(app.window.page)


def test_whatever_keeps_the_database_from_opening_no_window_waits_for_ever(start, data, qtbot):
    """Not even for what no check foresees: it is reported as a bug, and one can go on."""
    with open_store(data) as store:
        store.settings.set("theme", "dark")
        store.database.raw.execute("UPDATE settings SET value = 'no JSON'")
    app = start(wait=False)
    with qtbot.captureExceptions() as told, qtbot.waitSignal(app.failed):
        app.show()
    assert [kind.__name__ for kind, *_ in told] == ["JSONDecodeError"]
    assert "Your study history could not be opened" in folder_message(app)
    assert "Loading" not in texts(app.window.page)
    open_store(data).close()
    click(button(app.window.messages, "Go on without saving"))
    press(app.window, Key.Key_Return, Key.Key_Return, Key.Key_1)
    assert "1 of 6" in texts(app.window.page)


def test_a_second_window_on_the_same_folder_says_so(start, disk, qtbot):
    first = start()
    second = start(ready=False)
    assert "Another studyapp window uses the data folder" in folder_message(second)
    assert "close it and try again" in folder_message(second)
    start.stop(second)
    first.window.activateWindow()
    qtbot.waitUntil(first.window.isActiveWindow)
    press(first.window, Key.Key_Return, Key.Key_Return, Key.Key_1)
    assert len(disk.chosen()) == 1


@pytest.mark.parametrize("wrong", ["missing", "no syllabus"])
def test_decks_that_cannot_be_read_can_be_tried_again(start, decks, tmp_path, qtbot, wrong):
    away = decks.rename(tmp_path / "away")
    if wrong == "no syllabus":
        decks.mkdir()
    app = start(ready=False)
    assert "syllabus" in app.window.messages.texts()["decks"] or "no deck folder" in texts(app.window)
    if wrong == "no syllabus":
        decks.rmdir()
    away.rename(decks)
    with qtbot.waitSignal(app.ready):
        click(button(app.window.messages, "Try again"))
    assert "Sit a first practice exam" in texts(app.window.page)
    assert not app.window.messages.texts()


def test_the_window_can_be_closed_before_the_decks_are_there(start, data, qtbot):
    app = start(wait=False)
    app.window.close()
    qtbot.wait(50)
    assert app.workspace is None
    assert not (data / "studyapp.db").exists()


def test_the_window_can_be_closed_while_the_decks_load(start, data, qtbot):
    app = start(wait=False)
    # Comes right after the loading is begun.
    app.window.painted.connect(app.window.close, Qt.ConnectionType.QueuedConnection)
    qtbot.waitUntil(lambda: not app.window.isVisible())
    qtbot.wait(50)
    assert app.workspace is None
    assert not (data / "studyapp.db").exists()


def test_a_setting_that_cannot_be_saved_is_said_and_is_no_bug(app, window, go, data):
    """What the hook for what no slot caught makes of it: a bar for what the machine did, a report for a bug."""
    page = go("Settings")
    other = sqlite3.connect(data / "studyapp.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    before, sys.excepthook = sys.excepthook, report_bugs(window)
    try:
        box = next(box for box in page.findChildren(QComboBox) if name_of(box) == "Light or dark")
        box.setFocus()
        press(window, Key.Key_Down)
    finally:
        sys.excepthook = before
        other.close()
    assert not [d for d in window.findChildren(QDialog) if d.isVisible()]
    assert any("locked by another program" in text for text in window.messages.texts().values())


@pytest.mark.qt_log_ignore("does not support propagateSizeHints", extend=True)
def test_a_bug_has_a_report_that_can_be_copied(app, window, capsys):
    try:
        raise LookupError("no such thing")
    except LookupError as error:
        report_bugs(window)(type(error), error, error.__traceback__)
    capsys.readouterr()
    (dialog,) = [d for d in window.findChildren(QDialog) if d.isVisible()]
    assert "That is a bug in studyapp" in texts(dialog)
    button(dialog, "Copy report").click()
    assert "LookupError: no such thing" in QApplication.clipboard().text()
    assert "Qt 6." in QApplication.clipboard().text()
    button(dialog, "Close").click()
    QApplication.clipboard().clear()


def test_a_backup_that_cannot_be_written_is_no_bug(app, data, qtbot):
    (data / "backups").write_text("in the way", encoding="utf-8")
    before, sys.excepthook = sys.excepthook, report_bugs(app.window)
    try:
        app._backup.timeout.emit()
        qtbot.waitUntil(lambda: any("The backup" in text for text in app.window.messages.texts().values()))
    finally:
        sys.excepthook = before
    assert not [d for d in app.window.findChildren(QDialog) if d.isVisible()]


def test_the_daily_backup_is_written(start, data, qtbot, clocks):
    app = start()
    for _ in range(2):
        # The second time it has stayed open over night.
        assert app._backup.isActive()
        app._backup.setInterval(0)
        qtbot.waitUntil(lambda: (data / "backups" / f"studyapp-{clocks.now():%Y-%m-%d}.db").exists())
        clocks.go_on(24 * 3600)
