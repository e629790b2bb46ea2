"""What deck files are called on screen: by their name, and after their folder where two share it."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from studyapp.content.discovery import shown
from studyapp.core.problem import Problem

_PLACE = re.compile(r":\d+:\d+")


class FileNames:
    """The names of some files, as short as tells them apart."""

    def __init__(self, paths: Iterable[Path]) -> None:
        self._alike: dict[str, list[Path]] = defaultdict(list)
        for path in paths:
            self._alike[path.name].append(path)

    def of(self, path: Path) -> str:
        """The name of a file, with as many of its folders as no other file of that name shares."""
        others = [other for other in self._alike[path.name] if other != path]
        for length in range(1, len(path.parts)):
            end = path.parts[-length:]
            if not any(other.parts[-length:] == end for other in others):
                return "/".join(end)
        return str(path)

    def told(self, problem: Problem) -> Problem:
        """A problem whose message names another file, if it does, by its name.

        The loader names it as from where the program was started, which says nothing to who looks at a window.
        """
        if not _PLACE.search(problem.message):
            return problem
        for text, path in self._shown.items():
            if text in problem.message:
                place = rf"(?<![\w./\\-]){re.escape(text)}(?={_PLACE.pattern})"
                name = self.of(path).replace("\\", r"\\")
                return replace(problem, message=re.sub(place, name, problem.message))
        return problem

    @cached_property
    def _shown(self) -> dict[str, Path]:
        """The files by how problems name them, the longest ahead: one may be the end of another."""
        paths = [path for alike in self._alike.values() for path in alike]
        return dict(sorted(((shown(path), path) for path in paths), key=lambda named: -len(named[0])))
