"""Backups are put back from Settings, and a damaged database is no dead end; nothing is deleted on the way."""

import os
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from hands import Key, button, click, controls, has_button, name_of, press, texts
from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices

from studyapp.core.attempt import Mode
from studyapp.core.errors import DamagedDatabaseError
from studyapp.core.form import Form
from studyapp.store import daily_backup, open_store
from studyapp.ui.rescue.page import RescuePage
from studyapp.ui.rescue.view_model import RescueViewModel
from studyapp.ui.start import report_bugs

TORN = b"no database at all " * 500


@pytest.fixture
def three_days(data, clocks):
    """A folder with a daily backup of each of three days, and one attempt more since."""
    with open_store(data) as store:
        for day in range(4):
            store.attempts.create(Form("six", f"Exam {day}", 1, 10, 0.7, ()), Mode.STUDY, clocks.now())
            if day < 3:
                at = clocks.now() - timedelta(days=4 - day)
                os.utime(daily_backup(store, at), (at.timestamp(),) * 2)


def names(folder: Path):
    return sorted(path.name for path in folder.iterdir() if path.suffix != ".lock")


def restore_buttons(page):
    return [b for b in controls(page) if name_of(b).startswith("Restore the backup")]


def test_a_backup_is_restored_and_the_window_opens_again(start, data, three_days, disk):
    app = start()
    click(button(app.window, "Settings"))
    page = app.window.page
    shown = texts(page)
    for attempts in ("1 attempt, 0 reviews", "2 attempts, 0 reviews", "3 attempts, 0 reviews"):
        assert attempts in shown
    click(restore_buttons(page)[1])
    assert "What is there now is backed up first" in app.window.messages.texts()["restore"]
    assert len(disk.rows("SELECT 1 FROM attempts")) == 4
    click(button(app.window.messages, "Restore this backup"))
    assert app.reopening
    assert not app.window.isVisible()
    start.stop(app)
    assert len(disk.rows("SELECT 1 FROM attempts")) == 2
    app = start()
    click(button(app.window, "Settings"))
    assert "4 attempts, 0 reviews" in texts(app.window.page)
    assert "before a restore" in texts(app.window.page)


def test_a_restore_can_be_left(start, three_days, disk):
    app = start()
    click(button(app.window, "Settings"))
    click(restore_buttons(app.window.page)[0])
    click(button(app.window.messages, "Close"))
    assert not app.window.messages.texts()
    assert not app.reopening
    assert len(disk.rows("SELECT 1 FROM attempts")) == 4


def test_a_restore_that_fails_says_so_and_the_program_goes_on(start, data, three_days, disk):
    app = start()
    click(button(app.window, "Settings"))
    (newest, *_) = sorted((data / "backups").iterdir(), reverse=True)
    content = newest.read_bytes()
    newest.write_bytes(content[: len(content) // 2])
    click(restore_buttons(app.window.page)[0])
    click(button(app.window.messages, "Restore this backup"))
    assert "is damaged. Nothing was changed. Choose another one." in app.window.messages.texts()["restore"]
    assert not app.reopening
    click(button(app.window, "Today"))
    assert len(disk.rows("SELECT 1 FROM attempts")) == 4


@pytest.mark.parametrize("fails", [True, False])
def test_what_was_deleted_can_be_taken_back_until_a_restore_has_succeeded(start, data, three_days, disk, fails):
    """And what then goes is the history of now: of the backup, nothing was deleted."""
    app = start()
    click(button(app.window, "Practice exam"))
    click(button(app.window.page, "All exams (4)"))
    press(app.window, Key.Key_End, Key.Key_Delete)
    click(button(app.window.messages, "Delete"))
    assert "1 exam deleted" in app.window.messages.texts()["deleted"]
    click(button(app.window, "Settings"))
    newest = max((data / "backups").glob("studyapp-2*"))
    if fails:
        newest.write_bytes(newest.read_bytes()[:5000])
    click(restore_buttons(app.window.page)[0])
    click(button(app.window.messages, "Restore this backup"))
    assert app.reopening is not fails
    if fails:
        assert "is damaged" in app.window.messages.texts()["restore"]
        click(button(app.window.messages, "Undo"))
    start.stop(app)
    assert len(disk.rows("SELECT 1 FROM attempts")) == (4 if fails else 3)


class Opener(QObject):
    """Takes the folders that are to be opened, as the system would."""

    def __init__(self):
        super().__init__()
        self.opened = []

    @Slot(QUrl)
    def take(self, url):
        self.opened.append(Path(url.toLocalFile()))


def test_the_data_folder_is_opened(start, data):
    window = start().window
    click(button(window, "Settings"))
    opener = Opener()
    QDesktopServices.setUrlHandler("file", opener, "take")
    try:
        click(button(window.page, "Open the data folder"))
    finally:
        QDesktopServices.unsetUrlHandler("file")
    assert opener.opened == [data]
    assert not window.messages.texts()


def test_more_backups_than_are_shown_fold_out(start, data, clocks):
    with open_store(data) as store:
        for day in range(7):
            at = clocks.now() - timedelta(days=9 - day)
            os.utime(daily_backup(store, at), (at.timestamp(),) * 2)
    app = start()
    click(button(app.window, "Settings"))
    assert len(restore_buttons(app.window.page)) == 4
    click(button(app.window.page, "Show all 7"))
    assert len(restore_buttons(app.window.page)) == 7
    click(button(app.window.page, "Show the newest only"))
    assert len(restore_buttons(app.window.page)) == 4


def test_a_damaged_database_is_left_as_it_is_until_one_chooses(start, data):
    data.mkdir()
    (data / "studyapp.db").write_bytes(TORN)
    app = start(ready=False)
    shown = texts(app.window.page)
    assert "Your study history is damaged" in shown
    assert "is not a database, or is damaged" in shown
    assert "There is no good backup" in shown
    click(button(app.window, "Progress"))
    start.stop(app)
    assert names(data) == ["studyapp.db"]
    assert (data / "studyapp.db").read_bytes() == TORN


def test_the_newest_good_backup_takes_the_place_of_a_damaged_database(start, data, three_days, disk, qtbot):
    (data / "studyapp.db").write_bytes(TORN)
    (newest, *_) = sorted((data / "backups").iterdir(), reverse=True)
    newest.write_bytes(TORN)
    app = start(ready=False)
    assert "It holds 2 attempts, 0 reviews. What you did after that is not in it." in texts(app.window.page)
    with qtbot.waitSignal(app.ready):
        press(app.window, Key.Key_Return)
    assert len(disk.rows("SELECT 1 FROM attempts")) == 2
    assert "The damaged file is kept in the data folder as studyapp.damaged-" in app.window.messages.texts()["aside"]
    assert [path.read_bytes() for path in data.glob("studyapp.damaged-*.db")] == [TORN]
    assert "Good " in texts(app.window.page)


def test_the_window_is_there_while_the_backups_are_checked(start, data, three_days, qtbot):
    (data / "studyapp.db").write_bytes(TORN)
    app = start(ready=False)
    view_model = RescueViewModel(data, DamagedDatabaseError("It is damaged.", "Wait."), app._jobs)
    page = RescuePage(view_model, app.theme)
    qtbot.addWidget(page)
    page.show()
    assert "Looking for the newest good backup…" in texts(page)
    assert not has_button(page, "Start with an empty history")
    view_model.take_backup()
    assert (data / "studyapp.db").read_bytes() == TORN
    with qtbot.waitSignal(view_model.changed):
        pass
    assert has_button(page, "Go back to this backup")


def test_starting_with_an_empty_history(start, data, three_days, disk, qtbot):
    (data / "studyapp.db").write_bytes(TORN)
    app = start(ready=False)
    with qtbot.waitSignal(app.ready):
        click(button(app.window.page, "Start with an empty history"))
    assert disk.rows("SELECT 1 FROM attempts") == []
    assert len(list(data.glob("studyapp.damaged-*.db"))) == 1
    assert len(list((data / "backups").iterdir())) == 3


def test_a_damaged_database_can_wait(start, data, three_days):
    (data / "studyapp.db").write_bytes(TORN)
    app = start(ready=False)
    click(button(app.window.page, "Go on without saving"))
    assert "Nothing you do now is kept" in app.window.messages.texts()["unsaved folder"]
    click(button(app.window, "Practice exam"))
    assert has_button(app.window.page, "Start exam")
    start.stop(app)
    assert (data / "studyapp.db").read_bytes() == TORN


def test_a_rescue_that_fails_says_so_and_can_be_tried_again(start, data, three_days, qtbot, disk):
    (data / "studyapp.db").write_bytes(TORN)
    app = start(ready=False)
    part = data / "studyapp.db.part"
    part.mkdir()
    (part / "in the way").touch()
    press(app.window, Key.Key_Return)
    assert "could not be written" in texts(app.window.page)
    assert (data / "studyapp.db").read_bytes() == TORN
    (part / "in the way").unlink()
    part.rmdir()
    with qtbot.waitSignal(app.ready):
        press(app.window, Key.Key_Return)
    assert len(disk.rows("SELECT 1 FROM attempts")) == 3


def test_damage_that_is_found_later_is_offered_the_same_way(start, data, three_days, clocks, qtbot, disk):
    app = start()
    click(button(app.window, "Settings"))
    # Every page but the first: what was read already stays in SQLite's memory.
    path = data / "studyapp.db"
    app.workspace.store.database.raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    path.write_bytes(path.read_bytes()[:4096] + b"\x5a" * (path.stat().st_size - 4096))
    app.workspace.store.database.raw.execute("PRAGMA shrink_memory")
    before, sys.excepthook = sys.excepthook, report_bugs(app.window)
    try:
        click(button(app.window, "Practice exam"))
    finally:
        sys.excepthook = before
    qtbot.waitUntil(lambda: list(app.window.messages.texts()) == ["damaged"])
    click(button(app.window.messages, "Open it again"))
    assert app.reopening
    start.stop(app)
    app = start(ready=False)
    assert "Your study history is damaged" in texts(app.window.page)
    with qtbot.waitSignal(app.ready):
        press(app.window, Key.Key_Return)
    assert len(disk.rows("SELECT 1 FROM attempts")) == 3


@pytest.mark.parametrize("table", ["settings", "attempts", "memories", "days"])
def test_damage_in_what_is_read_first(start, data, three_days, disk, qtbot, table):
    """The file opens, and one of its tables does not: at the latest the second window offers the backup."""
    ((page,),) = disk.rows(f"SELECT rootpage FROM sqlite_master WHERE name = '{table}'")
    with (data / "studyapp.db").open("r+b") as file:
        file.seek((page - 1) * 4096)
        file.write(b"\x5a" * 4096)
    app = start(wait=False)
    qtbot.waitUntil(lambda: "damaged" in texts(app.window), timeout=10_000)
    if has_button(app.window, "Open it again"):
        click(button(app.window, "Open it again"))
        start.stop(app)
        app = start(ready=False)
    with qtbot.waitSignal(app.ready):
        click(button(app.window.page, "Go back to this backup"))
    assert len(disk.rows("SELECT 1 FROM attempts")) == 3


def test_damage_that_the_daily_backup_finds(start, data, three_days, disk, qtbot):
    """In a table that nothing read: the copy is checked before it is kept."""
    app = start()
    ((page,),) = disk.rows("SELECT rootpage FROM sqlite_master WHERE name = 'reported_items'")
    app.workspace.store.database.raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with (data / "studyapp.db").open("r+b") as file:
        file.seek((page - 1) * 4096)
        file.write(b"\x5a" * 4096)
    before, sys.excepthook = sys.excepthook, report_bugs(app.window)
    try:
        app._backup.timeout.emit()
        qtbot.waitUntil(lambda: list(app.window.messages.texts()) == ["damaged"])
    finally:
        sys.excepthook = before
    assert len(list((data / "backups").iterdir())) == 3
    click(button(app.window.messages, "Open it again"))
    start.stop(app)
    assert "Your study history is damaged" in texts(start(ready=False).window.page)
