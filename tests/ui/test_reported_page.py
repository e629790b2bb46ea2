"""Reporting an item, and the list of reports."""

import json

import pytest
from hands import Key, button, click, controls, has_button, press, press_number, texts
from PySide6.QtWidgets import QApplication, QDialog, QListWidget

from studyapp.ui.routes import ShowReported
from studyapp.ui.widgets.choice_delegate import SUBTITLE
from studyapp.ui.widgets.note_field import NoteField


def dialog():
    found = [w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible()]
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
    # What was chosen stays chosen where it went.
    assert lines.currentRow() == 1
    click(button(page, "Mark as open again"))
    assert "2 items to deal with" in texts(page)


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
def test_reports_are_written_to_a_file(card, window, report, listed, tmp_path, ending, begins):
    report(Key.Key_1)
    page = listed()
    path = tmp_path / f"out.{ending}"
    page._vm.export(path)
    assert path.read_text(encoding="utf-8").startswith(begins)
    assert "c-box" in path.read_text(encoding="utf-8")
    if ending == "md":
        assert "The answer is wrong: card `c-box`, line 4, reported" in path.read_text(encoding="utf-8")
    assert str(path) in window.messages.texts()["export"]
    page._vm.export(tmp_path / "no folder" / "out.csv")
    assert "cannot be written" in window.messages.texts()["export"]
    assert not has_button(window.messages, "Open")
