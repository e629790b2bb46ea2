"""What Settings tells about the program: diagnostics without anything personal, and licences."""

import pytest
from hands import button, click, controls, texts
from PySide6.QtWidgets import QApplication, QDialog, QPlainTextEdit

from studyapp import paths


@pytest.fixture
def data(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    return tmp_path / "data"


def test_diagnostics_are_copied_and_hold_nothing_personal(start, decks, tmp_path):
    (decks / "torn.yaml").write_text("deck: torn\ntitle: A secret\ncards: 5\n", encoding="utf-8")
    window = start().window
    click(button(window, "Settings"))
    click(button(window.page, "Copy diagnostics"))
    copied = QApplication.clipboard().text()
    QApplication.clipboard().clear()
    for told in (
        "studyapp 0.",
        "Python 3.",
        "PySide 6.",
        "Qt 6.",
        "SQLite 3.",
        "offscreen",
        "dpi",
        "reading size 100 %",
    ):
        assert told in copied
    assert "Database: revision 0001, 0 attempts, 0 reviews" in copied
    assert "Decks: 5 of 6 files loaded, 6 questions, 3 cards" in copied
    assert "Problems in decks: none" not in copied
    assert "Data folder: ~" in copied
    for personal in (str(tmp_path), "secret", "depot", "torn"):
        assert personal not in copied.lower()
    assert "Copied" in texts(window.page)


def dialog_text(window):
    click(button(window, "Settings"))
    click(button(window.page, "Licences"))
    (dialog,) = [d for d in window.findChildren(QDialog) if d.isVisible()]
    (shown,) = controls(dialog, QPlainTextEdit)
    text = shown.toPlainText()
    button(dialog, "Close").click()
    return text


@pytest.mark.qt_log_ignore("does not support propagateSizeHints", extend=True)
def test_the_licences_of_what_is_installed(start):
    lines = dialog_text(start().window).splitlines()
    assert any(line.startswith("PySide6_Essentials 6.") and "LGPL" in line for line in lines)
    assert any(line.lower().startswith("sqlalchemy ") and line.endswith(": MIT") for line in lines)


@pytest.mark.qt_log_ignore("does not support propagateSizeHints", extend=True)
def test_the_notices_that_come_with_an_installed_program(start, tmp_path, monkeypatch):
    window = start().window
    (tmp_path / "notices.txt").write_text("The notices.\n", encoding="utf-8")
    monkeypatch.setattr(paths, "resources", lambda: tmp_path)
    assert dialog_text(window) == "The notices.\n"
