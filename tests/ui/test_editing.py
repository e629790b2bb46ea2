"""Mending an item where it is seen: its lines, checked as they are typed, saved without another byte changed."""

import pytest
from hands import Key, button, click, controls, field, has_button, press, press_number, texts, write
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QShortcut, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from small_decks import deck_text

from studyapp.content import item_block
from studyapp.ui.editing.block_editor import BlockEditor
from studyapp.ui.exam.results_question import QuestionSheet
from studyapp.ui.routes import EditItem
from studyapp.ui.widgets.problem_list import ProblemList

CONTROL = Qt.KeyboardModifier.ControlModifier


def test_a_card_is_mended_during_review(editing, app, deck, qtbot):
    before = deck.read_bytes()
    assert field(editing).text() == (
        "  - {id: c-box, topic: a.one, front: What is a box for?, back: For keeping one thing dry.}"
    )
    assert not button(editing, "Save").isEnabled()
    write(editing, "one thing", "two things")
    qtbot.waitUntil(lambda: "For keeping two things dry." in texts(editing))
    click(button(editing, "Save"))
    assert deck.read_bytes() == before.replace(b"one thing", b"two things")
    qtbot.waitUntil(lambda: "For keeping two things dry." in texts(app.window.page))
    assert "3 cards left" in texts(app.window.page)
    assert has_button(app.window.page, "Good")


def test_what_would_break_the_file_is_not_saved(editing, app, deck, qtbot):
    before = deck.read_bytes()
    write(editing, "back:", "bakc:")
    qtbot.waitUntil(lambda: "✗ E104" in texts(editing))
    assert "errors keep the file from loading" in texts(editing)
    assert "Unknown key 'bakc'" in texts(editing)
    assert not button(editing, "Save").isEnabled()
    assert "For keeping one thing dry." in texts(editing)
    press(app.window, Key.Key_S, modifier=CONTROL)
    assert deck.read_bytes() == before
    click(button(editing, "Go to line 4: E104"))
    assert field(editing).textCursor().positionInBlock() == field(editing).text().index("bakc")
    write(editing, "bakc:", "back:")
    qtbot.waitUntil(lambda: "✗" not in texts(editing))
    assert not button(editing, "Save").isEnabled()


def test_saving_at_once_waits_for_the_check(editing, app, deck, qtbot):
    before = deck.read_bytes()
    write(editing, "one thing", "two things")
    press(app.window, Key.Key_Return, modifier=CONTROL)
    qtbot.waitUntil(lambda: app.window.page is not editing)
    assert deck.read_bytes() == before.replace(b"one thing", b"two things")


def test_a_new_id_is_warned_about(editing, qtbot):
    write(editing, "c-box", "c-crate")
    qtbot.waitUntil(lambda: "A new id begins a new history" in texts(editing))
    assert "was: [c-box]" in texts(editing)
    write(editing, "c-crate", "c-crate, was: [c-box]")
    qtbot.waitUntil(lambda: "A new id" not in texts(editing))
    assert button(editing, "Save").isEnabled()


def test_escape_keeps_what_was_typed(editing, app, deck, qtbot):
    before = deck.read_bytes()
    write(editing, "one thing", "two things")
    press(app.window, Key.Key_Escape)
    assert "What is a box for?" in texts(app.window.page)
    assert "It is kept" in app.window.messages.texts()["draft"]
    press(app.window, Key.Key_E)
    assert "two things" in field(editing).text()
    assert app.window.messages.texts() == {"draft": "You typed this before; it is not saved yet."}
    press(app.window, Key.Key_Escape)
    click(button(app.window.messages, "Discard"))
    press(app.window, Key.Key_E)
    assert "one thing" in field(editing).text()
    assert not app.window.messages.texts()
    assert deck.read_bytes() == before


def test_another_page_by_the_sidebar_keeps_what_was_typed(editing, app, go, deck):
    before = deck.read_bytes()
    write(editing, "one thing", "two things")
    go("Today")
    assert "It is kept" in app.window.messages.texts()["draft"]
    go("Flashcards")
    press(app.window, Key.Key_E)
    assert "two things" in field(app.window.page).text()
    press(app.window, Key.Key_Escape)
    assert "What is a box for?" in texts(app.window.page)
    assert deck.read_bytes() == before


def test_what_was_typed_outlives_the_program(editing, app, start):
    write(editing, "one thing", "two things")
    start.stop(app)
    window = start().window
    click(button(window, "Flashcards"))
    press(window, Key.Key_E)
    assert "two things" in field(window.page).text()
    press(window, Key.Key_Escape)
    click(button(window.messages, "Discard"))
    press(window, Key.Key_E)
    assert "one thing" in field(window.page).text()


def test_a_draft_of_an_item_that_changed_is_shown_and_can_be_dropped(editing, app, deck, qtbot):
    write(editing, "one thing", "two things")
    press(app.window, Key.Key_Escape)
    deck.write_bytes(deck.read_bytes().replace(b"one thing", b"three things"))
    qtbot.waitUntil(lambda: "three things" in texts(app.window.page))
    press(app.window, Key.Key_E)
    assert "two things" in field(editing).text()
    assert "has changed in its file since" in app.window.messages.texts()["edit"]
    click(button(app.window.messages, "Discard what you typed"))
    assert "three things" in field(editing).text()
    assert not app.window.messages.texts()


def test_another_change_of_the_file_is_no_reason_not_to_save(editing, app, deck, qtbot):
    write(editing, "one thing", "two things")
    qtbot.waitUntil(lambda: button(editing, "Save").isEnabled())
    deck.write_bytes(b"# mine\r\n" + deck.read_bytes().replace(b"holds {{twelve}}", b"has {{twelve}}"))
    now = deck.read_bytes()
    press(app.window, Key.Key_S, modifier=CONTROL)
    qtbot.waitUntil(lambda: app.window.page is not editing)
    assert deck.read_bytes() == now.replace(b"one thing", b"two things")
    assert not app.window.messages.texts()


def test_what_is_typed_is_checked_against_the_file_as_it_is_when_it_is_saved(editing, app, deck, qtbot):
    write(editing, "c-box", "c-crate")
    qtbot.waitUntil(lambda: button(editing, "Save").isEnabled())
    deck.write_bytes(deck.read_bytes().replace(b"c-shelf", b"c-crate"))
    now = deck.read_bytes()
    press(app.window, Key.Key_S, modifier=CONTROL)
    qtbot.waitUntil(lambda: "✗ E201" in texts(editing))
    assert app.window.page is editing
    assert not button(editing, "Save").isEnabled()
    assert deck.read_bytes() == now


def test_an_item_changed_meanwhile_is_shown_and_not_overwritten_unasked(editing, app, deck, qtbot):
    write(editing, "one thing", "two things")
    qtbot.waitUntil(lambda: button(editing, "Save").isEnabled())
    deck.write_bytes(deck.read_bytes().replace(b"one thing", b"three things"))
    now = deck.read_bytes()
    press(app.window, Key.Key_S, modifier=CONTROL)
    assert "has changed in its file since you began" in app.window.messages.texts()["edit"]
    assert app.window.page is editing
    assert "two things" in field(editing).text()
    _, theirs = controls(editing, BlockEditor)
    assert "three things" in theirs.text()
    assert theirs.isReadOnly()
    shown = theirs.text()
    QTest.keyClick(theirs, Key.Key_Return)
    QTest.keyClicks(theirs, " x")
    assert theirs.text() == shown
    assert deck.read_bytes() == now
    # Leaving keeps the draft, as it says, and what it was begun with.
    press(app.window, Key.Key_Escape)
    press(app.window, Key.Key_E)
    assert "two things" in field(editing).text()
    assert "has changed in its file since you began" in app.window.messages.texts()["edit"]
    qtbot.waitUntil(lambda: button(editing, "Save").isEnabled())
    # Saving knowingly replaces it.
    press(app.window, Key.Key_S, modifier=CONTROL)
    assert deck.read_bytes() == now.replace(b"three things", b"two things")
    press(app.window, Key.Key_E)
    assert len(controls(app.window.page, BlockEditor)) == 1
    assert not app.window.messages.texts()


def test_a_save_that_is_held_down_is_one_save(editing):
    """Else it would agree to replace what others wrote."""
    saving = [made for made in editing.findChildren(QShortcut) if "S" in made.key().toString()]
    assert [made.autoRepeat() for made in saving] == [False]


def test_an_item_that_is_gone_keeps_what_was_typed(editing, app, deck, qtbot):
    write(editing, "one thing", "two things")
    qtbot.waitUntil(lambda: button(editing, "Save").isEnabled())
    whole = deck.read_bytes()
    deck.write_bytes(whole.replace(b"id: c-box", b"id: c-other"))
    press(app.window, Key.Key_S, modifier=CONTROL)
    assert "has no item 'c-box' any more" in app.window.messages.texts()["edit"]
    assert "What you typed is kept." in app.window.messages.texts()["edit"]
    press(app.window, Key.Key_Escape)
    deck.write_bytes(whole)
    qtbot.waitUntil(lambda: "What is a box for?" in texts(app.window.page))
    press(app.window, Key.Key_E)
    assert "two things" in field(editing).text()


def tinted_rows(lines, block, colour):
    """Of the rows of a line those that are tinted to the right edge."""
    image = lines.viewport().grab().toImage()
    layout = block.layout()
    middles = [layout.lineAt(row).y() + layout.lineAt(row).height() / 2 for row in range(layout.lineCount())]
    top = layout.position().y()
    return [image.pixelColor(image.width() - 8, round(top + middle)) == colour for middle in middles]


@pytest.mark.parametrize("first", ["light", "dark"])
def test_a_long_line_hangs_and_is_tinted_in_all_its_rows_in_either_theme(editing, app, qtbot, first):
    lines = field(editing)
    app.theme.choose(first)
    write(editing, "one thing", "one thing " * 40)
    write(editing, "back:", "bakc:")
    qtbot.waitUntil(lambda: "✗ E104" in texts(editing))
    block = lines.document().firstBlock()
    assert block.layout().lineCount() > 2
    second = QTextCursor(block)
    second.setPosition(block.layout().lineAt(1).textStart())
    # The text of the line stands five characters in, the rest of it two more.
    character = lines.fontMetrics().horizontalAdvance(" ")
    begins = lines.cursorRect(QTextCursor(block)).left()
    assert lines.cursorRect(second).left() - begins == pytest.approx((4 + 2) * character, abs=2)
    assert all(tinted_rows(lines, block, app.theme.colour("wrong_tint")))
    app.theme.choose("dark" if first == "light" else "light")
    assert all(tinted_rows(lines, block, app.theme.colour("wrong_tint")))
    # What is hung is nothing to undo by itself.
    text = lines.text()
    lines.undo()
    assert lines.text() != text


def test_the_field_takes_the_room_that_there_is(editing, app, qtbot):
    app.window.resize(1200, 900)
    field(editing).setPlainText("  - id: c-box\n" + "\n".join(f"    line{n}: x" for n in range(80)))
    qtbot.waitUntil(lambda: field(editing).height() > 0.55 * editing.viewport().height())
    problems = editing.findChild(ProblemList)
    qtbot.waitUntil(problems.isVisible)
    QApplication.processEvents()
    # What is wrong with it begins in sight.
    assert problems.mapTo(editing.viewport(), QPoint()).y() < editing.viewport().height() - 40


def test_a_deck_that_came_with_the_program_is_reported_instead(app, go, deck, tmp_path, monkeypatch):
    shipped = tmp_path / "_shared" / "decks"
    monkeypatch.setattr(item_block.paths, "shipped_decks", lambda: shipped)
    shipped.parent.mkdir()
    shipped.symlink_to(deck.parent)
    page = go("Flashcards")
    press(app.window, Key.Key_E)
    assert app.window.page is page
    assert "came with studyapp" in app.window.messages.texts()["edit"]
    click(button(app.window.messages, "Report"))
    assert "What is wrong with this card?" in texts(QApplication.activeModalWidget())
    QApplication.activeModalWidget().close()


@pytest.fixture
def results(begin_exam, window, qtbot):
    """The results of an exam in which everything is wrong but the first question."""
    desk = begin_exam()
    press_number(window, 0)
    press(window, Key.Key_R)
    click(button(desk, "Submit exam"))
    page = window.page
    qtbot.waitUntil(lambda: not page._pending)
    return page


def scroll_to(page, widget, *, top):
    """Scroll so that a widget begins so many pixels below the upper edge."""
    bar = page.verticalScrollBar()
    bar.setValue(bar.value() + widget.mapTo(page.viewport(), QPoint()).y() - top)
    QApplication.processEvents()


def sheets(page):
    return sorted(page.findChildren(QuestionSheet), key=lambda sheet: sheet.answered.number)


def test_a_question_is_mended_from_the_results(deck, results, window, qtbot):
    before = deck.read_bytes()
    scroll_to(results, sheets(results)[0], top=0)
    press(window, Key.Key_E)
    editing = window.page
    assert editing is not results
    item = editing.title.text().removeprefix("Edit ")
    assert field(editing).text().startswith(f"  - id: {item}\n")
    write(editing, f"What does {item} ask for?", f"What would {item} ask for?")
    qtbot.waitUntil(lambda: button(editing, "Save").isEnabled())
    press(window, Key.Key_S, modifier=CONTROL)
    assert deck.read_bytes() == before.replace(f"What does {item} ask".encode(), f"What would {item} ask".encode())
    assert window.page is results
    # The attempt keeps what was shown.
    assert f"What does {item} ask for?" in texts(results)
    assert window.messages.texts()["edit"] == "Saved. This exam keeps the text as you sat it."
    # An edit that is not saved says nothing of the kind.
    press(window, Key.Key_E)
    assert not window.messages.texts()
    press(window, Key.Key_Escape)
    assert not window.messages.texts()


@pytest.mark.parametrize("key", [Key.Key_E, Key.Key_R])
def test_without_a_question_in_sight_its_keys_do_nothing(results, window, key):
    first = sheets(results)[0]
    scroll_to(results, first, top=results.viewport().height())
    press(window, key)
    assert window.page is results
    assert QApplication.activeModalWidget() is None


def test_the_keys_are_about_the_question_one_looks_at(results, window):
    window.resize(1280, 900)
    QApplication.processEvents()
    one, two, three = sheets(results)[:3]

    def edited():
        press(window, Key.Key_E)
        shown = window.page.title.text().removeprefix("Edit ")
        press(window, Key.Key_Escape)
        assert window.page is results
        return shown

    # The title of the first is not all in sight, that of the second is.
    scroll_to(results, one.title, top=-1)
    assert edited() == two.answered.question.id
    scroll_to(results, one.title, top=0)
    assert edited() == one.answered.question.id
    # No title is in sight: the question that fills the page.
    window.resize(window.width(), 480)
    tall = max(sheets(results), key=QuestionSheet.height)
    scroll_to(results, tall.title, top=-40)
    assert tall.height() > results.viewport().height() + 60
    assert edited() == tall.answered.question.id
    # A question that has the focus but is out of sight is not meant.
    button(one, "Edit question").setFocus()
    scroll_to(results, three, top=0)
    assert edited() == three.answered.question.id
    scroll_to(results, one.title, top=0)
    assert edited() == one.answered.question.id


def test_a_question_is_found_under_its_new_id(deck, results, window, app, qtbot):
    text = deck.read_bytes().decode()
    for id_ in ("q-box", "q-several", "q-depot", "q-shelf", "q-cart", "q-wheel"):
        text = text.replace(f"  - id: {id_}\r\n", f"  - id: {id_}-new\r\n    was: [{id_}]\r\n")
    deck.write_bytes(text.encode())
    app.reload()
    qtbot.waitUntil(lambda: "q-box-new" in app.workspace.bank.questions)
    scroll_to(results, sheets(results)[0], top=0)
    press(window, Key.Key_E)
    assert window.page.title.text().endswith("-new")


def test_an_item_that_shares_its_lines_is_opened_in_the_editor(app, go, deck, tmp_path, qtbot, monkeypatch):
    told = tmp_path / "told"
    editor = tmp_path / "subl"
    editor.write_text(f'#!/bin/sh\nprintf %s "$1" > "{told}.new"; mv "{told}.new" "{told}"\n', encoding="utf-8")
    editor.chmod(0o755)
    monkeypatch.setenv("VISUAL", str(editor))
    text = deck.read_bytes().decode()
    cards = [line.strip(" -") for line in text.splitlines() if line.startswith("  - {id: c-")]
    head, tail = text.split("cards:\r\n", 1)[0], text[text.index("# Ask.") :]
    deck.write_bytes(f"{head}cards: [{', '.join(cards)}]\r\n{tail}".encode())
    app.reload()
    page = go("Flashcards")
    press(app.window, Key.Key_E)
    assert app.window.page is page
    assert "shares its lines" in app.window.messages.texts()["edit"]
    click(button(app.window.messages, "Open in editor"))
    qtbot.waitUntil(told.exists)
    assert told.read_text(encoding="utf-8") == f"{deck}:3:1"


def test_lines_are_numbered_and_marked(editing, window, go, app, qtbot):
    press(window, Key.Key_Escape)
    press(window, Key.Key_4, Key.Key_Space, Key.Key_E)
    text = field(editing)
    qtbot.waitUntil(lambda: "twelve" in text.text())
    assert "from line 5" in texts(editing)
    text.moveCursor(text.textCursor().MoveOperation.End)
    QTest.keyClick(text, Key.Key_Return)
    QTest.keyClicks(text, "x: y")
    assert text.text().endswith("}\n    x: y")
    qtbot.waitUntil(lambda: "Go to line 6" in texts(editing) or has_button(editing, "Go to line 6"))
    first, last = text.document().firstBlock(), text.document().lastBlock()
    tint = app.theme.colour("wrong_tint")
    assert not any(tinted_rows(text, first, tint))
    assert all(tinted_rows(text, last, tint))


def test_that_a_file_is_broken_is_said_until_it_loads_again(app, go, window, deck, qtbot):
    """And its problem is told once: by the message about the file."""
    good = deck.read_bytes()
    go("Flashcards")
    deck.write_bytes(good.replace(b"{id: c-box", b"[id: c-box"))
    qtbot.waitUntil(lambda: "broken" in window.messages.texts())
    press(window, Key.Key_E)
    told = window.messages.texts()
    assert told["edit"] == "c-box cannot be edited here until depot.yaml loads again. Mend the file in your editor."
    go("Today")
    deck.write_bytes(good)
    qtbot.waitUntil(lambda: not window.messages.texts())


def test_what_is_wrong_elsewhere_in_the_file_keeps_it_from_being_saved_until_it_is_mended(go, window, deck, qtbot):
    """The lines of an item are found without parsing all of the file, on the worker only that is done."""
    good = deck.read_bytes()
    deck.write_bytes(good + b"more: [\r\n")
    qtbot.waitUntil(lambda: "broken" in window.messages.texts())
    go("Flashcards")
    press(window, Key.Key_E)
    editing = window.page
    write(editing, "one thing", "two things")
    qtbot.waitUntil(lambda: "The file has a problem: " in texts(editing))
    assert not button(editing, "Save").isEnabled()
    deck.write_bytes(b"# Mended.\r\n" + good)
    qtbot.waitUntil(lambda: button(editing, "Save").isEnabled())
    click(button(editing, "Save"))
    assert deck.read_bytes() == b"# Mended.\r\n" + good.replace(b"one thing", b"two things")


def test_a_file_dropped_onto_the_text_is_for_the_window(editing, window, tmp_path):
    """Qt asks the field below the mouse first, and goes on to the window where that takes no drops."""
    before = field(editing).text()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "mine.yaml"))])
    place = field(editing).mapTo(window, field(editing).rect().center())
    dropped = []
    window.dropped.connect(dropped.append)
    how = Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(window.windowHandle(), QDragEnterEvent(place, *how))
    QApplication.sendEvent(window.windowHandle(), QDropEvent(QPointF(place), *how))
    assert dropped == [[tmp_path / "mine.yaml"]]
    assert field(editing).text() == before


def test_an_item_that_would_not_load_is_not_shown_as_an_empty_sheet(app, decks, window, qtbot):
    (decks / "depot.yaml").write_text(deck_text().replace("front: What", "frnt: What"), encoding="utf-8")
    app.pages.follow(EditItem(app.workspace.bank.cards["c-box"], decks / "depot.yaml"))
    qtbot.waitUntil(lambda: "shown here as soon as it would load" in texts(window.page))
    write(window.page, "frnt", "front")
    qtbot.waitUntil(lambda: "As it will look" in texts(window.page))
    assert "shown here as soon as it would load" not in texts(window.page)


UNDO, REDO = (Key.Key_Z, CONTROL), (Key.Key_Z, CONTROL | Qt.KeyboardModifier.ShiftModifier)


def press_until(text, keys, wanted):
    """Press keys until the text is this again; at most as often as anyone would."""
    for _ in range(30):
        if text.text() == wanted:
            return
        QTest.keyClick(text, *keys)
    raise AssertionError(f"stuck at {text.text()!r}")


def type_deeper(text):
    text.moveCursor(QTextCursor.MoveOperation.End)
    QTest.keyClick(text, Key.Key_Return)
    QTest.keyClicks(text, "  deeper")


def indent_and_paste(text):
    text.moveCursor(QTextCursor.MoveOperation.Start)
    QTest.keyClicks(text, "   ")
    QTest.keyClick(text, Key.Key_Delete)
    type_deeper(text)
    QTest.keyClick(text, Key.Key_Backspace)
    text.selectAll()
    QTest.keyClick(text, Key.Key_X, CONTROL)
    QTest.keyClick(text, Key.Key_V, CONTROL)
    QTest.keyClick(text, Key.Key_V, CONTROL)


@pytest.mark.parametrize("change", [type_deeper, indent_and_paste])
def test_all_that_was_typed_is_undone_and_redone(editing, change):
    text = field(editing)
    before = text.text()
    change(text)
    after = text.text()
    margins = [block.blockFormat().leftMargin() for block in blocks(text)]
    press_until(text, UNDO, before)
    press_until(text, REDO, after)
    assert [block.blockFormat().leftMargin() for block in blocks(text)] == margins
    press_until(text, UNDO, before)
    assert not text.document().isUndoAvailable()


def blocks(text):
    return [text.document().findBlockByNumber(number) for number in range(text.document().blockCount())]


def test_each_undo_is_seen(editing):
    """What hangs otherwise afterwards is undone together with the text that made it so."""
    text = field(editing)
    type_deeper(text)
    while text.document().isUndoAvailable():
        before = text.text()
        QTest.keyClick(text, *UNDO)
        assert text.text() != before


def test_undoing_by_the_context_menu_goes_back_to_the_start_too(editing):
    text = field(editing)
    before = text.text()
    type_deeper(text)
    menu = text.createStandardContextMenu()
    undo = next(action for action in menu.actions() if action.objectName() == "edit-undo")
    for _ in range(10):
        undo.trigger()
    menu.deleteLater()
    assert text.text() == before
    assert text.document().isRedoAvailable()
