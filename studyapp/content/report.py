"""Collecting the problems of one file, and the comments that silence some of them."""

import difflib
import re
from collections.abc import Iterable
from functools import lru_cache

from studyapp.content.codes import CODES
from studyapp.content.tree import Place
from studyapp.core.problem import Problem, Severity

MAX_PROBLEMS = 200
"""How many problems of one file are listed."""

_IGNORE = re.compile(r"#\s*check:\s*ignore((?:[\s,]+[A-Z]\d{3}\b)+)")


class Report:
    """The problems of one file, in the order found; at most ``MAX_PROBLEMS``, and a last one that says so.

    A warning is dropped where a comment ``# check: ignore W305 reason`` stands on its line or on the item's id line.
    """

    def __init__(self, path: str) -> None:
        self.path = path
        self.failed = False
        self._found: dict[Problem, None] = {}
        self._ignored: dict[int, frozenset[str]] = {}

    @property
    def full(self) -> bool:
        """Whether no further problem will be listed."""
        return len(self._found) >= MAX_PROBLEMS

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What was found, ordered by place."""
        return tuple(sorted(self._found))

    def read_comments(self, text: str) -> None:
        """Take over the ignore comments of the file's text."""
        if "check:" not in text:
            return
        for number, line in enumerate(text.splitlines(), start=1):
            found = _IGNORE.search(line)
            if found:
                self._ignored[number] = frozenset(re.findall(r"[A-Z]\d{3}", found[1]))

    def add(self, code: str, place: Place, message: str, item_line: int | None = None) -> None:
        """Record a problem; ``item_line`` is the line with the id of the item it belongs to."""
        severity = CODES[code].severity
        if severity is Severity.ERROR:
            self.failed = True
        elif self._ignores(code, place[0]) or (item_line is not None and self._ignores(code, item_line)):
            return
        if len(self._found) == MAX_PROBLEMS - 1:
            code, severity = "E199", Severity.ERROR if self.failed else Severity.WARNING
            message = f"more than {MAX_PROBLEMS - 1} problems in this file; the rest is not listed"
        if not self.full:
            self._found[Problem(self.path, *place, code, severity, message)] = None

    def _ignores(self, code: str, line: int) -> bool:
        return code in self._ignored.get(line, ())


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
