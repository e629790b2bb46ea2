"""``studyapp.yaml``: what an author settles for a deck folder, beside its decks."""

from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from studyapp.content.choice import EVERYTHING, Choice, is_beginning
from studyapp.content.discovery import CONFIG_NAME, shown
from studyapp.content.fields import Text
from studyapp.content.report import Report
from studyapp.content.schema_base import Format, about
from studyapp.content.validate import validate
from studyapp.content.yaml_reader import read


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

    What is ``asked`` for on the command line replaces the file's ``select`` and adds to its ``ignore``.
    """
    path = folder / CONFIG_NAME
    choice = asked or Choice(())
    if not path.exists():
        return _with_file(choice, None), None
    report = Report(shown(path))
    document = read(path, report)
    file = validate(document, ConfigFile, report) if document else None
    return _with_file(choice, None if report.failed else file), report


def _with_file(asked: Choice, file: Any) -> Choice:
    check = file.check if isinstance(file, ConfigFile) else CheckEntry()
    return Choice(
        select=asked.select or tuple(check.select) or EVERYTHING,
        ignore=(*check.ignore, *asked.ignore),
        files=tuple((entry.path, tuple(entry.ignore)) for entry in check.files),
    )
