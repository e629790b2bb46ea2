"""The formats by name. Each module is imported when it is used: Anki's and the Markdown reader take their time."""

import re
from dataclasses import dataclass
from pathlib import Path

from studyapp.content.interchange.material import Material, Parsed, Written, decoded


@dataclass(frozen=True)
class Format:
    """A format: ``title`` as people call it, the ``suffix`` of its files, whether it is read as well as written."""

    name: str
    title: str
    suffix: str
    is_read: bool = False


FORMATS = {
    made.name: made
    for made in (
        Format("csv", "CSV table", ".csv", is_read=True),
        Format("apkg", "Anki package", ".apkg"),
        Format("gift", "GIFT", ".gift", is_read=True),
        Format("aiken", "Aiken", ".txt", is_read=True),
        Format("moodle", "Moodle XML", ".xml", is_read=True),
        Format("qti12", "QTI 1.2 package", ".zip"),
        Format("qti21", "QTI 2.1 package", ".zip"),
    )
}
# A line of GIFT may begin so as well, but then its options follow in braces.
_AIKEN = re.compile(r"^[ \t]*ANSWER[ \t]*:[^{}\n]*$", re.MULTILINE | re.IGNORECASE)


def write(name: str, material: Material) -> Written:
    """The bytes of a file of the format."""
    # Named one by one, so that a bundled program has them all.
    match name:
        case "csv":
            from studyapp.content.interchange.csv_table import write as write_csv

            return write_csv(material)
        case "apkg":
            from studyapp.content.interchange.apkg import write as write_apkg

            return write_apkg(material)
        case "gift":
            from studyapp.content.interchange.gift import write as write_gift

            return write_gift(material)
        case "aiken":
            from studyapp.content.interchange.aiken import write as write_aiken

            return write_aiken(material)
        case "moodle":
            from studyapp.content.interchange.moodle import write as write_moodle

            return write_moodle(material)
        case "qti12":
            from studyapp.content.interchange.qti12 import write as write_qti12

            return write_qti12(material)
        case "qti21":
            from studyapp.content.interchange.qti21 import write as write_qti21

            return write_qti21(material)
    raise ValueError(name)


def read(name: str, data: bytes) -> Parsed:
    """The items of a file of the format.

    Raises:
        InterchangeError: where it is none.
    """
    match name:
        case "csv":
            from studyapp.content.interchange.csv_reader import read as read_csv

            return read_csv(data)
        case "gift":
            from studyapp.content.interchange.gift_reader import read as read_gift

            return read_gift(data)
        case "aiken":
            from studyapp.content.interchange.aiken import read as read_aiken

            return read_aiken(data)
        case "moodle":
            from studyapp.content.interchange.moodle_reader import read as read_moodle

            return read_moodle(data)
    raise ValueError(name)


def guessed(path: Path, data: bytes) -> str:
    """The format that a file seems to have, by its name and, for ``.txt``, by what is in it; empty where unknown."""
    suffix = path.suffix.lower()
    if suffix in (".csv", ".tsv"):
        return "csv"
    if suffix == ".txt":
        return _guessed_of_text(decoded(data, errors="replace"))
    return next((made.name for made in FORMATS.values() if made.is_read and made.suffix == suffix), "")


def _guessed_of_text(text: str) -> str:
    from studyapp.content.interchange.csv_reader import is_table

    if is_table(text):
        return "csv"
    return "aiken" if _AIKEN.search(text) else "gift"
