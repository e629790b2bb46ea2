"""What was typed for an item and not saved: kept, found again, held against a file that others change."""

import pytest
from hands import Key, button, click, controls, field, has_button, press, texts, write
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication

from studyapp.core.errors import DatabaseError
from studyapp.store import SettingsStore
from studyapp.ui.editing.block_editor import BlockEditor

CONTROL = Qt.KeyboardModifier.ControlModifier
FULL = "The disk is full. Free some space."


@pytest.fixture
def full_disk(monkeypatch):
    """Nothing can be written to the database until ``undo`` of what is returned."""

    def fail(*_):
        raise DatabaseError("The disk is full.", "Free some space.")

    with monkeypatch.context() as patch:
        patch.setattr(SettingsStore, "set", fail)
        yield patch


def test_escape_stays_where_what_was_typed_cannot_be_kept(editing, app, full_disk):
    write(editing, "one thing", "two things")
    press(app.window, Key.Key_Escape)
    assert app.window.page is editing
    assert "two things" in field(editing).text()
    assert app.window.messages.texts()["draft"].endswith(f"cannot be kept. {FULL}")
    full_disk.undo()
    press(app.window, Key.Key_Escape)
    assert app.window.page is not editing
    assert "It is kept" in app.window.messages.texts()["draft"]


def test_what_was_not_typed_is_no_reason_to_stay(editing, app, full_disk):
    press(app.window, Key.Key_Escape)
    assert app.window.page is not editing
    assert not app.window.messages.texts()


def test_another_page_by_the_sidebar_holds_what_cannot_be_written(editing, app, go, full_disk):
    write(editing, "one thing", "two things")
    go("Today")
    assert app.window.messages.texts()["draft"].endswith(f"is kept only until studyapp closes: {FULL}")
    go("Flashcards")
    press(app.window, Key.Key_E)
    assert "two things" in field(editing).text()
    go("Today")
    click(button(app.window.messages, "Try again"))
    assert FULL in app.window.messages.texts()["draft"]
    full_disk.undo()
    click(button(app.window.messages, "Try again"))
    assert not app.window.messages.texts()
    assert "two things" in str(app.workspace.store.settings.get("drafts"))


@pytest.mark.parametrize("left", [False, True])
def test_the_window_does_not_close_over_what_cannot_be_kept_unasked(editing, app, go, full_disk, left):
    write(editing, "one thing", "two things")
    if left:
        go("Today")
    assert not app.window.close()
    assert app.window.isVisible()
    assert f"is not kept yet: {FULL}" in app.window.messages.texts()["closing"]
    assert "two things" in field(editing).text()
    QApplication.processEvents()
    click(button(app.window.messages, "Close all the same"))
    assert not app.window.isVisible()


def test_the_window_closes_once_what_was_typed_can_be_kept(editing, app, full_disk, start):
    write(editing, "one thing", "two things")
    assert not app.window.close()
    full_disk.undo()
    start.stop(app)
    window = start().window
    click(button(window, "Flashcards"))
    press(window, Key.Key_E)
    assert "two things" in field(window.page).text()


def test_what_was_typed_is_found_in_a_file_of_another_name(editing, app, deck, qtbot):
    write(editing, "one thing", "two things")
    press(app.window, Key.Key_Escape)
    renamed = deck.rename(deck.with_name("renamed.yaml"))
    app.reload()
    qtbot.waitUntil(lambda: app.workspace.library.file_of("depot-deck") == renamed)
    press(app.window, Key.Key_E)
    assert "two things" in field(editing).text()
    assert "renamed.yaml" in texts(editing)
    click(button(app.window.messages, "Discard"))
    assert "one thing" in field(editing).text()
    press(app.window, Key.Key_Escape)
    assert not app.workspace.store.settings.get("drafts")


def test_what_was_typed_is_found_under_a_new_id(editing, app, deck, qtbot):
    write(editing, "one thing", "two things")
    press(app.window, Key.Key_Escape)
    text = deck.read_text(encoding="utf-8").replace("id: c-box,", "id: c-crate, was: [c-box],")
    deck.write_text(text.replace("[c-box]\n", "[c-crate]\n"), encoding="utf-8")
    app.reload()
    qtbot.waitUntil(lambda: "c-crate" in app.workspace.bank.cards)
    press(app.window, Key.Key_E)
    assert editing.title.text() == "Edit c-crate"
    assert "two things" in field(editing).text()
    # The other id stands in the file now.
    assert "has changed in its file since" in app.window.messages.texts()["edit"]
    press(app.window, Key.Key_Escape)
    assert list(app.workspace.store.settings.get("drafts")) == ["depot-deck:c-crate"]


def prepend(deck, app, qtbot, editing, before, old=b"", new=b""):
    """Another program writes lines above the item, and other words into the file; wait until that is read."""
    deck.write_bytes(before + deck.read_bytes().replace(old, new))
    app.reload()
    qtbot.waitUntil(lambda: f"from line {4 + before.count(b'#')}" in texts(editing))


def test_an_item_that_moves_in_its_file_has_other_numbers(editing, app, deck, qtbot):
    write(editing, "back:", "bakc:")
    prepend(deck, app, qtbot, editing, b"# 1\r\n# 2\r\n# 3\r\n")
    qtbot.waitUntil(lambda: has_button(editing, "Go to line 7: E104"))
    assert "bakc:" in field(editing).text()
    click(button(editing, "Go to line 7: E104"))
    assert field(editing).textCursor().positionInBlock() == field(editing).text().index("bakc")
    assert "edit" not in app.window.messages.texts()


def test_where_nothing_is_typed_the_new_text_of_the_file_is_shown(editing, app, deck, qtbot):
    prepend(deck, app, qtbot, editing, b"# 1\r\n", b"one thing", b"three things")
    assert "three things" in field(editing).text()
    qtbot.waitUntil(lambda: "For keeping three things dry." in texts(editing))
    assert not app.window.messages.texts()
    press(app.window, Key.Key_Escape)
    assert not app.window.messages.texts()


def test_what_others_wrote_is_told_at_once(editing, app, deck, qtbot):
    write(editing, "one thing", "two things")
    prepend(deck, app, qtbot, editing, b"# 1\r\n", b"one thing", b"three things")
    now = deck.read_bytes()
    assert "has changed in its file since" in app.window.messages.texts()["edit"]
    assert "two things" in field(editing).text()
    _, theirs = controls(editing, BlockEditor)
    assert "three things" in theirs.text()
    # Right below the text that it is held against.
    text = field(editing)
    assert theirs.mapTo(editing, QPoint()).y() - text.mapTo(editing, text.rect().bottomLeft()).y() < 80
    press(app.window, Key.Key_S, modifier=CONTROL)
    qtbot.waitUntil(lambda: app.window.page is not editing)
    assert deck.read_bytes() == now.replace(b"three things", b"two things")
    assert not app.window.messages.texts()


def test_what_others_take_back_is_no_longer_told(editing, app, deck, qtbot):
    write(editing, "one thing", "two things")
    prepend(deck, app, qtbot, editing, b"", b"one thing", b"three things")
    qtbot.waitUntil(lambda: "edit" in app.window.messages.texts())
    prepend(deck, app, qtbot, editing, b"", b"three things", b"one thing")
    qtbot.waitUntil(lambda: "edit" not in app.window.messages.texts())
    assert len(controls(editing, BlockEditor)) == 1


def test_a_save_that_waits_does_not_overwrite_what_others_write_meanwhile(editing, app, deck, qtbot):
    write(editing, "one thing", "two things")
    deck.write_bytes(deck.read_bytes().replace(b"one thing", b"three things"))
    now = deck.read_bytes()
    editing._vm.save()
    editing._vm.files_read()
    qtbot.waitUntil(lambda: button(editing, "Save").isEnabled())
    assert app.window.page is editing
    assert deck.read_bytes() == now


def test_the_message_about_others_ends_with_the_page(editing, app, go, deck, qtbot):
    write(editing, "one thing", "two things")
    prepend(deck, app, qtbot, editing, b"", b"one thing", b"three things")
    qtbot.waitUntil(lambda: "edit" in app.window.messages.texts())
    go("Decks")
    assert list(app.window.messages.texts()) == ["draft"]


def test_a_file_that_is_renamed_while_one_types_is_followed(editing, app, deck, qtbot):
    write(editing, "one thing", "two things")
    renamed = deck.rename(deck.with_name("renamed.yaml"))
    app.reload()
    qtbot.waitUntil(lambda: "renamed.yaml" in texts(editing))
    press(app.window, Key.Key_S, modifier=CONTROL)
    qtbot.waitUntil(lambda: app.window.page is not editing)
    assert b"two things" in renamed.read_bytes()
    assert not deck.exists()


def test_what_was_typed_can_be_discarded_where_its_file_is_gone(editing, app, deck, qtbot):
    write(editing, "one thing", "two things")
    press(app.window, Key.Key_Escape)
    press(app.window, Key.Key_E)
    deck.unlink()
    click(button(app.window.messages, "Discard"))
    assert "one thing" in field(editing).text()
