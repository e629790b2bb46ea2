"""What is told about the program: diagnostics to send along with a question, and the licences."""

import platform
import re
import sqlite3
import sys
from importlib import metadata
from pathlib import Path

import PySide6
from PySide6.QtCore import qVersion
from PySide6.QtGui import QGuiApplication

from studyapp import __version__, paths
from studyapp.sessions.workspace import Workspace
from studyapp.store import backup_files, schema
from studyapp.ui import words
from studyapp.ui.theme import DARK, Theme


def diagnostics(workspace: Workspace, theme: Theme, data_folder: Path) -> str:
    """Versions, screen and counts, a line each; no answer, no text of a deck, and the home folder as ``~``."""
    screen = QGuiApplication.primaryScreen()
    files, bank = workspace.library.files, workspace.bank
    codes = sorted({problem.code for problem in workspace.library.problems})
    attempts, reviews = workspace.store.counts()
    size = sum(path.stat().st_size for path in data_folder.glob("studyapp.db*"))
    built = "packed" if getattr(sys, "frozen", False) else "from source"
    lines = (
        f"studyapp {__version__}, {built}",
        f"Python {platform.python_version()}, PySide {PySide6.__version__}, Qt {qVersion()}, "
        f"SQLite {sqlite3.sqlite_version}",
        f"System: {platform.platform()}, {QGuiApplication.platformName()}",
        f"Screen: {screen.size().width()} × {screen.size().height()} at {screen.devicePixelRatio():.0%}, "
        f"{screen.logicalDotsPerInch():.0f} dpi",
        f"Look: {'dark' if theme.colours is DARK else 'light'}, reading size {theme.percent} %",
        f"Database: revision {schema.HEAD}, {words.history(attempts, reviews)}, {words.file_size(size)}, "
        f"{words.counted(len(backup_files(data_folder)), 'backup')}",
        f"Decks: {sum(file.loaded for file in files)} of {words.counted(len(files), 'file')} loaded, "
        f"{words.counted(len(bank.questions), 'question')}, {words.counted(len(bank.cards), 'card')}",
        f"Problems in decks: {', '.join(codes) or 'none'}",
        f"Data folder: {data_folder}",
    )
    return paths.without_home("\n".join(lines) + "\n")


def notices() -> str:
    """The notices that come with an installed program; else the licences of what the program needs of Python."""
    shipped = paths.resources() / "notices.txt"
    if shipped.is_file():
        return shipped.read_text(encoding="utf-8")
    lines = [f"{found.name} {found.version}: {_licence(found)}" for found in _needed("studyapp")]
    return "\n".join(sorted(lines, key=str.lower)) + "\n"


def _needed(name: str) -> list[metadata.Distribution]:
    """A distribution and all that it needs, as far as it is installed."""
    found: dict[str, metadata.Distribution] = {}
    wanted = [name]
    while wanted:
        try:
            one = metadata.distribution(wanted.pop())
        except metadata.PackageNotFoundError:
            # It is for another system.
            continue
        if one.name not in found:
            found[one.name] = one
            needs = [need for need in one.requires or () if "extra ==" not in need]
            wanted += [re.split(r"[^\w.-]", need, maxsplit=1)[0] for need in needs]
    return list(found.values())


def _licence(found: metadata.Distribution) -> str:
    """A licence in a few words: its expression, else its classifiers, else the first line of what is said of it."""
    told = found.metadata
    for field in ("License-Expression", "Classifier", "License"):
        values = told.get_all(field) or []
        if field == "Classifier":
            values = [line.rpartition(" :: ")[2] for line in values if line.startswith("License ::")]
        if values:
            return ", ".join(value.strip().partition("\n")[0] for value in values)
    return "see its project"
