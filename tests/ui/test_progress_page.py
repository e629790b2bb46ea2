"""Progress: the weak areas as a table that is a chart, and how things went."""

import csv
import re

import pytest
from hands import Key, button, click, has_button, press, press_number, question, right, squares, texts, wrong
from PySide6.QtCore import QModelIndex, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox

from studyapp.core.attempt import Confidence
from studyapp.ui.progress.lines import Column


@pytest.fixture
def answered(begin_exam, window):
    """An exam in which everything about keeping is wrong and everything about moving right."""
    page = begin_exam()
    for square in squares(page):
        click(square)
        about_keeping = not re.search("cart|wheel", question(page))
        for index in (wrong if about_keeping else right)(page)[: 2 if question(page) == "q-several" else 1]:
            press_number(window, index)
    press(window, Key.Key_R, Key.Key_Return)


@pytest.fixture
def page(answered, go):
    return go("Progress")


def cell(table, column, *rows):
    index = QModelIndex()
    for row in rows:
        index = table.model().index(row, 0, index)
    return index.siblingAtColumn(column)


def told(table, *rows):
    """What a line says to a screen reader."""
    return [cell(table, column, *rows).data(Qt.ItemDataRole.AccessibleTextRole) for column in Column]


def click_cell(table, index):
    QTest.mouseClick(
        table.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, table.visualRect(index).center()
    )
    QApplication.processEvents()


def test_missed_questions_say_which_cards_they_made_due(answered, window, go):
    # In the order of the exam, which is drawn.
    (line,) = [text for text in texts(window.page).splitlines() if text.startswith("2 cards made due")]
    assert "“What is a box for?”" in line
    assert "“A shelf holds … boxes.”" in line
    click(button(go("Progress"), "Drill "))
    for index in wrong(window.page)[: 2 if question(window.page) == "q-several" else 1]:
        press_number(window, index)
    assert "made due" not in texts(window.page)
    press(window, Key.Key_Return)
    assert "made due: “" in texts(window.page)


def test_before_the_first_answer_the_page_says_how_to_get_there(go):
    page = go("Progress")
    assert "Answer questions in an exam or a drill" in texts(page)
    assert told(page.areas.table, 0)[:3] == ["Keeping things", "0 answers", "no answers yet"]
    press(page.window(), Key.Key_O)
    assert "Each exam you submit appears here" in texts(page)
    assert not has_button(page, "Save")


def test_the_weakest_area_stands_first_and_says_how_sure_that_is(page):
    assert "From 6 answers, the surest weakness first." in texts(page)
    table = page.areas.table
    area, answers, estimate, change, recall, lapses, action = told(table, 0)
    assert (area, answers, change) == ("Keeping things", "4 answers", "no change to tell")
    assert re.fullmatch(r"\d+ %, between \d+–\d+ %, below the pass mark", estimate) or estimate == "not enough data"
    assert (recall, lapses, action) == ("predicted recall 0 %, 0 of 2 cards seen", "0 lapses", "Drill Keeping things")
    assert told(table, 1)[0] == "Moving things"


def test_a_screen_reader_gets_the_same_numbers(page):
    table = QAccessible.queryAccessibleInterface(page.areas.table)
    assert table.text(QAccessible.Text.Name) == "Weak areas"
    spoken = [table.child(i).text(QAccessible.Text.Name) for i in range(table.childCount())]
    assert "4 answers" in spoken
    assert "Drill Keeping things" in spoken


def test_an_area_opens_to_its_topics_and_to_what_was_missed(page, window):
    table = page.areas.table
    press(window, Key.Key_Right, Key.Key_Down)
    topic = table.current_line()
    assert topic.title in ("Boxes", "Shelves")
    assert len(topic.below) == 2
    press(window, Key.Key_Right, Key.Key_Down)
    missed = table.current_line()
    assert missed.title.startswith("✗ What does q-")
    press(window, Key.Key_Return)
    assert "left" in texts(window.page), "its cards are reviewed"
    assert has_button(window.page, "Show answer")


def test_enter_drills_the_chosen_area(page, window):
    press(window, Key.Key_Down, Key.Key_Return)
    assert "Moving things" in texts(window.page)
    assert "1 of 2" in texts(window.page)


def test_the_button_of_a_line_drills_it(page, window):
    table = page.areas.table
    click_cell(table, cell(table, Column.AREA, 1))
    assert has_button(page, "Drill Moving things")
    click_cell(table, cell(table, Column.ACTION, 0))
    assert "1 of 4" in texts(window.page)


def test_the_table_is_sorted_by_its_heads_and_what_was_open_stays_open(page):
    table = page.areas.table
    table.setExpanded(cell(table, Column.AREA, 0), True)
    table.sortByColumn(Column.AREA, Qt.SortOrder.DescendingOrder)
    assert [told(table, row)[0] for row in (0, 1)] == ["Moving things", "Keeping things"]
    assert table.isExpanded(cell(table, Column.AREA, 1))
    table.sortByColumn(Column.ANSWERS, Qt.SortOrder.DescendingOrder)
    assert [told(table, row)[1] for row in (0, 1)] == ["4 answers", "2 answers"]
    # Nothing has changed in two weeks: what has no number stays as it is, whichever way.
    table.sortByColumn(Column.CHANGE, Qt.SortOrder.AscendingOrder)
    assert told(table, 0)[3] == "no change to tell"


def test_the_areas_may_be_the_parts_of_the_exam(page, window):
    choice = page.findChild(QComboBox)
    choice.setCurrentIndex(1)
    choice.activated.emit(1)
    QApplication.processEvents()
    table = page.areas.table
    assert [told(table, row)[0] for row in (0, 1)] == ["Keeping", "Moving"]
    press(window, Key.Key_Tab)
    click(button(page, "Drill Keeping"))
    assert "1 of 4" in texts(window.page)


def test_columns_give_way_in_a_narrow_window(page, window, app):
    table = page.areas.table
    assert not table.isColumnHidden(Column.RECALL)
    app.theme.set_percent(200)
    QApplication.processEvents()
    assert table.isColumnHidden(Column.RECALL)
    assert not table.isColumnHidden(Column.ESTIMATE)


@pytest.fixture
def charts(page, window, app, clocks, go):
    """Over time, with two exams, some cards and what the learner said of their answers."""
    go("Flashcards")
    press(window, Key.Key_Space, Key.Key_3, Key.Key_Space, Key.Key_1)
    go("Practice exam")
    press(window, Key.Key_Return)
    session = app.pages.desk.session
    for position, item in enumerate(session.form.items):
        session.go(position)
        clocks.go_on(30)
        session.answer(item.question.key)
        session.set_confidence(Confidence.SURE)
    press(window, Key.Key_R, Key.Key_Return)
    page = go("Progress")
    click(button(page, "Over time"))
    return {made.chart.shown.name: made for made in page.view.sheets}


def test_every_chart_has_its_numbers(charts):
    told = {name: made.chart.shown.spoken for name, made in charts.items()}
    assert list(told) == ["mastery", "scores", "calendar", "due", "pace", "confidence"]
    assert re.search(r"2 of 6, 33 % \(\d+–\d+ %\); .+ 6 of 6, 100 %", told["scores"])
    assert "2 cards reviewed" in told["calendar"]
    assert "today: 2 cards due" in told["due"] or "cards due" in told["due"]
    assert re.search(r"0:\d\d min for a question, of 12 questions", told["pace"])
    assert "Sure: 6 of 6 right, 100 %" in told["confidence"]
    assert re.search(r"Mastery: Keeping: .+ \d+ %", told["mastery"])
    for made in charts.values():
        spoken = QAccessible.queryAccessibleInterface(made.chart)
        assert spoken.text(QAccessible.Text.Description) == made.chart.shown.spoken


def test_hovering_tells_the_numbers(charts):
    chart = charts["scores"].chart
    chart.grab()
    middle = chart.height() / 2
    found = {chart.told_at(QPointF(x, middle)) for x in range(chart.width())} - {""}
    assert found == {point.told for point in chart.shown.points}
    QTest.mouseMove(chart, QPoint(chart.width() // 2, int(middle)))


def test_another_area_can_be_chosen(charts, window):
    choice = next(box for box in window.page.view.findChildren(QComboBox) if "mastery" in box.accessibleName())
    names = [choice.itemText(i) for i in range(choice.count())]
    assert names == ["Keeping", "Moving", "Keeping things", "Moving things"]
    before = charts["mastery"].chart.shown
    choice.setCurrentIndex(1)
    choice.activated.emit(1)
    after = charts["mastery"].chart.shown
    assert after.title == "Mastery: Moving"
    assert after.points[-1].value > before.points[-1].value


@pytest.mark.parametrize("name", ["mastery", "scores", "calendar", "due", "pace", "confidence"])
def test_every_chart_saves_as_picture_drawing_and_table(charts, tmp_path, name):
    made = charts[name]
    for kind in ("png", "svg", "csv"):
        made.save_to(tmp_path / f"{name}.{kind}")
    assert QImage(str(tmp_path / f"{name}.png")).width() == 2400
    svg = (tmp_path / f"{name}.svg").read_text(encoding="utf-8")
    assert svg.lstrip().startswith("<?xml")
    assert f"<title>{made.chart.shown.title}</title>" in svg
    with (tmp_path / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert len(rows) == len(made.chart.shown.table) > 1
    assert len({len(row) for row in rows}) == 1


def test_what_cannot_be_saved_is_said(charts, window, tmp_path):
    made = charts["scores"]
    made.save_to(tmp_path / "missing" / "scores.svg")
    assert "could not be written" in window.page.messages.texts()["chart"]
    made.save_to(tmp_path / "missing" / "scores.png")
    assert "could not be written" in window.page.messages.texts()["chart"]
    made.save_to(tmp_path / "scores.bmp")
    assert "ends in .png, .svg or .csv" in window.page.messages.texts()["chart"]
    made.save_to(tmp_path / "scores.csv")
    assert "Saved as" in window.page.messages.texts()["chart"]


def test_the_charts_hold_a_long_history(page, window, app, clocks, go):
    """Weeks in the place of days, and a calendar of which only the newest part has room."""
    for _ in range(4):
        clocks.go_on(25 * 86400)
        go("Flashcards")
        press(window, Key.Key_Space, Key.Key_3)
        go("Progress")
        click(button(window.page, "Drill "))
        press(window, Key.Key_1, Key.Key_2, Key.Key_Return, Key.Key_Return)
        app.pages.desk.submit()
    page = go("Progress")
    click(button(page, "Over time"))
    app.theme.set_percent(200)
    charts = {made.chart.shown.name: made.chart for made in page.view.sheets}
    assert "week" in charts["pace"].shown.note
    assert len(charts["mastery"].shown.points) > 10
    for chart in charts.values():
        assert not chart.grab().isNull()


def test_work_in_steps_leaves_the_event_loop_free(qapp, qtbot, monkeypatch):
    from PySide6.QtCore import QObject

    from studyapp.ui import steps

    monkeypatch.setattr(steps, "SLICE", 0.0)
    owner, done, seen = QObject(), [], []

    def work(name):
        for number in range(3):
            seen.append((name, number))
            yield
        return name

    stepper = steps.Stepper(owner)
    stepper.run(work("older"), done.append)
    stepper.run(work("newer"), done.append)
    assert done == []
    assert stepper.busy
    qtbot.waitUntil(lambda: bool(done))
    assert done == ["newer"]
    assert seen == [("older", 0), ("newer", 0), ("newer", 1), ("newer", 2)]
    stepper.run(work("stopped"), done.append)
    stepper.stop()
    qapp.processEvents()
    assert done == ["newer"]

    def fails():
        yield
        raise ValueError("no")

    monkeypatch.setattr(steps, "SLICE", 60.0)
    with pytest.raises(ValueError, match="no"):
        stepper.run(fails(), done.append)
    assert not stepper.busy
