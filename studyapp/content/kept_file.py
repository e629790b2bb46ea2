"""What loading gave, kept on disk as Python keeps compiled modules, so that opening need not parse again.

A text file of JSON lines (reading it runs nothing): the first names the program that wrote it, and the file holds for
that program only. Then, for each deck file that loaded, a line with its name, stamp and digest, by which it holds or
not, and the lines of its content (``compiled``). Parsing and pydantic take about a third of the time to a filled Today
page, this takes a thirtieth.
"""

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import Any
from zlib import crc32

from studyapp import __version__
from studyapp.content.compiled import kept_of, line_of, lines_of
from studyapp.content.kept import Kept
from studyapp.content.reading import Reading

_SPARE = 20
"""Changed files that are added at the end, over as many as there are files, before the whole is written anew."""


class KeptFile:
    """A file of kept loads: read once, then written to as files change."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._records = 0
        self._written: dict[str, Kept] = {}

    def read(self, wanted: Mapping[str, Path], reading: Reading) -> Iterator[Kept]:
        """What still holds, of the deck files that are ``wanted`` by their names in it.

        Raises:
            LoadCancelledError: where ``reading`` was cancelled.
        """
        records = 0
        # What is spoilt or not ours is passed over: the decks themselves are the truth.
        with suppress(OSError, ValueError, LookupError, TypeError, AttributeError), self._path.open("rb") as lines:
            if json.loads(lines.readline()) != _program():
                return
            for line in lines:
                name, stamp, settled, digest, count, sum_ = json.loads(line)
                content = list(islice(lines, count))
                records += 1
                path = wanted.get(name)
                if path is None or _sum(content) != sum_:
                    continue
                reading.check()
                if current := kept_of(path, (tuple(stamp), settled, digest), content).current():
                    reading.done += name not in self._written
                    reading.fresh += current.file.cards + current.file.questions
                    self._written[name] = current
                    yield current
            # Only a file that could be read to its end is added to.
            self._records = records

    def write(self, kept: Mapping[str, Kept], stop: Callable[[], bool]) -> None:
        """Keep what is new, by name; where there is much to write and it is to ``stop``, it is left for later.

        A folder that cannot be written goes without.
        """
        new = {name: one for name, one in kept.items() if self._written.get(name) is not one}
        if not new:
            return
        with suppress(OSError, ValueError):
            if self._records and self._records + len(new) <= 2 * len(kept) + _SPARE:
                self._append(new)
            elif not self._write_anew(kept, stop):
                return
            self._written = dict(kept)

    def _append(self, new: Mapping[str, Kept]) -> None:
        # What comes later counts. A line that is torn by a crash ends the reading, and the next time all is written.
        with self._path.open("a", encoding="utf-8") as out:
            for name, one in new.items():
                out.writelines(_record(name, one))
        self._records += len(new)

    def _write_anew(self, kept: Mapping[str, Kept], stop: Callable[[], bool]) -> bool:
        self._path.parent.mkdir(exist_ok=True)
        beside = self._path.with_suffix(".part")
        with beside.open("w", encoding="utf-8") as out:
            out.write(line_of(_program()))
            for name, one in kept.items():
                if stop():
                    return False
                out.writelines(_record(name, one))
        os.replace(beside, self._path)
        self._records = len(kept)
        return True


def _record(name: str, kept: Kept) -> Iterator[str]:
    content = list(lines_of(kept))
    sum_ = _sum(line.encode() for line in content)
    yield line_of([name, kept.stamp, kept.settled, kept.digest, len(content), sum_])
    yield from content


def _sum(lines: Iterable[bytes]) -> int:
    found = 0
    for line in lines:
        found = crc32(line, found)
    return found


def _program() -> list[Any]:
    """What must be the same for a kept load to hold: the program, and its code where it has any."""
    here = Path(__file__).parent
    code = [path for folder in (here, here.parent / "core") for path in folder.glob("**/*.py")]
    stamps = [(path.stat().st_size, path.stat().st_mtime_ns) for path in sorted(code)]
    return [__version__, list(sys.version_info[:2]), [list(stamp) for stamp in stamps]]
