"""What loading gives. Light to import: neither the parser nor pydantic stands behind it."""

from dataclasses import dataclass
from pathlib import Path

from studyapp.core.bank import Bank
from studyapp.core.problem import Problem


@dataclass(frozen=True)
class LoadedFile:
    """One file of the deck folders. ``loaded`` tells that its content is in the bank.

    ``stale`` tells that this is what the file held before: as it is now, it does not load, for ``problems``. ``off``
    tells that the learner switched it off, so that it was not looked into.

    ``kind`` is deck, syllabus, blueprint, case or names, and empty where the file does not say. ``id`` and ``title``
    are as far as they could be read; ``cards`` and ``questions`` are counts of what stands in the file.
    """

    path: Path
    kind: str
    id: str
    title: str
    cards: int
    questions: int
    problems: tuple[Problem, ...]
    loaded: bool
    stale: bool = False
    off: bool = False

    @property
    def broken(self) -> bool:
        """Whether the file as it is now does not load."""
        return self.stale or not (self.loaded or self.off)


@dataclass(frozen=True)
class Library:
    """Everything that was loaded, and what was found in each file."""

    bank: Bank
    files: tuple[LoadedFile, ...]

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The problems of all files."""
        return tuple(problem for file in self.files for problem in file.problems)

    def file_of(self, id_: str, kind: str = "deck") -> Path | None:
        """The file that a deck, or what ``kind`` says, was loaded from; None where it is not loaded."""
        return next((f.path for f in self.files if f.loaded and f.kind == kind and f.id == id_), None)
