"""Opening a file in the learner's editor, at a line and column."""

import os
import shlex
import shutil
import sys
from pathlib import Path, PurePath

from PySide6.QtCore import QProcess, QUrl
from PySide6.QtGui import QDesktopServices

from studyapp.core.errors import StudyError
from studyapp.ui.editor_forms import editor_in, expanded, form_of, needs_terminal, with_environment
from studyapp.ui.widgets.message_bar import Message, MessageArea

# The terminals that are looked for, in this order, and what each wants before the command it is to run.
_TERMINALS: dict[str, tuple[str, ...]] = {
    "x-terminal-emulator": ("-e",),
    "gnome-terminal": ("--",),
    "ptyxis": ("--",),
    "konsole": ("-e",),
    "xfce4-terminal": ("-x",),
    "kitty": (),
    "alacritty": ("-e",),
    "foot": (),
    "xterm": ("-e",),
}
# The command comes as an argument of the script, so that AppleScript has nothing to quote.
_MAC_SCRIPT = (
    "on run argv",
    'tell application "Terminal" to do script (item 1 of argv)',
    'tell application "Terminal" to activate',
    "end run",
)


class EditorError(StudyError):
    """No editor could be opened; the file is as it was."""


class NoTerminalError(EditorError):
    """The editor needs a terminal, and none was found."""


def open_in_editor(path: Path, line: int, column: int = 1, setting: str = "") -> None:
    """Open a file at a line and column: by the setting, else $VISUAL or $EDITOR, else as the system opens it.

    The setting is a command with {file}, {line} and {column}, or the name of an editor; the system's own way knows no
    line. It is also taken where an editor that was not set here needs a terminal and there is none.

    Raises:
        EditorError: where there is no such file, or the editor does not start.
    """
    if not path.exists():
        raise EditorError(f"{path} is gone.", "Load the decks again.")
    chosen = setting.strip()
    editor = chosen or environment_editor()
    try:
        command = _found(command_for(editor, path, line, column)) if editor else []
    except NoTerminalError:
        if chosen:
            raise
        command = []
    if not command:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            raise EditorError(f"Nothing opens {path.name} on this system.", "Name your editor in Settings.")
        return
    program, *arguments = command
    started = QProcess.startDetached(program, arguments)
    if not (started[0] if isinstance(started, tuple) else started):
        raise EditorError(f"{program!r} did not start.", "Name another editor in Settings.")


def open_and_tell(messages: MessageArea, path: Path, line: int, column: int = 1, setting: str = "") -> None:
    """``open_in_editor``, which says among the messages where that failed, and no longer once it succeeds."""
    try:
        open_in_editor(path, line, column, setting)
    except StudyError as error:
        messages.show_message(Message("editor", "wrong", f"{error.message} {error.next_step}"))
    else:
        messages.dismiss("editor")


def environment_editor() -> str:
    """What $VISUAL or $EDITOR names; empty where neither does."""
    return os.environ.get("VISUAL", "").strip() or os.environ.get("EDITOR", "").strip()


def why_not(setting: str) -> str:
    """What is wrong with a setting, as a sentence; empty where nothing is."""
    try:
        if setting.strip():
            _found(command_for(setting, Path("deck.yaml"), 1))
    except EditorError as error:
        return error.message
    return ""


def command_for(editor: str, path: Path, line: int, column: int = 1) -> list[str]:
    """The command that opens a file at a place, as a list of a program and its arguments.

    ``editor`` is a command with {file}, {line} and {column}, or an editor with its options, as in $EDITOR, perhaps
    behind a program that starts it. One that needs a terminal is given one.

    Raises:
        EditorError: where the command makes no sense.
        NoTerminalError: where there is no terminal to run it in.
    """
    try:
        parts = shlex.split(editor, posix=os.name != "nt")
    except ValueError as error:
        raise EditorError(f"The editor {editor!r} has a quote that is not closed.", "Mend it in Settings.") from error
    parts = [expanded(part.strip('"')) for part in parts]
    if not parts or not parts[0]:
        raise EditorError("The editor has no name.", "Name one in Settings.")
    parts = with_environment(parts)
    name = editor_in(parts)
    if not any("{file}" in part for part in parts):
        parts += form_of(name)
    values = {"{file}": str(path), "{line}": str(line), "{column}": str(column)}
    command = [_filled(part, values) for part in parts]
    return _in_terminal(command) if needs_terminal(name, parts) else command


def _found(command: list[str]) -> list[str]:
    """The command with the whole path of its program: Windows starts ``code.cmd``, but not by the name ``code``."""
    program = shutil.which(command[0])
    if program is None:
        raise EditorError(f"There is no program {command[0]!r}.", "Name another editor in Settings.")
    return [program, *command[1:]]


def _filled(part: str, values: dict[str, str]) -> str:
    for mark in ("{line}", "{column}", "{file}"):  # the file last: its name may hold the other marks
        part = part.replace(mark, values[mark])
    return part


def _in_terminal(command: list[str]) -> list[str]:
    if sys.platform == "darwin":
        return ["osascript", *(part for line in _MAC_SCRIPT for part in ("-e", line)), shlex.join(command)]
    try:
        own = shlex.split(os.environ.get("TERMINAL", ""))
    except ValueError:
        own = []
    for name, *options in filter(None, [own, *([name] for name in _TERMINALS)]):
        if terminal := shutil.which(name):
            return [terminal, *options, *_TERMINALS.get(PurePath(name).name, ("-e",)), *command]
    raise NoTerminalError(
        f"{command[0]!r} needs a terminal, and studyapp found none.", "Name an editor with a window in Settings."
    )
