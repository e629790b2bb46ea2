"""Which files of a folder are read, and how their paths are shown."""

import os
import re
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

CONFIG_NAME = "studyapp.yaml"
"""The name of a folder's settings, which are no deck file."""
_SUFFIXES = (".yaml", ".yml")
_SUBFOLDERS = ("blueprints", "cases")
_FIRST_KEY = re.compile(r"^([\w-]+)[ ]*:(?:\s|$)", re.MULTILINE)


def deck_files(folders: Sequence[Path]) -> Iterator[Path]:
    """The YAML files of the folders, of their ``blueprints`` and their ``cases``; each folder once, files by name.

    A path to a file stands for that file. Hidden files, folders and devices are passed over; a link that
    leads nowhere is handed out, to be reported.
    """
    visited: set[str] = set()
    for folder in folders:
        if folder.is_file():
            if folder.name != CONFIG_NAME:
                yield folder
            continue
        for place in (folder, *(folder / name for name in _SUBFOLDERS)):
            real = os.path.realpath(place)
            if real not in visited:
                visited.add(real)
                yield from _yaml_files(place)


def _yaml_files(folder: Path) -> Iterator[Path]:
    try:
        names = sorted(os.listdir(folder))
    except OSError:
        return
    for name in names:
        wanted = name.lower().endswith(_SUFFIXES) and not name.startswith(".") and name != CONFIG_NAME
        if wanted and _may_be_read(folder / name):
            yield folder / name


def _may_be_read(path: Path) -> bool:
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except OSError:
        return True


def first_key(path: Path) -> str:
    """The first key of a file, judged by its first lines without parsing; empty where they do not show it."""
    try:
        with path.open("rb") as file:
            beginning = file.read(4096).decode("utf-8-sig", "replace")
    except (OSError, ValueError):
        return ""
    found = _FIRST_KEY.search(beginning)
    return found[1] if found else ""


def shown(path: Path) -> str:
    """The path as problems name it: relative to the current directory where that is shorter, always printable."""
    text = str(path)
    try:
        relative = os.path.relpath(path)
    except (ValueError, OSError):
        relative = text
    if len(relative) < len(text):
        text = relative
    text = text.encode("utf-8", "backslashreplace").decode("utf-8")
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in text)
