"""Decks go out and come in on the Decks page."""

import pytest
from hands import Key, button, click, press, texts
from listed import choose, listed
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QFileDialog, QLineEdit, QPlainTextEdit

AIKEN = "Which box is it?\nA. This\nB. That\nANSWER: A\n\nWhich of one?\nA. Only\nANSWER: A\n"


def dialogs():
    return [w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible()]


def dialog():
    (found,) = dialogs()
    return found


@pytest.fixture
def quiz(tmp_path, monkeypatch):
    path = tmp_path / "team_quiz.txt"
    path.write_text(AIKEN, encoding="utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    return path


def test_a_file_becomes_one_of_the_learners_decks(go, window, quiz, data, qtbot):
    page = go("Decks")
    press(window, Key.Key_I)
    asked = dialog()
    assert "team-quiz.yaml, in your own deck folder" in texts(asked)
    click(button(asked, "Import"))
    qtbot.waitUntil(lambda: "has no topic" in texts(asked))
    assert not (data / "decks").exists()
    asked.findChild(QComboBox).setCurrentIndex(1)
    click(button(asked, "Import"))
    qtbot.waitUntil(lambda: dialogs() and dialogs() != [asked] and dialog().windowTitle() == "Import")
    qtbot.waitUntil(lambda: len(dialogs()) == 1)
    told = dialog()
    assert "“Team quiz” is one of your decks now: 1 question, 0 cards. 1 item left out." in texts(told)
    lines = told.findChild(QPlainTextEdit).toPlainText()
    assert "line 6: Which of one?" in lines
    click(button(told, "Copy the list"))
    assert QApplication.clipboard().text() == lines
    click(button(told, "Close"))
    qtbot.waitUntil(lambda: ("Team quiz", "team-quiz.yaml · 0 cards, 1 question") in listed(page))
    assert str(data / "decks" / "team-quiz.yaml") in texts(page).replace("\u200b", "")


def test_a_title_in_other_letters_gives_a_file_with_a_number(go, quiz, data, qtbot):
    page = go("Decks")
    for number in (1, 2):
        click(button(page, "Import a file of another program"))
        asked = dialog()
        asked.findChild(QComboBox).setCurrentIndex(1)
        asked.findChild(QLineEdit).setText(" ")
        assert not button(asked, "Import").isEnabled()
        asked.findChild(QLineEdit).setText("Облако")
        assert f"deck-{number}.yaml, in your own deck folder" in texts(asked)
        click(button(asked, "Import"))
        qtbot.waitUntil(lambda asked=asked: dialogs() and dialogs() != [asked] and len(dialogs()) == 1)
        click(button(dialog(), "Close"))
    assert sorted(path.name for path in (data / "decks").glob("*.yaml")) == ["deck-1.yaml", "deck-2.yaml"]


def test_what_is_no_such_file_is_said_and_the_dialog_stays(go, quiz, data, qtbot):
    page = go("Decks")
    quiz.write_text("A. This\nANSWER: A\n", encoding="utf-8")
    click(button(page, "Import a file of another program"))
    asked = dialog()
    click(button(asked, "Import"))
    qtbot.waitUntil(lambda: "Line 1 has no question before it." in texts(asked))
    assert button(asked, "Import").isEnabled()
    press(asked, Key.Key_Escape)
    assert not dialogs()
    assert not (data / "decks").exists()


def test_a_mistake_of_the_program_leaves_the_dialog_usable(go, quiz, data, monkeypatch, qtbot):
    page = go("Decks")
    click(button(page, "Import a file of another program"))
    asked = dialog()

    def fail(*_):
        raise RuntimeError("no disk does this")

    monkeypatch.setattr("os.fsync", fail)
    with qtbot.capture_exceptions() as caught:
        asked.findChild(QComboBox).setCurrentIndex(1)
        click(button(asked, "Import"))
        qtbot.waitUntil(lambda: "stopped at a mistake of the program. Nothing was imported." in texts(asked))
        qtbot.waitUntil(lambda: bool(caught))
    assert button(asked, "Import").isEnabled()
    assert not list((data / "decks").glob("*"))
    press(asked, Key.Key_Escape)


def test_the_selected_deck_goes_out(go, window, tmp_path, monkeypatch, qtbot):
    page = go("Decks")
    choose(page, "The depot deck")
    target = tmp_path / "out"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    press(window, Key.Key_X)
    asked = dialog()
    assert button(asked, "The depot deck").isChecked()
    assert "6 questions, 3 cards" in texts(asked)
    click(button(asked, "Aiken"))
    click(button(asked, "Choose file…"))
    qtbot.waitUntil(lambda: len(dialogs()) == 1 and dialog() is not asked)
    assert "out.txt holds" in texts(dialog())
    assert "the card, as Aiken holds questions only (3)" in dialog().findChild(QPlainTextEdit).toPlainText()
    click(button(dialog(), "Close"))
    assert (tmp_path / "out.txt").read_text(encoding="utf-8").count("ANSWER: ") >= 1
    # The file dialog asked about "out" and not about "out.txt", which exists now.
    click(button(page, "Export decks for another program"))
    click(button(dialog(), "Aiken"))
    click(button(dialog(), "Choose file…"))
    qtbot.waitUntil(lambda: "exists already." in window.messages.texts().get("transfer", ""))
