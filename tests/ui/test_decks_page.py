"""The Decks page: folders, decks, what is wrong with them, switching off, adding and removing."""

import json

import pytest
from hands import Key, button, click, has_button, press, tab_to, texts
from listed import choose, deck_list, listed
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog

BROKEN = "deck: broken\ntitle: Torn\ncards:\n  - {id: x-one, topic: a.none, front: What?, back: That.}\n"
MINE = "deck: mine\ntitle: My own\ncards:\n  - {id: m-one, topic: a.one, front: Whose?, back: Mine.}\n"


@pytest.fixture
def mine(tmp_path):
    """A folder with one deck, outside of what is read."""
    folder = tmp_path / "git" / "my-decks"
    folder.mkdir(parents=True)
    (folder / "mine.yaml").write_text(MINE, encoding="utf-8")
    return folder


def test_decks_and_their_counts(go, decks, data):
    page = go("Decks")
    assert "1 deck, 6 questions, 3 cards" in texts(page)
    assert listed(page) == [
        ("Shipped with studyapp", "1 deck"),
        ("The depot deck", "depot.yaml · 3 cards, 6 questions"),
        ("Your decks", "no decks yet"),
    ]
    choose(page, "The depot deck")
    shown = texts(page)
    assert "Loaded" in shown
    assert str(decks / "depot.yaml") in shown.replace("\u200b", "")


def test_a_broken_deck_comes_first_with_its_problems_and_the_others_load(start, decks):
    (decks / "broken.yaml").write_text(BROKEN, encoding="utf-8")
    (decks / "torn.yaml").write_text("deck: torn\ntitle: [\n", encoding="utf-8")
    window = start().window
    assert window.messages.texts()["broken"].startswith("2 of your files did not load; the others did.")
    click(button(window.messages, "See the problems"))
    page = window.page
    assert "1 deck, 6 questions, 3 cards · 2 files not loaded" in texts(page)
    assert [title for title, _ in listed(page)][:2] == ["Torn", "torn.yaml"]
    assert listed(page)[2] == ("Shipped with studyapp", "1 deck, 2 not loaded")
    assert {"4:24", "✗ E202"} <= set(texts(page).splitlines())
    assert "Unknown topic 'a.none'" in texts(page)
    assert "✗ Not loaded" in texts(page)
    choose(page, "torn.yaml")
    assert "✗ E105" in texts(page)
    click(button(window, "Practice exam"))
    click(button(window.page, "Start exam"))
    assert "1 of 6" in texts(window.page)


def test_two_decks_with_one_id_are_told_of(start, decks):
    text = (decks / "depot.yaml").read_text(encoding="utf-8")
    (decks / "zz-copy.yaml").write_text(text, encoding="utf-8")
    window = start().window
    click(button(window, "Decks"))
    assert listed(window.page)[0] == ("The depot deck", "zz-copy.yaml · ✗ not loaded")
    assert "The deck id 'depot-deck' is used before, at decks/depot.yaml:1:7" in texts(window.page)


def settled(qtbot, app, until):
    qtbot.waitUntil(until, timeout=5000)


def test_a_deck_is_switched_off_and_on(start, decks, data, qtbot):
    app = start()
    window = app.window
    click(button(window, "Decks"))
    page = window.page
    choose(page, "The depot deck")
    press(window, Key.Key_Space)
    qtbot.waitUntil(lambda: "0 decks, 0 questions, 0 cards · 1 file switched off" in texts(page))
    assert ("The depot deck", "depot.yaml · switched off") in listed(page)
    assert "its history stays" in texts(page)
    click(button(window, "Flashcards"))
    assert "What is a box for?" not in texts(window.page)
    start.stop(app)
    # It is off at the next start too.
    app = start()
    click(button(app.window, "Decks"))
    assert app.workspace.bank.decks == ()
    choose(app.window.page, "The depot deck")
    click(button(app.window.page, "Switch on"))
    qtbot.waitUntil(lambda: len(app.workspace.bank.decks) == 1)
    assert has_button(app.window.page, "Switch off")
    assert json.loads((data / "decks.json").read_text()) == {"added": [], "off": []}


def test_a_shipped_deck_gives_way_to_a_copy_of_it(start, decks, data, qtbot):
    """Who makes a shipped deck their own switches the shipped one off."""
    (data / "decks").mkdir(parents=True)
    text = (decks / "depot.yaml").read_text(encoding="utf-8").replace("The depot deck", "My depot deck")
    (data / "decks" / "depot.yaml").write_text(text, encoding="utf-8")
    app = start()
    click(button(app.window, "Decks"))
    assert [deck.title for deck in app.workspace.bank.decks] == ["The depot deck"]
    choose(app.window.page, "The depot deck")
    click(button(app.window.page, "Switch off"))
    qtbot.waitUntil(lambda: [deck.title for deck in app.workspace.bank.decks] == ["My depot deck"])
    assert len(app.workspace.bank.questions) == 6


def test_a_folder_is_added_and_removed(start, mine, qtbot, monkeypatch):
    app = start()
    click(button(app.window, "Decks"))
    page = app.window.page
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(mine))
    click(button(page, "Add a deck folder"))
    qtbot.waitUntil(lambda: "2 decks, 6 questions, 4 cards" in texts(page))
    assert listed(page)[-2:] == [("my-decks", "1 deck"), ("My own", "mine.yaml · 1 card")]
    click(button(page, "Add a deck folder"))
    assert "is read already" in app.window.messages.texts()["folders"]
    start.stop(app)
    app = start()
    click(button(app.window, "Decks"))
    page = app.window.page
    choose(page, "my-decks")
    click(button(page, "Remove from the list"))
    qtbot.waitUntil(lambda: "1 deck, 6 questions, 3 cards" in texts(page))
    assert (mine / "mine.yaml").exists()
    assert ("my-decks", "1 deck") not in listed(page)


def test_what_the_program_was_opened_with_can_be_kept(start, decks, mine, qtbot):
    app = start(files=[decks, mine / "mine.yaml"])
    click(button(app.window, "Decks"))
    page = app.window.page
    assert listed(page)[-2:] == [("Opened for now", "1 deck"), ("My own", "mine.yaml · 1 card")]
    choose(page, "Opened for now")
    click(button(page, "Keep in the list"))
    qtbot.waitUntil(lambda: ("mine.yaml", "1 deck") in listed(page))
    qtbot.waitUntil(lambda: "opened" not in app.window.messages.texts())
    start.stop(app)
    app = start()
    assert len(app.workspace.bank.decks) == 2


def test_a_deck_that_was_opened_by_itself_is_selected_and_closed(start, decks, mine, qtbot):
    """Its place in the list has the same path, and is another line."""
    app = start(files=[decks, mine / "mine.yaml"])
    click(button(app.window, "Decks"))
    page = app.window.page
    choose(page, "Opened for now")
    assert "1 deck" in texts(page.details)
    choose(page, "My own")
    assert {"My own", "Loaded", "mine.yaml · 1 card"} <= set(texts(page.details).splitlines())
    assert has_button(page.details, "Keep in the list")
    press(app.window, Key.Key_Space)
    qtbot.waitUntil(lambda: has_button(page.details, "Switch on"))
    assert deck_list(page).currentItem().text() == "My own"
    click(button(page.details, "Close"))
    qtbot.waitUntil(lambda: len(listed(page)) == 3)
    assert "opened" not in app.window.messages.texts()


def test_a_file_opened_by_itself_in_a_folder_that_is_read_is_listed_once(start, decks, mine):
    app = start(files=[decks, mine, mine / "mine.yaml"])
    click(button(app.window, "Decks"))
    assert listed(app.window.page)[-2:] == [("Opened for now", "1 deck"), ("My own", "mine.yaml · 1 card")]
    assert [title for title, _ in listed(app.window.page)].count("Opened for now") == 1


def test_what_the_program_was_opened_with_is_told_and_kept(start, decks, mine, data, qtbot):
    app = start(files=[decks, mine / "mine.yaml"])
    told = app.window.messages.texts
    assert told()["opened"] == "“My own” is open for now, until you close studyapp."
    click(button(app.window.messages, "Keep in the list"))
    qtbot.waitUntil(lambda: "mine.yaml is read with your decks from now on" in told().get("dropped", ""))
    assert json.loads((data / "decks.json").read_text())["added"] == [str(mine / "mine.yaml")]
    start.stop(app)
    assert not start(files=[decks, mine / "mine.yaml"]).window.messages.texts()


def test_a_search_without_a_hit_says_so_and_escape_leaves_it(go, window, app, qtbot):
    page = go("Decks")
    choose(page, "The depot deck")
    press(window, Key.Key_Slash)
    press(window, Key.Key_Z, Key.Key_Z)
    qtbot.waitUntil(lambda: "Nothing found for “zz”" in texts(page))
    assert "Try fewer words" in texts(page)
    press(window, Key.Key_Backspace, Key.Key_Backspace)
    press(window, Key.Key_B, Key.Key_O, Key.Key_X)
    qtbot.waitUntil(lambda: "1 question, 2 cards found" in texts(page))
    assert "Try fewer words" not in texts(page)
    press(window, Key.Key_Escape)
    assert not page._search.text()
    assert "Loaded" in texts(page.details)
    press(window, Key.Key_P)
    assert "Preview" in window.page.accessibleName()


def test_tab_comes_by_every_button_of_the_page(go, window):
    page = go("Decks")
    assert QApplication.focusWidget() is deck_list(page)
    for name in ("Import a file", "Add a deck folder", "Open folder"):
        tab_to(window, page, name)


def search_for(page, window, text):
    press(window, Key.Key_Slash)
    QTest.keyClicks(QApplication.focusWidget(), text)


def test_the_keys_work_on_what_was_found_after_a_look_at_it(go, window, qtbot):
    page = go("Decks")
    search_for(page, window, "box")
    qtbot.waitUntil(lambda: "1 question, 2 cards found" in texts(page))
    press(window, Key.Key_Tab, Key.Key_Down, Key.Key_P)
    assert window.page is not page
    press(window, Key.Key_Escape)
    assert window.page is page
    assert QApplication.focusWidget() is page._found
    assert page._found.currentRow() == 1
    press(window, Key.Key_Down)
    assert page._found.currentRow() == 2
    press(window, Key.Key_Escape)
    assert QApplication.focusWidget() is deck_list(page)


@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_Enter, Key.Key_Down])
def test_from_the_search_to_the_first_hit(go, window, key, qtbot):
    page = go("Decks")
    # At once, before it is known what is found.
    search_for(page, window, "box")
    press(window, key)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is page._found)
    assert page._found.currentRow() == 0
    assert "1 question, 2 cards found" in texts(page)
    search_for(page, window, "zz")
    press(window, key)
    qtbot.waitUntil(lambda: "Nothing found" in texts(page))
    assert QApplication.focusWidget() is page._search
    page._search.clear()
    press(window, key)
    assert QApplication.focusWidget() is deck_list(page)


def test_a_file_dropped_onto_the_search_is_for_the_window(go, window, mine, qtbot):
    page = go("Decks")
    place = page._search.mapTo(window, page._search.rect().center())
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(mine))])
    data.setText(str(mine))
    how = Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(window.windowHandle(), QDragEnterEvent(place, *how))
    QApplication.sendEvent(window.windowHandle(), QDropEvent(QPointF(place), *how))
    assert not page._search.text()
    qtbot.waitUntil(lambda: ("my-decks", "1 deck") in listed(page))


def test_a_file_that_is_no_deck_is_switched_off_for_good(start, mine, data, qtbot):
    """An added folder may hold what was never meant for studyapp."""
    (mine / "docker-compose.yaml").write_text("services:\n  web: {image: nginx}\n", encoding="utf-8")
    data.mkdir()
    (data / "decks.json").write_text(json.dumps({"added": [str(mine)], "off": []}))
    app = start()
    click(button(app.window.messages, "See the problems"))
    page = app.window.page
    assert "docker-compose.yaml" in texts(page.details)
    press(app.window, Key.Key_Space)
    qtbot.waitUntil(lambda: ("docker-compose.yaml", "docker-compose.yaml · switched off") in listed(page))
    start.stop(app)
    app = start()
    assert not app.window.messages.texts()
    click(button(app.window, "Decks"))
    choose(app.window.page, "docker-compose.yaml")
    assert has_button(app.window.page, "Switch on")


def test_a_problem_leads_to_its_line_and_is_explained(start, decks, monkeypatch):
    (decks / "broken.yaml").write_text(BROKEN, encoding="utf-8")
    window = start().window
    opened = []
    monkeypatch.setattr("studyapp.ui.items.editor.open_in_editor", lambda *where: opened.append(where[:3]))
    click(button(window.messages, "See the problems"))
    click(button(window.page, "Go to line 4: E202"))
    assert opened == [(decks / "broken.yaml", 4, 24)]
    click(button(window.page, "Why E202"))
    (told,) = [w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible()]
    assert told.windowTitle() == "Why E202"
    told.close()


def drop(window, *paths):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    actions, buttons, modifiers = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPointF(50, 50).toPoint(), actions, data, buttons, modifiers)
    QApplication.sendEvent(window, enter)
    if not enter.isAccepted():
        return False
    QApplication.sendEvent(window, QDropEvent(QPointF(50, 50), actions, data, buttons, modifiers))
    return True


def test_a_file_or_folder_dropped_onto_the_window_is_added(start, mine, qtbot):
    app = start()
    note = mine / "note.txt"
    note.write_text("no deck")
    assert not drop(app.window, note)
    assert drop(app.window, mine / "mine.yaml", note)
    qtbot.waitUntil(lambda: len(app.workspace.bank.decks) == 2)
    told = app.window.messages.texts
    qtbot.waitUntil(lambda: "mine.yaml is read with your decks from now on" in told().get("dropped", ""))
    assert drop(app.window, mine / "mine.yaml")
    assert "read already" in app.window.messages.texts()["dropped"]
    start.stop(app)
    assert len(start().workspace.bank.decks) == 2


def test_a_dropped_folder_says_how_many_decks_are_in_it(start, mine, tmp_path, qtbot):
    app = start()
    told = app.window.messages.texts
    (mine / "torn.yaml").write_text("deck: torn\ntitle: [\n")
    assert drop(app.window, mine)
    qtbot.waitUntil(lambda: "my-decks (1 deck, 1 file not loaded) is read" in told().get("dropped", ""))
    deep = tmp_path / "deep" / "below"
    deep.mkdir(parents=True)
    (deep / "mine.yaml").write_text(MINE.replace("mine", "deep"))
    assert drop(app.window, deep.parent)
    qtbot.waitUntil(lambda: told()["dropped"].startswith("No deck was found in deep: of a folder, the files in it, in"))
    click(button(app.window, "Decks"))
    choose(app.window.page, "deep")
    assert "no decks yet" in texts(app.window.page.details)
    assert "no other folder below it" in texts(app.window.page.details)


def test_what_is_dropped_and_does_not_load_is_told_once(start, decks, tmp_path, qtbot):
    app = start()
    (tmp_path / "second.yaml").write_text((decks / "syllabus.yaml").read_text())
    assert drop(app.window, tmp_path / "second.yaml")
    qtbot.waitUntil(lambda: "second.yaml" in app.window.messages.texts().get("broken", ""))
    assert list(app.window.messages.texts()) == ["broken"]
    click(button(app.window.messages, "See the problems"))
    click(button(app.window.page, "Remove from the list"))
    qtbot.waitUntil(lambda: not app.window.messages.texts())


def test_a_file_of_another_program_that_is_dropped_is_imported(window, tmp_path):
    quiz = tmp_path / "team quiz.csv"
    quiz.write_text("front,back,topic\nWhose?,Ours.,a.one\n")
    assert drop(window, quiz, tmp_path / "other.gift")
    (asked,) = [w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible()]
    assert "Make a deck of team quiz.csv" in texts(asked)
    assert "Decks" in window.page.accessibleName()
    assert "Drop the others when it is in" in window.messages.texts()["import"]
    asked.close()


def test_no_file_is_imported_during_an_exam(app, begin_exam, tmp_path):
    desk = begin_exam()
    assert drop(app.window, tmp_path / "quiz.xml")
    assert app.window.page is desk
    assert "quiz.xml is not imported during an exam" in app.window.messages.texts()["import"]


def test_what_is_said_of_an_import_stays_beside_what_is_said_of_decks(app, begin_exam, mine, tmp_path, qtbot):
    begin_exam()
    quiz = tmp_path / "quiz.csv"
    quiz.write_text("front,back,topic\nWhose?,Ours.,a.one\n")
    told = app.window.messages.texts
    assert drop(app.window, mine / "mine.yaml", quiz)
    qtbot.waitUntil(lambda: "mine.yaml is read" in told().get("dropped", ""))
    assert "quiz.csv is not imported during an exam" in told()["import"]


def test_what_was_dropped_is_no_longer_said_to_be_read_once_it_is_not(go, window, mine, qtbot):
    told = window.messages.texts
    page = go("Decks")
    assert drop(window, mine / "mine.yaml")
    qtbot.waitUntil(lambda: "mine.yaml is read" in told().get("dropped", ""))
    choose(page, "My own")
    press(window, Key.Key_Space)
    assert "dropped" not in told()
    qtbot.waitUntil(lambda: has_button(page.details, "Switch on"))
    assert drop(window, mine / "mine.yaml")
    assert told()["dropped"] == "mine.yaml is in your list, but switched off; the Decks page can switch it on."
    click(button(page.details, "Remove from the list"))
    assert "dropped" not in told()
    qtbot.waitUntil(lambda: len(listed(page)) == 3)
    # It comes back as it was.
    assert drop(window, mine / "mine.yaml")
    qtbot.waitUntil(lambda: "mine.yaml is in your list, but switched off" in told().get("dropped", ""))


def test_a_folder_that_is_gone_is_said_and_harms_nothing(start, mine, data):
    data.mkdir()
    gone = mine.parent / "usb-stick"
    (data / "decks.json").write_text(json.dumps({"added": [str(gone), str(mine)], "off": []}))
    app = start()
    click(button(app.window, "Decks"))
    assert ("usb-stick", "not there at the moment") in listed(app.window.page)
    assert len(app.workspace.bank.decks) == 2


def test_a_damaged_list_of_folders_is_said(start, data):
    data.mkdir()
    (data / "decks.json").write_text("{")
    app = start()
    assert "cannot be read" in app.window.messages.texts()["folders"]
    assert len(app.workspace.bank.decks) == 1


def test_the_learners_folder_is_made_when_it_is_first_wanted(app, go, data, monkeypatch):
    page = go("Decks")
    opened = []
    monkeypatch.setattr(
        "studyapp.ui.decks.details.QDesktopServices.openUrl", lambda url: opened.append(url.toLocalFile())
    )
    assert not (data / "decks").exists()
    choose(page, "Your decks")
    click(button(page, "Open folder"))
    assert opened == [str(data / "decks")]
    assert (data / "decks").is_dir()


def test_reload_by_key_and_the_place_in_the_list(app, go, window, decks, qtbot):
    page = go("Decks")
    choose(page, "Your decks")
    (decks / "depot.yaml").write_text(
        (decks / "depot.yaml").read_text(encoding="utf-8").replace("The depot deck", "The same deck"), encoding="utf-8"
    )
    press(window, Key.Key_F5)
    qtbot.waitUntil(lambda: listed(page)[1][0] == "The same deck")
    assert deck_list(page).currentItem().text() == "Your decks"
