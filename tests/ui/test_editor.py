"""Opening a file in an editor: each editor's own way of being told the line, and what is said when it fails."""

import stat
import sys
from pathlib import Path

import pytest
from hands import Key, click, controls, press, texts
from PySide6.QtCore import QProcess
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from studyapp.ui.editor import EditorError, command_for, open_in_editor

FILE = Path("/decks of mine/a{line}b.yaml")


@pytest.mark.parametrize(
    ("editor", "command"),
    [
        ("code", ["code", "--goto", f"{FILE}:41:9"]),
        ("/usr/bin/code-insiders --wait", ["/usr/bin/code-insiders", "--wait", "--goto", f"{FILE}:41:9"]),
        ("subl", ["subl", f"{FILE}:41:9"]),
        ("gvim", ["gvim", "+41", str(FILE)]),
        ("emacs-29", ["emacs-29", "+41:9", str(FILE)]),
        ("gedit", ["gedit", str(FILE), "+41:9"]),
        ("kate", ["kate", "--line", "41", "--column", "9", str(FILE)]),
        ("idea64.exe", ["idea64.exe", "--line", "41", "--column", "9", str(FILE)]),
        ("notepad++.exe", ["notepad++.exe", "-n41", "-c9", str(FILE)]),
        ("unheard-of", ["unheard-of", str(FILE)]),
        ("atom", ["atom", f"{FILE}:41:9"]),
        ("nvim-qt", ["nvim-qt", "--", "+41", str(FILE)]),
        ("neovide --maximized", ["neovide", "--maximized", "--", "+41", str(FILE)]),
        (
            "flatpak run com.visualstudio.code --wait",
            ["flatpak", "run", "com.visualstudio.code", "--wait", "--goto", f"{FILE}:41:9"],
        ),
        ("flatpak run --user org.vim.Vim", ["flatpak", "run", "--user", "org.vim.Vim", "+41", str(FILE)]),
        (
            "flatpak run com.jetbrains.PyCharm-Community",
            ["flatpak", "run", "com.jetbrains.PyCharm-Community", "--line", "41", "--column", "9", str(FILE)],
        ),
        ("flatpak run org.unheard.Of", ["flatpak", "run", "org.unheard.Of", str(FILE)]),
        ("env X=1 gvim", ["env", "X=1", "gvim", "+41", str(FILE)]),
        ("X=1 Y=2 gvim -f", ["env", "X=1", "Y=2", "gvim", "-f", "+41", str(FILE)]),
        ("sudo -u me nice -n 5 subl", ["sudo", "-u", "me", "nice", "-n", "5", "subl", f"{FILE}:41:9"]),
        ("snap run codium", ["snap", "run", "codium", "--goto", f"{FILE}:41:9"]),
        ("flatpak-spawn --host gedit", ["flatpak-spawn", "--host", "gedit", str(FILE), "+41:9"]),
        ("env mine {file}", ["env", "mine", str(FILE)]),
        ("sudo", ["sudo", str(FILE)]),
        ("mine -l{line} '{file}' {column}", ["mine", "-l41", str(FILE), "9"]),
    ],
)
def test_each_editor_is_told_in_its_own_way(editor, command):
    assert command_for(editor, FILE, 41, 9) == command


@pytest.mark.parametrize("editor", ["~/bin/gvim", "$HOME/bin/gvim", "${HOME}/bin/gvim", "env X=1 ~/bin/gvim"])
def test_the_home_folder_is_found(editor, monkeypatch, tmp_path):
    monkeypatch.setenv("HOME", str(tmp_path))
    assert command_for(editor, FILE, 41)[-3:] == [str(tmp_path / "bin" / "gvim"), "+41", str(FILE)]


@pytest.mark.parametrize(
    "editor",
    ["vim", "nvim", "/usr/bin/vim.basic", "nano", "emacs -nw", "hx {file}:{line}", "sudo vim", "flatpak run io.n.nvim"],
)
def test_an_editor_of_the_terminal_is_given_one(editor, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.delenv("TERMINAL", raising=False)
    with pytest.raises(EditorError, match="needs a terminal"):
        command_for(editor, FILE, 41)
    terminal = program(tmp_path / "x-terminal-emulator", "")
    assert command_for(editor, FILE, 41)[:3] == [str(terminal), "-e", editor.split()[0]]


@pytest.mark.parametrize(
    ("named", "there", "begins"),
    [
        ("", "gnome-terminal", ["gnome-terminal", "--", "vim"]),
        ("", "kitty", ["kitty", "vim"]),
        ("foot --maximized", "foot", ["foot", "--maximized", "vim"]),
        ("mine", "mine", ["mine", "-e", "vim"]),
        ("not-there", "konsole", ["konsole", "-e", "vim"]),
        ("a 'quote", "xterm", ["xterm", "-e", "vim"]),
    ],
)
def test_each_terminal_runs_it_in_its_own_way(named, there, begins, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("TERMINAL", named)
    program(tmp_path / there, "")
    command = command_for("vim", FILE, 41)
    assert [Path(command[0]).name, *command[1:]] == [*begins, "+41", str(FILE)]


def test_on_a_mac_the_terminal_is_asked_to_run_it(monkeypatch):
    monkeypatch.setattr(sys, "platform", "darwin")
    command = command_for("vim", FILE, 41)
    assert command[0] == "osascript"
    assert command[-1] == f"vim +41 '{FILE}'"


def test_without_a_terminal_the_system_opens_what_the_environment_cannot(tmp_path, monkeypatch):
    deck, opened = tmp_path / "deck.yaml", []
    deck.touch()
    monkeypatch.setattr(sys, "platform", "linux")
    for name, value in (("PATH", str(tmp_path)), ("TERMINAL", ""), ("VISUAL", "vim")):
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()) or True)
    open_in_editor(deck, 3)
    assert opened == [str(deck)]
    # What the learner has set is not passed over without a word.
    with pytest.raises(EditorError, match="needs a terminal"):
        open_in_editor(deck, 3, setting="vim")


def test_a_program_is_started_by_its_whole_path(tmp_path, monkeypatch):
    """Windows finds code.cmd only so."""
    deck, started = tmp_path / "deck.yaml", []
    deck.touch()
    found = program(tmp_path / "code", "")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(QProcess, "startDetached", lambda name, _arguments: started.append(name) or True)
    open_in_editor(deck, 3, setting="code")
    assert started == [str(found)]


@pytest.mark.parametrize("editor", ["code 'x", "''", '""'])
def test_a_command_without_sense_says_so(editor):
    with pytest.raises(EditorError):
        command_for(editor, FILE, 1)


def program(path: Path, body: str) -> Path:
    path.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


@pytest.mark.parametrize("how", ["setting", "VISUAL", "EDITOR"])
def test_the_editor_is_started(how, tmp_path, qtbot, monkeypatch):
    deck, told = tmp_path / "a deck.yaml", tmp_path / "told"
    deck.write_text("deck: x\n", encoding="utf-8")
    editor = program(tmp_path / "subl", f'printf %s "$1" > "{told}.new"; mv "{told}.new" "{told}"')
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", "no-such-editor" if how == "VISUAL" else str(editor))
    if how == "VISUAL":
        monkeypatch.setenv("VISUAL", str(editor))
    open_in_editor(deck, 3, 5, str(editor) if how == "setting" else "")
    qtbot.waitUntil(told.exists)
    assert told.read_text(encoding="utf-8") == f"{deck}:3:5"


def test_the_editor_is_named_in_settings(go, app, start, monkeypatch):
    monkeypatch.setenv("EDITOR", "vim")
    monkeypatch.delenv("VISUAL", raising=False)
    page = go("Settings")
    (field,) = controls(page, QLineEdit)
    assert field.placeholderText().startswith("vim ")
    click(field)
    QTest.keyClicks(field, "no-such-editor {file}")
    press(app.window, Key.Key_Return)
    assert "There is no program 'no-such-editor'." in texts(page)
    field.clear()
    QTest.keyClicks(field, "sh -c {file} ")
    go("Today")
    assert "There is no program" not in texts(go("Settings"))
    start.stop(app)
    assert start().workspace.store.settings.get("editor") == "sh -c {file}"


def test_what_cannot_be_opened_says_so(tmp_path):
    with pytest.raises(EditorError, match="gone"):
        open_in_editor(tmp_path / "gone.yaml", 1, setting="code")
    (tmp_path / "there.yaml").touch()
    with pytest.raises(EditorError, match="no program 'no-such-editor'"):
        open_in_editor(tmp_path / "there.yaml", 1, setting="no-such-editor")
