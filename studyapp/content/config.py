"""``studyapp.yaml``: what an author settles for a deck folder, beside its decks."""

import os
from collections.abc import Sequence
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from studyapp.content.choice import EVERYTHING, Choice, is_beginning
from studyapp.content.discovery import CONFIG_NAME, deck_files, shown
from studyapp.content.fields import Text
from studyapp.content.report import Report, quoted
from studyapp.content.schema_base import Format, about
from studyapp.content.tree import Document, place_of
from studyapp.content.validate import validate
from studyapp.content.yaml_reader import read

_ERRORS = ("E",)
"""Selects no warning."""


def _beginning(text: str) -> str:
    if not is_beginning(text):
        raise PydanticCustomError("E125", "must be a code such as W306, or the beginning of codes such as W3")
    return text


def _warning(text: str) -> str:
    if text.startswith("E"):
        raise PydanticCustomError("E125", "must not be an error: a file with an error does not load")
    return _beginning(text)


Selected = Annotated[str, AfterValidator(_beginning), WithJsonSchema({"type": "string", "pattern": "^[EW][0-9]{0,3}$"})]
Ignored = Annotated[str, AfterValidator(_warning), WithJsonSchema({"type": "string", "pattern": "^W[0-9]{0,3}$"})]


class FileEntry(Format):
    """What is passed over in some of the files."""

    path: Text = about(
        "A path relative to this folder; * stands for anything.", "case-*.yaml", "blueprints/pde-published.yaml"
    )
    ignore: Annotated[list[Ignored], Field(min_length=1, max_length=100)] = about(
        "Codes of warnings, or their beginnings, that are passed over in these files.", ["W306"]
    )


class CheckEntry(Format):
    """What 'studyapp check' reports in this folder."""

    select: Annotated[list[Selected], Field(max_length=100)] = about(
        "Codes of warnings, or their beginnings, that are reported; all unless named. Errors always are.",
        ["W2", "W306"],
        default=[],
    )
    ignore: Annotated[list[Ignored], Field(max_length=100)] = about(
        "Codes of warnings, or their beginnings, that are passed over. The longest beginning decides.",
        ["W314", "W4"],
        default=[],
    )
    files: Annotated[list[FileEntry], Field(max_length=1000)] = about(
        "What is passed over in some files only.", [{"path": "case-*.yaml", "ignore": ["W306"]}], default=[]
    )


class ConfigFile(Format):
    """Settings of a deck folder, in a file studyapp.yaml beside the decks."""

    check: CheckEntry = about("What 'studyapp check' reports here.", {"ignore": ["W314"]})


def read_config(folder: Path, asked: Choice | None = None) -> tuple[Choice, Report | None]:
    """The choice for a deck folder, and the report of its ``studyapp.yaml``; None where it has none.

    What is ``asked`` for on the command line replaces the file's ``select`` and adds to its ``ignore``; of a code that
    one selects and the other ignores, the command line decides.
    """
    path = folder / CONFIG_NAME
    choice = asked or Choice(())
    if not os.path.lexists(path):
        return _with_file(choice, None), None
    report = Report(shown(path))
    document = read(path, report)
    file = validate(document, ConfigFile, report) if document else None
    made = _with_file(choice, None if report.failed else file)
    if document and made.files and made.wants("W118"):
        _check_patterns(folder, made, document, report)
    return made, report


def _with_file(asked: Choice, file: Any) -> Choice:
    check = file.check if isinstance(file, ConfigFile) else CheckEntry()
    select = tuple(code for code in check.select if not code.startswith(asked.ignore))
    return Choice(
        select=asked.select or select or (_ERRORS if check.select else EVERYTHING),
        ignore=(*_without(check.ignore, asked.select), *asked.ignore),
        files=tuple((entry.path, _without(entry.ignore, asked.select)) for entry in check.files),
    )


def _without(codes: Sequence[str], others: Sequence[str]) -> tuple[str, ...]:
    return tuple(code for code in codes if code not in others)


def _check_patterns(folder: Path, choice: Choice, document: Document, report: Report) -> None:
    """W118: patterns of paths that no file of the folder has."""
    names = [path.relative_to(folder).as_posix() for path in deck_files([folder])]
    for i, (pattern, _) in enumerate(choice.files):
        if not any(fnmatchcase(name, pattern) for name in names):
            place = place_of(document.places, ["check", "files", i, "path"])
            report.add("W118", place, f"no deck file here has a path like {quoted(pattern)}; mend or remove the entry")
