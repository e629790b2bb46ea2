"""How each editor is told where to go, and how it is found behind the programs that start others."""

import os
import re
from pathlib import PurePath

_AT_COLON = ("{file}:{line}:{column}",)
_PLUS_LINE = ("+{line}", "{file}")
_PLUS_BOTH = ("+{line}:{column}", "{file}")
_OPTIONS = ("--line", "{line}", "--column", "{column}", "{file}")
_GOTO = ("--goto", "{file}:{line}:{column}")
# By the name of the program.
_FORMS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("code", "code-insiders", "codium", "vscodium", "code-oss", "cursor", "windsurf"), _GOTO),
    **dict.fromkeys(("subl", "sublime_text", "zed", "zeditor", "hx", "helix", "geany", "atom", "pulsar"), _AT_COLON),
    **dict.fromkeys(("vi", "vim", "nvim", "gvim", "mvim", "ne", "jed", "bbedit", "joe"), _PLUS_LINE),
    # What they do not know themselves they hand on to Neovim.
    **dict.fromkeys(("nvim-qt", "neovide"), ("--", *_PLUS_LINE)),
    **dict.fromkeys(("emacs", "emacsclient", "micro", "kak"), _PLUS_BOTH),
    **dict.fromkeys(("gedit", "xed", "pluma"), ("{file}", "+{line}:{column}")),
    **dict.fromkeys(("kate", "kwrite", "mousepad"), _OPTIONS),
    **dict.fromkeys(("idea", "pycharm", "webstorm", "goland", "clion", "phpstorm", "rubymine", "rider"), _OPTIONS),
    **dict.fromkeys(("nano", "pico"), ("+{line},{column}", "{file}")),
    "mate": ("--line", "{line}:{column}", "{file}"),
    "notepad++": ("-n{line}", "-c{column}", "{file}"),
}
_IN_TERMINAL = frozenset(["vi", "vim", "nvim", "nano", "pico", "joe", "jed", "ne", "kak", "micro", "hx", "helix"])
_EMACS_IN_TERMINAL = frozenset(("-nw", "-t", "-tty", "--no-window-system", "--tty"))
# Programs that start the one they are given, each with those of its options that take a word of their own.
_STARTERS: dict[str, frozenset[str]] = {
    "env": frozenset(("-u", "--unset", "-C", "--chdir")),
    "sudo": frozenset(("-u", "--user", "-g", "--group", "-h", "--host", "-p", "--prompt", "-C", "-D", "-R", "-T")),
    "doas": frozenset(("-u", "-C")),
    "nice": frozenset(("-n",)),
    **dict.fromkeys(("nohup", "setsid", "flatpak-spawn", "snap"), frozenset[str]()),
}
_ASSIGNMENT = re.compile(r"[A-Za-z_]\w*=")
# Flatpaks whose name is not that of the program in them.
_FLATPAKS = {
    "org.vim.vim": "gvim",
    "com.sublimetext.three": "subl",
    "com.jetbrains.intellij-idea-community": "idea",
    "com.jetbrains.intellij-idea-ultimate": "idea",
}


def expanded(part: str) -> str:
    """A word of a command with the home folder and the variables it names, as a shell would give it."""
    return os.path.expandvars(os.path.expanduser(part))


def editor_in(parts: list[str]) -> str:
    """The editor that a command starts, by the name that ``form_of`` knows."""
    at = 0
    while True:
        name = _program(parts[at])
        if name == "flatpak" and "run" in parts[at:]:
            app = next((p for p in parts[parts.index("run", at) + 1 :] if not p.startswith("-")), "").lower()
            name = _FLATPAKS.get(app) or app.rpartition(".")[2]
            return name if name in _FORMS else _known(name.partition("-")[0])
        following = _started(parts, at) if name in _STARTERS else None
        if following is None:
            return _known(name)
        at = following


def form_of(editor: str) -> tuple[str, ...]:
    """What is added to the command of an editor, with {file}, {line} and {column}."""
    return _FORMS.get(editor, ("{file}",))


def needs_terminal(editor: str, parts: list[str]) -> bool:
    """Whether an editor has no window of its own."""
    return editor in _IN_TERMINAL or (editor.startswith("emacs") and not _EMACS_IN_TERMINAL.isdisjoint(parts))


def with_environment(parts: list[str]) -> list[str]:
    """A command that begins with assignments, which a shell would understand, as one that needs no shell."""
    return ["env", *parts] if os.name != "nt" and _ASSIGNMENT.match(parts[0]) else parts


def _started(parts: list[str], at: int) -> int | None:
    """Where the program stands that a starter is given; None where it is given none."""
    takes = _STARTERS[_program(parts[at])]
    at += 1
    while at < len(parts) and (parts[at].startswith("-") or _ASSIGNMENT.match(parts[at]) or parts[at] == "run"):
        at += 2 if parts[at] in takes else 1
    return at if at < len(parts) and "{file}" not in parts[at] else None


def _program(part: str) -> str:
    return PurePath(part.replace("\\", "/")).name.lower().removesuffix(".exe").removesuffix(".cmd")


def _known(name: str) -> str:
    """The name without what tells versions apart: vim.basic, emacs-29, idea64."""
    return name if name in _FORMS else name.partition(".")[0].rstrip("0123456789").rstrip("-")
