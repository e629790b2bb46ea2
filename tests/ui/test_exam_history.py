"""All exams: searching, opening, deleting with a way back; two thousand of them."""

import sqlite3
import time
from datetime import UTC, datetime, timedelta

import pytest
from hands import Key, button, click, has_button, press, press_number, texts
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QTreeView

from studyapp.core.attempt import AttemptSummary, Mode
from studyapp.ui.exam.history_model import COLUMNS, HistoryModel
from studyapp.ui.routes import ResumeAttempt, ShowResults


@pytest.fixture
def sat(begin_exam, window, go):
    """An exam and a drill that are submitted, a custom exam that is left."""
    begin_exam()
    press_number(window, 0)
    press(window, Key.Key_R, Key.Key_Return)
    page = go("Practice exam")
    press(window, Key.Key_M)
    press(window, Key.Key_Return, Key.Key_Escape)
    click(button(window.page.messages, "Leave"))
    page = go("Practice exam")
    press(window, Key.Key_M)
    press(window, Key.Key_Return, Key.Key_R, Key.Key_Return)
    return page


@pytest.fixture
def history(sat, window, go):
    go("Practice exam")
    click(button(window.page, "All exams (3)"))
    return window.page


def table(page):
    return page.findChild(QTreeView)


def lines(page):
    model = table(page).model()
    return [[model.index(r, c).data() for c in range(len(COLUMNS))] for r in range(model.rowCount())]


def modes(page):
    return [line[2] for line in lines(page)]


def stored(disk):
    return [id_ for (id_,) in disk.rows("SELECT id FROM attempts ORDER BY id")]


def test_every_exam_is_in_the_list_the_newest_first(history):
    assert modes(history) == ["Custom", "Study", "Simulation"]
    assert [line[1] for line in lines(history)] == ["Custom exam", "The whole of it", "The whole of it"]
    assert lines(history)[1][4] == "running"
    assert lines(history)[0][3:5] == ["6", "0 %"]


def test_nothing_was_sat(go, window):
    assert not has_button(go("Practice exam"), "All exams")
    press(window, Key.Key_H)
    assert "Each exam and each drill that you sit is kept here" in texts(window.page)
    assert not button(window.page, "Open").isEnabled()
    assert not button(window.page, "Delete").isEnabled()
    press(window, Key.Key_Escape)
    assert type(window.page).__name__ == "SetupPage"


def test_a_search_looks_at_title_date_and_mode(history, window, clocks):
    press(window, Key.Key_Slash)
    search = history.findChild(QLineEdit)
    assert search.hasFocus()
    for text, found in (
        ("whole", ["Study", "Simulation"]),
        ("CUSTOM", ["Custom"]),
        (f"{clocks.at.astimezone():%Y} simul", ["Simulation"]),
        (f"{clocks.at.astimezone():%Y-%m-%d}", ["Custom", "Study", "Simulation"]),
        ("1066", []),
    ):
        search.setText(text)
        assert modes(history) == found
    assert "No exam with these words." in texts(history)
    assert not button(history, "Open").isEnabled()
    press(window, Key.Key_Escape)
    assert len(lines(history)) == 3
    press(window, Key.Key_Escape)
    assert type(window.page).__name__ == "SetupPage"


def test_a_click_on_a_title_sorts(history):
    table(history).sortByColumn(2, Qt.SortOrder.AscendingOrder)
    assert modes(history) == ["Custom", "Simulation", "Study"]
    table(history).sortByColumn(4, Qt.SortOrder.DescendingOrder)
    assert lines(history)[-1][4] == "running"


def test_an_exam_opens_in_full_and_what_runs_is_resumed(history, window):
    press(window, Key.Key_Return)
    assert "0 of 6" in texts(window.page)
    assert type(window.page).__name__ == "ResultsPage"
    press(window, Key.Key_1, modifier=Qt.KeyboardModifier.ControlModifier)
    click(button(window, "Practice exam"))
    press(window, Key.Key_H, Key.Key_Down)
    assert button(window.page, "Resume").isEnabled()
    press(window, Key.Key_Return)
    assert "1 of 6" in texts(window.page)


def delete(window, down=0):
    press(window, *[Key.Key_Down] * down, Key.Key_Delete)
    click(button(window.messages, "Delete"))


def test_deleting_asks_first(history, window, disk):
    press(window, Key.Key_Delete)
    assert "Delete “Custom exam” of" in window.messages.texts()["delete"]
    click(button(window.messages, "Close"))
    assert len(lines(history)) == 3
    assert stored(disk) == [1, 2, 3]


def test_what_is_deleted_can_be_taken_back_until_its_message_is_closed(history, window, go, disk):
    delete(window)
    delete(window)
    assert modes(history) == ["Simulation"]
    assert "2 exams deleted; for good when you close this message or studyapp." in window.messages.texts()["deleted"]
    page = go("Practice exam")
    assert "All exams (1)" in texts(page)
    press(window, Key.Key_H)
    assert stored(disk) == [1, 2, 3]
    click(button(window.messages, "Undo"))
    assert modes(window.page) == ["Custom", "Study", "Simulation"]
    delete(window, down=2)
    click(button(window.messages, "Close"))
    assert stored(disk) == [2, 3]
    assert modes(window.page) == ["Custom", "Study"]


def test_the_end_of_the_program_deletes_for_good(start, disk):
    app = start()
    press(app.window, Key.Key_Return, Key.Key_Return, Key.Key_R, Key.Key_Return)
    click(button(app.window, "Practice exam"))
    press(app.window, Key.Key_H)
    delete(app.window)
    assert stored(disk) == [1]
    start.stop(app)
    assert stored(disk) == []


@pytest.fixture
def left(begin_exam, window, go):
    """Two exams that are left, the newer one with an answer; the list of all."""
    for keys in ((), (Key.Key_1,)):
        press(begin_exam().window(), *keys, Key.Key_Escape)
        click(button(window.page.messages, "Leave"))
    go("Practice exam")
    press(window, Key.Key_H)
    return window.page


def test_a_deleted_exam_is_not_offered_on_today(left, window, go):
    delete(window)
    assert "0 of 6 answered" in texts(go("Today"))
    click(button(window.messages, "Undo"))
    assert "1 of 6 answered" in texts(window.page)
    go("Practice exam")
    press(window, Key.Key_H)
    delete(window)
    delete(window)
    assert "Go on with" not in texts(go("Today"))


def test_a_deleted_exam_that_is_gone_on_with_after_all_is_kept(left, app, window, start, disk):
    delete(window)
    delete(window)
    # Today's figures are of before for as long as the new ones are being read.
    app.pages.follow(ResumeAttempt(2))
    assert "1 exam deleted" in window.messages.texts()["deleted"]
    press(window, Key.Key_R, Key.Key_Return)
    app.pages.follow(ResumeAttempt(1))
    assert not window.messages.texts()
    start.stop(app)
    assert stored(disk) == [1, 2]


def test_who_goes_on_with_an_exam_is_no_longer_asked_whether_to_delete_it(left, window):
    press(window, Key.Key_Delete)
    press(window, Key.Key_Return)
    assert type(window.page).__name__ == "DeskPage"
    assert not window.messages.texts()


def test_once_an_exam_is_deleted_for_good_today_offers_its_results_no_more(begin_exam, app, window, go):
    begin_exam()
    press(window, Key.Key_R, Key.Key_Return)
    go("Practice exam")
    press(window, Key.Key_H)
    delete(window)
    click(button(window, "Today"))
    assert "Last exam" not in texts(window.page)
    click(button(window.messages, "Close"))
    assert "Last exam" not in texts(window.page)
    app.pages.follow(ShowResults(1))
    assert "This exam is deleted." in window.messages.texts()["route"]
    assert type(window.page).__name__ == "TodayPage"


def test_what_cannot_be_deleted_says_so_and_is_tried_again(history, window, data, disk):
    delete(window)
    other = sqlite3.connect(data / "studyapp.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    click(button(window.messages, "Close"))
    assert "Not deleted yet" in window.messages.texts()["deleted"]
    assert stored(disk) == [1, 2, 3]
    other.close()
    click(button(window.messages, "Try again"))
    assert stored(disk) == [1, 2]
    assert not window.messages.texts()


def many(count):
    now = datetime(2026, 11, 23, 9, tzinfo=UTC)
    return [
        AttemptSummary(i, "six", f"Exam {i % 7}", list(Mode)[i % 3], now - timedelta(hours=i), now, 50, 50, i % 50, 0.7)
        for i in range(count)
    ]


def test_two_thousand_exams_stay_quick(a_table):
    view, model = a_table
    began = time.process_time()
    model.show_summaries(many(2000))
    for text in ("exam 3", "simulation", "2026", ""):
        model.look_for(text)
    for column in range(len(COLUMNS)):
        model.sort(column)
    QApplication.processEvents()
    view.grab()
    assert model.rowCount() == 2000
    # A tenth of a second on the machine this was written on; a proxy model took ten times as long.
    assert time.process_time() - began < 2


@pytest.fixture
def a_table(qtbot):
    model = HistoryModel()
    view = QTreeView()
    qtbot.addWidget(view)
    view.setModel(model)
    view.setUniformRowHeights(True)
    view.resize(800, 500)
    view.show()
    return view, model


def test_the_selection_stays_with_its_exam(history, window):
    press(window, Key.Key_Down)
    selected = table(history).currentIndex().siblingAtColumn(2).data()
    assert selected == "Study"
    table(history).sortByColumn(2, Qt.SortOrder.AscendingOrder)
    assert table(history).currentIndex().siblingAtColumn(2).data() == "Study"
    QTest.keyClicks(history.findChild(QLineEdit), "study")
    assert modes(history) == ["Study"]
