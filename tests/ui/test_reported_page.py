"""Reporting an item, and the list of reports."""

import json
import sqlite3
from pathlib import Path

import pytest
from hands import Key, button, click, controls, has_button, press, press_number, tab_to, texts
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QListWidget, QMenu

from studyapp.ui.routes import ShowReported
from studyapp.ui.widgets.choice_delegate import SUBTITLE
from studyapp.ui.widgets.note_field import NoteField


def open_dialogs():
    return [w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible()]


def dialog():
    found = open_dialogs()
    assert len(found) == 1
    return found[0]


@pytest.fixture
def card(go):
    return go("Flashcards")


@pytest.fixture
def listed(app):
    """The page with the reports."""

    def listed():
        app.pages.follow(ShowReported())
        return app.window.page

    return listed


def test_a_card_is_reported_with_keys_alone(card, window, disk):
    press(window, Key.Key_R)
    asked = dialog()
    assert "What is wrong with this card?" in texts(asked)
    assert not button(asked, "Add to the reported items").isEnabled()
    press(asked, Key.Key_1)
    press(asked, Key.Key_Return)
    assert disk.rows("SELECT item_id, kind, deck, file, fault, note FROM reported_items") == [
        ("c-box", "card", "depot-deck", "depot.yaml", "wrong key", "")
    ]
    assert "Reported items" in window.messages.texts()["reported"]
    assert "What is a box for?" in texts(card)
    click(button(window.messages, "Undo"))
    assert disk.rows("SELECT 1 FROM reported_items") == []


def test_with_a_note_and_the_mouse(card, disk):
    click(button(card, "Report this card"))
    asked = dialog()
    click(button(asked, "It is out of date"))
    note = asked.findChild(NoteField)
    note.setPlainText("It is 1 box since May.")
    click(button(asked, "Add to the reported items"))
    assert disk.rows("SELECT fault, note FROM reported_items") == [("out of date", "It is 1 box since May.")]


def test_a_long_front_is_cut_at_a_word(start, decks):
    text = (decks / "depot.yaml").read_text(encoding="utf-8")
    front = (
        "Which of all the boxes that stand in the depot at night is the one that nobody has opened since May and what"
    )
    front += " can be done about it"
    (decks / "depot.yaml").write_text(text.replace("What is a box for", front), encoding="utf-8")
    window = start().window
    click(button(window, "Flashcards"))
    press(window, Key.Key_R)
    (asked,) = [line for line in texts(dialog()).splitlines() if line.startswith("Which")]
    assert asked.endswith(" …")
    assert front.startswith(asked.removesuffix("…"))
    press(dialog(), Key.Key_Escape)


def test_cancelling_reports_nothing(card, window, disk):
    press(window, Key.Key_R)
    press(dialog(), Key.Key_2, Key.Key_Escape)
    assert disk.rows("SELECT 1 FROM reported_items") == []
    assert "What is a box for?" in texts(card)


def test_escape_from_a_note_and_enter_on_cancel_report_nothing(card, window, disk):
    press(window, Key.Key_R)
    asked = dialog()
    press(asked, Key.Key_1)
    asked.findChild(NoteField).setFocus()
    QTest.keyClicks(QApplication.focusWidget(), "It is 1 box since May.")
    press(asked, Key.Key_Escape)
    assert not open_dialogs()
    press(window, Key.Key_R)
    asked = dialog()
    press(asked, Key.Key_1)
    tab_to(asked, asked, "Cancel")
    press(asked, Key.Key_Return)
    assert not open_dialogs()
    assert disk.rows("SELECT 1 FROM reported_items") == []


def test_control_and_enter_report_from_the_note(card, window, disk):
    press(window, Key.Key_R)
    asked = dialog()
    press(asked, Key.Key_1)
    asked.findChild(NoteField).setFocus()
    QTest.keyClicks(QApplication.focusWidget(), "It is 1 box")
    press(asked, Key.Key_Return)
    QTest.keyClicks(QApplication.focusWidget(), "since May.")
    press(asked, Key.Key_Return, modifier=Qt.KeyboardModifier.ControlModifier)
    assert disk.rows("SELECT fault, note FROM reported_items") == [("wrong key", "It is 1 box\nsince May.")]


def test_enter_picks_the_choice_one_is_at_before_it_reports(card, window, disk):
    press(window, Key.Key_R)
    asked = dialog()
    press(asked, Key.Key_1)
    button(asked, "It is unclear").setFocus()
    press(asked, Key.Key_Return)
    assert disk.rows("SELECT 1 FROM reported_items") == []
    press(asked, Key.Key_Return)
    assert disk.rows("SELECT fault FROM reported_items") == [("unclear",)]


def test_a_question_of_the_results_is_reported_as_it_was_shown(begin_exam, window, qtbot, disk):
    desk = begin_exam()
    press_number(window, 0)
    press(window, Key.Key_R)
    click(button(desk, "Submit exam"))
    page = window.page
    qtbot.waitUntil(lambda: not page._pending)
    page.verticalScrollBar().setValue(page.verticalScrollBar().maximum())
    press(window, Key.Key_R)
    asked = dialog()
    assert "The key is wrong" in texts(asked)
    press(asked, Key.Key_4, Key.Key_Return)
    ((item_id, kind, item),) = disk.rows("SELECT item_id, kind, item FROM reported_items")
    assert kind == "question"
    assert json.loads(item)["stem"] == f"What does {item_id} ask for?"


@pytest.fixture
def report(window, qtbot):
    """Report the card on screen."""

    def report(*keys):
        press(window, Key.Key_R)
        press(dialog(), *keys, Key.Key_Return)
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)

    return report


def test_the_list_says_what_will_be_there(listed):
    assert "listed here for the people who write the decks" in texts(listed())


def test_the_list_and_what_is_dealt_with(card, window, report, listed, clocks):
    report(Key.Key_1)
    press(window, Key.Key_Space, Key.Key_4)
    clocks.go_on(86400)
    report(Key.Key_2)
    page = listed()
    assert "2 items to deal with" in texts(page)
    lines = page.findChild(QListWidget)
    assert [lines.item(i).text() for i in range(2)] == ["A shelf holds … boxes.", "What is a box for?"]
    assert lines.item(0).data(SUBTITLE).startswith("It is unclear · ")
    assert "A shelf holds {{twelve}} boxes." in texts(page)
    assert "c-shelf · depot.yaml" in texts(page)
    press(window, Key.Key_D)
    assert "1 item to deal with, 1 dealt with" in texts(page)
    assert [lines.item(i).text() for i in range(2)] == ["What is a box for?", "✓ A shelf holds … boxes."]
    # The next one to deal with took its place.
    assert lines.currentRow() == 0
    press(window, Key.Key_D)
    assert "0 items to deal with, 2 dealt with" in texts(page)
    click(button(page, "Mark as open again"))
    assert "1 item to deal with, 1 dealt with" in texts(page)


def test_the_last_open_item_gives_way_to_the_one_above(card, window, report, listed):
    for _ in range(3):
        report(Key.Key_1)
    page = listed()
    lines = page.findChild(QListWidget)
    press(window, Key.Key_D, Key.Key_Down)
    assert lines.currentRow() == 1
    press(window, Key.Key_D)
    assert "1 item to deal with, 2 dealt with" in texts(page)
    assert lines.currentRow() == 0


def test_a_report_that_is_taken_back_is_gone_from_where_it_was_seen(card, window, report, listed, go):
    report(Key.Key_1)
    page = go("Decks")
    assert has_button(page, "Reported items (1)")
    click(button(window.messages, "Undo"))
    assert not has_button(page, "Reported items (1)")
    go("Flashcards")
    report(Key.Key_1)
    page = listed()
    assert "1 item to deal with" in texts(page)
    click(button(window.messages, "Undo"))
    assert "listed here for the people who write the decks" in texts(page)


def test_a_report_that_cannot_be_taken_back_is_said_so(card, window, report, listed, data):
    report(Key.Key_1)
    other = sqlite3.connect(data / "studyapp.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    click(button(window.messages, "Undo"))
    other.close()
    assert "Still reported" in window.messages.texts()["reported"]
    click(button(window.messages, "Try again"))
    assert "reported" not in window.messages.texts()
    assert "listed here" in texts(listed())


def test_enter_on_a_button_of_the_list_presses_it(card, window, report, listed):
    report(Key.Key_1)
    page = listed()
    tab_to(window, page, "Mark as dealt with")
    press(window, Key.Key_Return)
    assert "0 items to deal with, 1 dealt with" in texts(page)
    tab_to(window, page, "Export the reported items")
    press(window, Key.Key_Return)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    menu.close()
    assert window.page is page


def test_the_list_is_as_high_as_the_size_of_the_text_wants_it(card, app, report, listed):
    report(Key.Key_1)
    page = listed()
    app.theme.set_percent(200)
    assert page.findChild(QListWidget).minimumHeight() == 480


def test_a_report_leads_to_the_item_as_it_is_now(card, window, report, listed, decks, qtbot):
    report(Key.Key_1)
    page = listed()
    press(window, Key.Key_Return)
    preview = window.page
    assert preview is not page
    qtbot.waitUntil(lambda: "1 of 9 · line 4" in texts(preview))
    assert {"Edit this item", "Report this item"} <= {c.accessibleName() for c in controls(preview)}
    press(window, Key.Key_J, Key.Key_E)
    editing = window.page
    qtbot.waitUntil(lambda: "Edit c-shelf" in texts(editing))
    press(window, Key.Key_Escape)
    assert window.page is preview
    press(window, Key.Key_Escape)
    assert window.page is page


def test_a_report_of_a_deck_that_is_gone_is_kept(card, window, report, listed, app, decks, qtbot):
    report(Key.Key_1)
    (decks / "depot.yaml").rename(decks.parent / "depot.yaml")
    app.reload()
    qtbot.waitUntil(lambda: not app.workspace.bank.cards)
    listed()
    press(window, Key.Key_Return)
    assert "'depot-deck' is not loaded" in window.messages.texts()["reported"]


@pytest.mark.parametrize(("ending", "begins"), [("json", "["), ("csv", "reported at,id"), ("md", "# Reported items")])
def test_reports_are_written_to_a_file(card, window, report, listed, tmp_path, ending, begins, qtbot):
    report(Key.Key_1)
    page = listed()
    path = tmp_path / f"out.{ending}"
    page._vm.export(path)
    qtbot.waitUntil(lambda: "export" in window.messages.texts())
    assert path.read_text(encoding="utf-8").startswith(begins)
    assert "c-box" in path.read_text(encoding="utf-8")
    if ending == "md":
        assert "The answer is wrong: card `c-box`, line 4, reported" in path.read_text(encoding="utf-8")
    assert str(path) in window.messages.texts()["export"]
    page._vm.export(tmp_path / "no folder" / "out.csv")
    qtbot.waitUntil(lambda: "cannot be written" in window.messages.texts()["export"])
    assert not has_button(window.messages, "Open")


def test_each_file_is_read_once_for_all_reports(card, window, report, listed, tmp_path, qtbot, monkeypatch):
    report(Key.Key_1)
    press(window, Key.Key_Space, Key.Key_4)
    report(Key.Key_2)
    read = []
    whole = Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda path: (read.append(path.name), whole(path))[1])
    listed()._vm.export(tmp_path / "out.md")
    qtbot.waitUntil(lambda: "export" in window.messages.texts())
    assert read.count("depot.yaml") == 1
    assert (tmp_path / "out.md").read_text(encoding="utf-8").count(", line ") == 2
