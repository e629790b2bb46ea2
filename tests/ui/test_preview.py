"""The preview of a deck: every item beside its problems, and the file followed as it is saved."""

import os
import subprocess
import sys
import threading
import time

import pytest
from hands import Key, button, click, controls, has_button, press, texts
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QListWidget
from small_decks import CASE

from studyapp.content import preview as looking
from studyapp.content.kept import stamp_of
from studyapp.ui.editing.block_editor import BlockEditor
from studyapp.ui.preview import follow, view_model
from studyapp.ui.preview.alone import PreviewWindow
from studyapp.ui.routes import PreviewDeck
from studyapp.ui.theme import Theme
from studyapp.ui.widgets.reading import ReadingText

DECK = """\
deck: mine
title: My own
cards:
  - {id: m-box, topic: a.one, front: What holds most?, back: "**A box.**"}
  - id: m-cloze
    topic: a.two
    cloze: A shelf holds {{many}} boxes.  # check: ignore W999
questions:
  - id: m-question
    topic: a.one
    difficulty: easy
    stem: A porter has a cart and a shelf. Which of them is the one that rolls? (Choose two.)
    options:
      - {text: A cart, correct: true, rationale: It has wheels for that.}
      - {text: A shelf, rationale: It stands where it is put.}
    cards: [m-box]
"""


@pytest.fixture
def deck(decks):
    path = decks / "mine.yaml"
    path.write_text(DECK, encoding="utf-8")
    return path


@pytest.fixture
def preview(qtbot, qapp, decks):
    """Open the preview of a file in a window of its own; the window."""
    opened = []

    def preview(path, line=0):
        theme = Theme(qapp)
        window = PreviewWindow(theme, decks)
        window.resize(1120, 900)
        opened.append((window, theme))
        window.view_model.show_file(path, line)
        window.show()
        qtbot.waitUntil(lambda: not window.view_model.state.busy)
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        return window

    yield preview
    for window, theme in opened:
        window.close()
        window.deleteLater()
        theme.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def save(path, text, *, by_renaming=False):
    if by_renaming:
        beside = path.with_suffix(".new")
        beside.write_text(text, encoding="utf-8")
        os.replace(beside, path)
    else:
        path.write_text(text, encoding="utf-8")


def test_items_are_stepped_through_with_keys_and_clicks(preview, deck):
    window = preview(deck)
    assert "1 of 3 · line 4" in texts(window)
    assert "What holds most?" in texts(window)
    press(window, Key.Key_J)
    assert "A shelf holds [ … ] boxes." in texts(window)
    click(button(window, "Next item"))
    assert "rolls?" in texts(window)
    assert not button(window, "Next item").isEnabled()
    press(window, Key.Key_Right)
    assert "3 of 3 · line 9" in texts(window)
    press(window, Key.Key_K, Key.Key_Left)
    assert "1 of 3 · line 4" in texts(window)


@pytest.mark.parametrize("how", ["click", "key"])
def test_an_item_is_asked_as_the_learner_sees_it_and_answered_on_space(preview, deck, how):
    window = preview(deck)
    assert "A box." not in texts(window)
    assert button(window, "As asked").isChecked()
    if how == "click":
        click(button(window, "With answers"))
    else:
        press(window, Key.Key_Space)
    assert "A box." in texts(window)
    assert button(window, "With answers").isChecked()
    # It stays so while one pages.
    press(window, Key.Key_J)
    assert "A shelf holds many boxes." in texts(window)
    press(window, Key.Key_J)
    assert "✓ Right answer" in texts(window)
    assert "It has wheels for that." in texts(window)
    press(window, Key.Key_Space)
    assert "✓ Right answer" not in texts(window)
    assert "It has wheels for that." not in texts(window)
    assert "A cart" in texts(window)
    press(window, Key.Key_K)
    assert "A shelf holds many boxes." not in texts(window)


def test_space_presses_a_button_only_where_tab_led_to_it(preview, deck):
    window = preview(deck)
    click(button(window, "Next item"))
    press(window, Key.Key_Space)
    assert "2 of 3" in texts(window)
    assert "A shelf holds many boxes." in texts(window)
    while QApplication.focusWidget() is not button(window, "Previous item"):
        press(window, Key.Key_Tab)
    press(window, Key.Key_Space)
    assert "1 of 3" in texts(window)
    assert "A box." in texts(window)


@pytest.mark.parametrize("how", ["click", "key"])
def test_the_case_of_a_question_folds_out_above_it(preview, deck, decks, how):
    save(deck, DECK.replace("difficulty: easy", "difficulty: easy\n    case: depot"))
    window = preview(deck)
    assert not has_button(window, "Show the case")
    press(window, Key.Key_J, Key.Key_J)
    assert "keeps boxes for ninety shops" not in texts(window)
    if how == "click":
        click(button(window, "Show the case The depot"))
    else:
        press(window, Key.Key_C)
    assert "keeps boxes for ninety shops" in texts(window)
    press(window, Key.Key_C)
    assert "keeps boxes for ninety shops" not in texts(window)


def test_an_image_that_comes_or_changes_is_seen_at_once(preview, deck, decks, qtbot):
    save(deck, DECK.replace("What holds most?", '"![Most](images/most.png)"'))
    window = preview(deck)
    assert "▲ W317" in texts(window)
    first = next(text for text in controls(window, ReadingText))

    def colour():
        return first.grab().toImage().pixelColor(5, 5).name()

    picture = QImage(200, 200, QImage.Format.Format_RGB32)
    for name in ("#ff0000", "#0000ff"):
        picture.fill(name)
        (decks / "images").mkdir(exist_ok=True)
        picture.save(str(decks / "images" / "most.png"))
        qtbot.waitUntil(lambda name=name: colour() == name, timeout=3000)
    assert "W317" not in texts(window)


def test_near_duplicates_are_told_a_little_later(preview, deck, decks, qtbot):
    """Comparing takes longer than a save may take to show."""
    window = preview(deck)
    same = "What is a box for?"
    save(deck, DECK.replace("What holds most?", same))
    qtbot.waitUntil(lambda: "▲ W330" in texts(window))
    save(deck, DECK)
    qtbot.waitUntil(lambda: "▲ W330" not in texts(window) and same not in texts(window))


@pytest.mark.parametrize(
    ("line", "place"), [(1, "1 of 3"), (5, "2 of 3"), (7, "2 of 3"), (11, "3 of 3"), (99, "3 of 3")]
)
def test_it_begins_with_the_item_of_the_line(preview, deck, line, place):
    assert place in texts(preview(deck, line))


def test_each_problem_stands_beside_its_item(preview, deck, qtbot):
    window = preview(deck)
    assert "No problems." in texts(window)
    assert "3 problems in 2 other items" in texts(window)
    press(window, Key.Key_N)
    assert "▲ W118" in texts(window)
    assert "There is no code W999" in texts(window)
    click(button(window, "Next with a problem"))
    assert "▲ W304" in texts(window)
    click(button(window, "Why W304"))
    (dialog,) = window.findChildren(QDialog)
    assert "W304" in texts(dialog)
    dialog.close()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    press(window, Key.Key_N)
    assert "2 of 3" in texts(window)


@pytest.fixture
def editor(tmp_path, monkeypatch):
    """An editor that writes where it was sent to; the file that it writes."""
    told = tmp_path / "told"
    program = tmp_path / "subl"
    program.write_text(f'#!/bin/sh\nprintf %s "$1" > "{told}.new"; mv "{told}.new" "{told}"\n', encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("VISUAL", str(program))
    return told


def test_a_problem_opens_the_editor_at_its_line(preview, deck, editor, qtbot, monkeypatch):
    window = preview(deck, 12)
    click(button(window, "Go to line 12"))
    qtbot.waitUntil(editor.exists)
    assert editor.read_text(encoding="utf-8") == f"{deck}:12:11"
    editor.unlink()
    press(window, Key.Key_O)
    qtbot.waitUntil(editor.exists)
    assert editor.read_text(encoding="utf-8") == f"{deck}:9:1"
    monkeypatch.setenv("VISUAL", "no-such-editor")
    press(window, Key.Key_O)
    assert "no program 'no-such-editor'" in window.messages.texts()["editor"]
    monkeypatch.setenv("VISUAL", "true")
    press(window, Key.Key_O)
    assert not window.messages.texts()


@pytest.mark.parametrize("by_renaming", [False, True])
def test_a_saved_file_is_shown_and_the_item_stays(preview, deck, qtbot, by_renaming):
    window = preview(deck, 9)
    new = DECK.replace("cards:\n", "cards:\n  - {id: m-new, topic: a.one, front: And this?, back: New.}\n", 1)
    for text, stem in (
        (new, "the one that rolls"),
        (new.replace("the one that", "what"), "Which of them is what rolls"),
    ):
        save(deck, text, by_renaming=by_renaming)
        qtbot.waitUntil(lambda stem=stem: "4 of 4 · line 10" in texts(window) and stem in texts(window))
    save(deck, new.replace("m-question", "m-other"), by_renaming=by_renaming)
    qtbot.waitUntil(lambda: "m-other" in texts(window))


def test_a_broken_save_keeps_the_last_items_and_names_the_line(preview, deck, qtbot):
    window = preview(deck, 9)
    save(deck, DECK.replace("stem:", "steem:"))
    qtbot.waitUntil(lambda: "does not load" in texts(window))
    assert "Which of them is the one that rolls?" in texts(window)
    assert "Unknown key 'steem' (did you mean 'stem'?)" in texts(window)
    assert has_button(window, "Go to line 12")
    save(deck, DECK)
    qtbot.waitUntil(lambda: "does not load" not in texts(window))
    deck.unlink()
    qtbot.waitUntil(lambda: "There is no file" in "".join(window.messages.texts().values()))
    save(deck, DECK)
    qtbot.waitUntil(lambda: not window.messages.texts())


def test_a_file_that_does_not_load_shows_its_problems(preview, deck):
    save(deck, DECK.replace("topic: a.two", "topic: a.twoo").replace("id: m-box", "id: M box"))
    window = preview(deck)
    assert "This file does not load" in texts(window)
    assert {"✗ E202", "✗ E126"} <= set(texts(window).splitlines())
    assert [has_button(window, name) for name in ("Go to line 4", "Go to line 6")] == [True, True]


def test_alone_it_offers_nothing_that_needs_a_data_folder(preview, deck):
    names = {control.text() for control in controls(preview(deck))}
    assert not names & {"Edit", "Report", "‹ Decks"}


def test_the_command_opens_it_and_needs_no_data_folder(deck, tmp_path):
    script = (
        "import sys; from PySide6.QtCore import QTimer; from PySide6.QtWidgets import QApplication\n"
        "qt = QApplication([])\n"
        "QTimer.singleShot(300, lambda: (print(qt.topLevelWidgets()[0].view_model.state.path), qt.closeAllWindows()))\n"
        "from studyapp.cli import main; sys.exit(main(sys.argv[1:]))"
    )
    home = tmp_path / "home"
    home.mkdir()
    environment = {**os.environ, "HOME": str(home), "XDG_DATA_HOME": str(home)}
    done = subprocess.run(
        [sys.executable, "-c", script, "preview", f"{deck}:9"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout.strip()) == (0, str(deck)), done.stderr
    assert not [path for path in home.rglob("*") if "studyapp" in path.name]
    assert QApplication.instance() is not None


@pytest.fixture
def decks_page(deck, go, window):
    """The Decks page with one of its files selected."""
    page = go("Decks")
    lines = page.findChild(QListWidget)
    row = next(i for i in range(lines.count()) if lines.item(i).text() == "My own")
    lines.setCurrentRow(row)
    return page


@pytest.mark.parametrize("how", ["click", "key"])
def test_a_deck_is_previewed_from_the_decks_page(decks_page, window, qtbot, how):
    if how == "click":
        click(button(decks_page, "Preview this deck"))
    else:
        press(window, Key.Key_P)
    page = window.page
    qtbot.waitUntil(lambda: "1 of 3 · line 4" in texts(page))
    press(window, Key.Key_J, Key.Key_J)
    press(window, Key.Key_Escape)
    assert window.page is decks_page


def test_a_deck_of_a_folder_of_ones_own_is_held_against_all_that_is_loaded(start, decks, tmp_path, qtbot):
    """Its case lies in a third folder, and neither has a syllabus."""
    mine, cases = tmp_path / "mine", tmp_path / "cases-of-mine"
    (cases / "cases").mkdir(parents=True)
    mine.mkdir()
    case = cases / "cases" / "yard.yaml"
    case.write_text(CASE.replace("depot", "yard"), encoding="utf-8")
    path = mine / "mine.yaml"
    path.write_text(DECK.replace("difficulty: easy", "difficulty: easy\n    case: yard"), encoding="utf-8")
    app = start(files=[decks, cases, mine])
    app.pages.follow(PreviewDeck(path, "m-question"))
    page = app.window.page
    qtbot.waitUntil(lambda: "3 of 3" in texts(page))
    assert "E203" not in texts(page)
    click(button(page, "Show the case The yard"))
    assert "keeps boxes for ninety shops" in texts(page)
    # What is loaded beside it changes, and with it what is said here.
    case.write_text(case.read_text(encoding="utf-8").replace("ninety", "twenty"), encoding="utf-8")
    qtbot.waitUntil(lambda: "keeps boxes for twenty shops" in texts(page))
    case.unlink()
    qtbot.waitUntil(lambda: "✗ E203" in texts(page))


def test_an_item_that_was_found_is_previewed_in_its_deck(decks_page, window, qtbot):
    press(window, Key.Key_Slash)
    QTest.keyClicks(QApplication.focusWidget(), "shelf holds many")
    qtbot.waitUntil(lambda: "A shelf holds [ … ] boxes." in texts(decks_page))
    click(button(decks_page, "Preview in its deck"))
    qtbot.waitUntil(lambda: "2 of 3 · line 5" in texts(window.page))


def test_an_editor_that_does_not_start_is_said_once_and_until_it_does(decks_page, window, monkeypatch):
    monkeypatch.setenv("VISUAL", "no-such-editor")
    press(window, Key.Key_O, Key.Key_P, Key.Key_O)
    assert list(window.messages.texts()) == ["editor"]
    monkeypatch.setenv("VISUAL", "true")
    press(window, Key.Key_O)
    assert not window.messages.texts()


def test_a_broken_deck_opens_in_the_editor_at_its_problem(decks_page, deck, window, editor, qtbot):
    press(window, Key.Key_O)
    qtbot.waitUntil(editor.exists)
    assert editor.read_text(encoding="utf-8") == f"{deck}:1:1"
    editor.unlink()
    save(deck, DECK.replace("stem:", "steem:"))
    qtbot.waitUntil(lambda: "Does not load as it is now" in texts(decks_page))
    click(button(decks_page, "Open in editor"))
    qtbot.waitUntil(editor.exists)
    assert editor.read_text(encoding="utf-8") == f"{deck}:9:5"


def test_the_preview_in_the_program_reports_and_edits(decks_page, window, deck, qtbot, disk):
    press(window, Key.Key_P)
    page = window.page
    qtbot.waitUntil(lambda: "1 of 3 · line 4" in texts(page))
    press(window, Key.Key_E)
    edited = window.page.findChild(BlockEditor)
    edited.setPlainText(edited.toPlainText().replace("most", "least"))
    press(window, Key.Key_S, modifier=Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.page is page and "What holds least?" in texts(page))
    click(button(page, "Report this item"))
    press(QApplication.activeModalWidget(), Key.Key_2, Key.Key_Return)
    assert disk.rows("SELECT item_id, file FROM reported_items") == [("m-box", "mine.yaml")]
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    press(window, Key.Key_Escape)
    click(button(window.page, "Reported items (1)"))
    assert "1 item to deal with" in texts(window.page)


def test_a_link_that_leads_round_in_a_circle_is_followed_until_it_is_a_file(preview, deck, qtbot):
    window = preview(deck)
    with qtbot.waitSignal(window.view_model.message):
        deck.unlink()
        deck.symlink_to(deck)
    deck.unlink()
    deck.write_text(DECK.replace("What holds most?", "What holds least?"), encoding="utf-8")
    qtbot.waitUntil(lambda: "What holds least?" in texts(window))


def test_the_item_of_the_line_is_shown_once_a_broken_file_is_mended(preview, deck, qtbot):
    save(deck, DECK.replace("deck: mine", "deck: [mine"))
    window = preview(deck, 11)
    assert "This file does not load" in texts(window)
    save(deck, DECK)
    qtbot.waitUntil(lambda: "3 of 3 · line 9" in texts(window))
    # Later saves are about the item on screen.
    press(window, Key.Key_K)
    save(deck, DECK.replace("{{many}}", "{{twelve}}"))
    qtbot.waitUntil(lambda: "2 of 3" in texts(window) and not window.view_model.state.stale)


def test_a_file_that_is_gone_is_said_to_be(decks_page, window, deck, qtbot):
    press(window, Key.Key_P)
    page = window.page
    qtbot.waitUntil(lambda: "1 of 3 · line 4" in texts(page))
    text = deck.read_text(encoding="utf-8")
    deck.unlink()
    qtbot.waitUntil(lambda: "The file is gone" in texts(page))
    assert "What holds most?" in texts(page)
    assert "No problems." not in texts(page)
    assert not button(page, "Report this item").isEnabled()
    press(window, Key.Key_R)
    assert QApplication.activeModalWidget() is None
    press(window, Key.Key_E)
    assert window.page is page
    assert "mine.yaml is gone. Put it back" in window.messages.texts()["edit"]
    save(deck, text)
    qtbot.waitUntil(lambda: "The file is gone" not in texts(page) and "No problems." in texts(page))
    qtbot.waitUntil(lambda: not window.messages.texts())
    press(window, Key.Key_E)
    assert window.page is not page


def test_a_file_that_never_was_is_shown_once_it_is_there(preview, decks, qtbot):
    window = preview(decks / "later.yaml")
    assert "The file cannot be read." in texts(window)
    save(decks / "later.yaml", DECK)
    qtbot.waitUntil(lambda: "1 of 3" in texts(window))


def test_a_file_is_looked_at_by_the_worker_alone(preview, deck, qtbot, monkeypatch):
    """In a network folder a look takes long, and the window would stand still."""
    threads = []

    def told(path):
        threads.append(threading.current_thread())
        return stamp_of(path)

    monkeypatch.setattr(follow, "stamp_of", told)
    monkeypatch.setattr(view_model, "stamp_of", told)
    window = preview(deck)
    save(deck, DECK.replace("What holds most?", "What holds least?"))
    qtbot.waitUntil(lambda: "What holds least?" in texts(window))
    assert threads
    assert threading.main_thread() not in threads


def test_what_a_rule_says_is_gone_when_it_is_closed(preview, deck):
    window = preview(deck, 12)
    for _ in range(3):
        click(button(window, "Why W304"))
        next(iter(window.findChildren(QDialog))).accept()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not window.findChildren(QDialog)


def test_closing_ends_the_comparison_out_of_sight(preview, deck, qtbot, monkeypatch):
    begun, seen = threading.Event(), []

    def compare(_deck, _around, stopped):
        begun.set()
        while not stopped():
            time.sleep(0.001)
        seen.append(window.isVisible())

    monkeypatch.setattr(looking, "find_alike", compare)
    window = preview(deck)
    qtbot.waitUntil(begun.is_set)
    window.close()
    assert seen == [False]
