"""What is wrong with a deck file, and where."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """An error keeps a file from loading; a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One problem of one file.

    ``line`` and ``column`` count from 1 and name the very node; ``code`` is stable over versions (``E104``);
    ``message`` is one sentence, with a suggestion where one is near.
    """

    path: str
    line: int
    column: int
    code: str
    severity: Severity
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}: {self.severity} {self.code} {self.message}"
