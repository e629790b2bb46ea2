"""Collecting the problems of one file, and the comments that silence some of them."""

import difflib
from collections.abc import Callable, Iterable
from functools import lru_cache

from studyapp.content.codes import CODES
from studyapp.content.silencing import silencing_of
from studyapp.content.tree import Place, Tree
from studyapp.core.problem import Problem, Severity

MAX_PROBLEMS = 200
"""How many problems of one file are listed."""

MAX_SUGGESTIONS = 25
"""How many of the first problems of a file come with a suggestion where that is dear to find."""


class Report:
    """The problems of one file, in the order found; at most ``MAX_PROBLEMS``, and a last one that says so.

    A warning is dropped where a comment ``# check: ignore W305 reason`` stands on its line or on the item's id line,
    or where its code is not ``wanted``.
    """

    def __init__(self, path: str, wanted: Callable[[str], bool] | None = None) -> None:
        self.path = path
        self.failed = False
        self._wanted = wanted
        self._found: dict[Problem, None] = {}
        self._ignored: dict[int, dict[str, Place]] = {}
        self._misread: list[tuple[Place, str]] = []
        self._alone: set[int] = set()
        self._used: set[tuple[int, str]] = set()
        # Where each warning that is listed could have been silenced.
        self._open: set[tuple[int, str]] = set()

    @classmethod
    def resumed(cls, path: str, problems: Iterable[Problem], ignored: dict[int, dict[str, Place]]) -> "Report":
        """The report of a file that loaded, as it was with these problems and ignore comments."""
        report = cls(path)
        report._found = dict.fromkeys(problems)
        report._ignored = ignored
        return report

    @property
    def ignored(self) -> dict[int, dict[str, Place]]:
        """By line, the codes that an ignore comment there names, with their places."""
        return self._ignored

    @property
    def full(self) -> bool:
        """Whether no further problem will be listed."""
        return len(self._found) >= MAX_PROBLEMS

    @property
    def few(self) -> bool:
        """Whether so few problems are listed that looking for a suggestion for each is worth its time."""
        return len(self._found) < MAX_SUGGESTIONS

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What was found, ordered by place."""
        return tuple(sorted(self._found))

    def read_comments(self, text: str, places: Tree) -> None:
        """Take over the comments of the file that silence warnings; ``places`` tell them from text."""
        self._ignored, self._misread, self._alone = silencing_of(text, places)

    def add(self, code: str, place: Place, message: str, item_line: int | None = None) -> bool:
        """Record a problem; ``item_line`` is the line with the id of the item it belongs to.

        False where a comment silences it, or its code is not wanted.
        """
        severity = CODES[code].severity
        if severity is Severity.ERROR:
            self.failed = True
        elif self._silences(code, place[0], item_line) or (self._wanted is not None and not self._wanted(code)):
            return False
        if len(self._found) == MAX_PROBLEMS - 1:
            code, severity = "E199", Severity.ERROR if self.failed else Severity.WARNING
            message = f"more than {MAX_PROBLEMS - 1} problems in this file; the rest is not listed"
        if not self.full:
            self._found[Problem(self.path, *place, code, severity, message)] = None
            self._open.update((line, code) for line in (place[0], item_line) if line is not None)
        return True

    def add_at_any_rate(self, code: str, place: Place, message: str) -> None:
        """Record what keeps the file from being read; where the list is full, others give way to it."""
        told = len(self._found)
        if told >= MAX_PROBLEMS - 1:
            self._found = dict.fromkeys(list(self._found)[: MAX_PROBLEMS - 2])
        self.add(code, place, message)
        if told >= MAX_PROBLEMS - 1:
            self.add("E199", place, "")

    def _silences(self, code: str, line: int, item_line: int | None) -> bool:
        for number in (line, item_line) if self._ignored else ():
            if number is not None and code in self._ignored.get(number, ()):
                self._used.add((number, code))
                return True
        return False

    def check_ignores(self, looked_for: Callable[[str], bool]) -> None:
        """W118: comments that silence nothing, as far as their codes have been ``looked_for``."""
        for place, message in self._misread:
            self.add("W118", place, message)
        for line, codes in self._ignored.items():
            for code, place in codes.items():
                if (line, code) in self._used or self.full:
                    continue
                if code not in CODES:
                    self.add("W118", place, f"there is no code {code}{hint(code, CODES)}")
                elif CODES[code].severity is Severity.ERROR:
                    self.add("W118", place, f"{code} is an error, which no comment silences")
                elif line in self._alone and (line + 1, code) in self._open:
                    self.add(
                        "W118",
                        place,
                        f"this silences no {code} on a line of its own; move it to the end of the next line",
                    )
                elif looked_for(code):
                    self.add("W118", place, f"this silences no {code}, neither here nor in the item; remove it")


def hint(word: str, candidates: Iterable[str]) -> str:
    """`` (did you mean 'x'?)`` where one of the candidates is near, else nothing."""
    if not 1 < len(word) <= 80:
        return ""
    near = _nearest(word, tuple(c for c in candidates if abs(len(c) - len(word)) <= 6))
    return f" (did you mean '{near}'?)" if near else ""


@lru_cache(maxsize=256)
def _nearest(word: str, candidates: tuple[str, ...]) -> str | None:
    if len(candidates) > 1000:
        candidates = tuple(c for c in candidates if c[:2] == word[:2])[:1000]
    found = difflib.get_close_matches(word, candidates, n=1, cutoff=0.7)
    return found[0] if found else None


def quoted(text: str, limit: int = 60) -> str:
    """The text as it may stand in a message: one line, in quotes, cut where it is long."""
    line = " ".join(text.split())
    return f"'{line if len(line) <= limit else line[: limit - 1] + '…'}'"
