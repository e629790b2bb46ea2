"""Fixing files: what ``check`` reports is mended, written in one piece, and checked again."""

import os
import shutil
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from studyapp.content import leftovers
from studyapp.content.discovery import shown
from studyapp.content.fix.ids import fix_ids
from studyapp.content.fix.order import fix_order
from studyapp.content.fix.whitespace import fix_stray, fix_tabs
from studyapp.content.tree import Place
from studyapp.core.errors import StudyError
from studyapp.core.problem import Problem

FIXABLE = frozenset(("E106", "E120", "E126", "W119", "W212", "W311"))
"""Codes of which some problems are mended by ``check --fix``."""

_BOM = "\ufeff"


class FixError(StudyError):
    """A file could not be written; it is as it was."""


def fix_text(text: str, problems: Iterable[Problem], taken: Collection[str] = ()) -> str:
    """The text with the problems mended that can be mended safely, and not a character changed but for them."""
    places: dict[str, set[Place]] = defaultdict(set)
    for problem in problems:
        places[problem.code].add((problem.line, problem.column))
    bom = _BOM if text.startswith(_BOM) else ""
    text = text.removeprefix(_BOM)
    # One kind at a time, as each may move what the places of the next stand for; checking again finds the rest.
    if places["E106"]:
        text = fix_tabs(text)
    elif places["E120"] or places["E126"]:
        text = fix_ids(text, places["E120"] | places["E126"], taken)
    elif places["W119"]:
        text = fix_stray(text, places["W119"])
    elif places["W311"]:
        text = fix_order(text, places["W311"])
    return bom + text


def fix_file(path: Path, problems: Sequence[Problem], taken: Collection[str]) -> bool:
    """Mend a file; whether anything was changed.

    Raises:
        FixError: where it cannot be written.
    """
    try:
        raw = path.read_bytes()
        text = raw.decode("utf-8")
    except (OSError, UnicodeDecodeError):
        return False
    new = fix_text(text, problems, taken)
    if new == text:
        return False
    write_whole(path, new)
    return True


def write_whole(path: Path, text: str) -> None:
    """``write_bytes_whole`` of a text, as UTF-8."""
    write_bytes_whole(path, text.encode("utf-8"))


def write_bytes_whole(path: Path, data: bytes) -> None:
    """Replace a file's content in one piece: whoever reads it sees the old one or the new one, even after a crash.

    A symbolic link stays one, and the file keeps its permissions.

    Raises:
        FixError: where it cannot be written; the file is as it was.
    """
    target = Path(os.path.realpath(path))
    if not target.parent.is_dir():
        raise FixError(f"{path} cannot be written: there is no folder {shown(target.parent)}.", "Make it first.")
    leftovers.clear(target)
    beside = leftovers.beside(target)
    try:
        with beside.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            shutil.copymode(target, beside)
        os.replace(beside, target)
    except OSError as error:
        with suppress(OSError):
            beside.unlink()
        raise FixError(
            f"{path} cannot be written: {error.strerror or error}.", "Check its permissions and the free space."
        ) from error
