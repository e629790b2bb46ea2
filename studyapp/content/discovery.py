"""Which files of a folder are read, and how their paths are shown."""

import os
import re
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

from studyapp.core.errors import DeckFolderError

CONFIG_NAME = "studyapp.yaml"
"""The name of a folder's settings, which are no deck file."""
_SUFFIXES = (".yaml", ".yml")
_SUBFOLDERS = ("blueprints", "cases")
KIND_KEYS = {"deck": "deck", "syllabus": "syllabus", "blueprint": "blueprint", "case": "case", "products": "names"}
"""The key by which a file says what it is, and the kind it stands for."""
_FIRST_KEY = re.compile(r"^([\w-]+)[ ]*:(?:\s|$)", re.MULTILINE)
_TITLE = re.compile(r"^title[ ]*:[ ]+(\S.*?)\s*$", re.MULTILINE)


def deck_files(folders: Sequence[Path]) -> Iterator[Path]:
    """The YAML files of the folders, of their ``blueprints`` and their ``cases``; each file once, by name.

    A path to a file stands for that file. Hidden files, folders and devices are passed over; a link that
    leads nowhere is handed out, to be reported.
    """
    return iter(real_files(folders).values())


def real_files(folders: Sequence[Path]) -> dict[str, Path]:
    """The same files, each by where it really lies."""
    files: dict[str, Path] = {}
    for folder in folders:
        if folder.is_file():
            found = iter([folder] if folder.name != CONFIG_NAME else [])
        else:
            found = (file for place in folders_of(folder) for file in _yaml_files(place))
        for file in found:
            files.setdefault(os.path.realpath(file), file)
    return files


def require(path: Path) -> None:
    """Make sure that a file exists, or that a folder can be listed.

    Raises:
        DeckFolderError: where not.
    """
    try:
        if stat.S_ISDIR(os.stat(path).st_mode):
            for folder in folders_of(path):
                if folder == path or os.path.isdir(folder):
                    os.listdir(folder)
    except (FileNotFoundError, NotADirectoryError):
        raise DeckFolderError(f"There is no file or folder {shown(path)}.", "Check the spelling of the path.") from None
    except (OSError, ValueError) as error:
        reason, place = getattr(error, "strerror", None) or error, getattr(error, "filename", None) or path
        message = f"{shown(Path(place))} cannot be read: {reason}."
        raise DeckFolderError(message, "Check the path and its permissions.") from error


def folders_of(folder: Path) -> tuple[Path, ...]:
    """A deck folder and those below it that are read with it."""
    return folder, *(folder / name for name in _SUBFOLDERS)


def _yaml_files(folder: Path) -> Iterator[Path]:
    try:
        # By the name without its ending, so that "depot copy.yaml" comes after "depot.yaml".
        names = sorted(os.listdir(folder), key=lambda name: (os.path.splitext(name)[0], name))
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
    found = _FIRST_KEY.search(_beginning(path))
    return found[1] if found else ""


def is_syllabus(path: Path) -> bool:
    """Whether a file is a syllabus: by its first key, or by its name where it does not say what else it is."""
    key = first_key(path)
    return key == "syllabus" or (path.stem == "syllabus" and key not in KIND_KEYS)


def first_title(path: Path) -> str:
    """The title of a file, judged likewise."""
    found = _TITLE.search(_beginning(path))
    return found[1].strip("\"'") if found else ""


def _beginning(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return file.read(4096).decode("utf-8-sig", "replace")
    except (OSError, ValueError):
        return ""


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
