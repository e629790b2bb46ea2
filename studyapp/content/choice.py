"""Which problems are wanted: chosen and passed over by the beginnings of their codes, as ruff does it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase

from studyapp.content.codes import CODES
from studyapp.core.errors import StudyError

EVERYTHING = ("E", "W")


@dataclass(frozen=True)
class Choice:
    """A choice among the codes. The longest beginning that fits decides; of two equal ones ``ignore``.

    Errors are always wanted: a file with one does not load, so nothing else can be said of it. ``files`` are patterns
    of paths and what is passed over in the files that fit one.
    """

    select: tuple[str, ...] = EVERYTHING
    ignore: tuple[str, ...] = ()
    files: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def wants(self, code: str) -> bool:
        """Whether problems with this code are reported."""
        return code[0] == "E" or _longest(self.select, code) > _longest(self.ignore, code)

    def wants_any(self, codes: Iterable[str]) -> bool:
        """Whether one of the codes is wanted."""
        return any(self.wants(code) for code in codes)

    def for_file(self, path: str) -> "Choice":
        """The choice for one file, by its path with forward slashes relative to the deck folder."""
        more = [code for pattern, codes in self.files if fnmatchcase(path, pattern) for code in codes]
        return replace(self, ignore=(*self.ignore, *more)) if more else self


def _longest(beginnings: Iterable[str], code: str) -> int:
    return max((len(beginning) for beginning in beginnings if code.startswith(beginning)), default=0)


def is_beginning(text: str) -> bool:
    """Whether some code begins like this."""
    return bool(text) and any(code.startswith(text) for code in CODES)


def parse_codes(texts: Sequence[str], option: str) -> tuple[str, ...]:
    """The beginnings in what the command line gave, with commas or one by one.

    Raises:
        StudyError: where no code begins like one of them, none is named, or errors are to be passed over.
    """
    found = tuple(part.strip().upper() for text in texts for part in text.split(",") if part.strip())
    if texts and not found:
        raise StudyError(f"{option} names no code.", f"Write for example {option} W305, or leave it out.")
    for beginning in found:
        if not is_beginning(beginning):
            raise StudyError(
                f"No code begins with {beginning!r}, which {option} names.",
                "'studyapp check --explain all' lists the codes.",
            )
        if option == "--ignore" and beginning.startswith("E"):
            raise StudyError(
                f"{beginning} cannot be ignored: a file with an error does not load.", "Leave it out, or mend the file."
            )
    return found
