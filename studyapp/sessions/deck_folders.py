"""Where decks are read from, and which of them are switched off.

That is kept in ``decks.json`` in the data folder and not in the database: the decks are read while the database is
not open yet, and on another thread.
"""

import json
import os
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from studyapp.core.errors import DataFolderError

FILE_NAME = "decks.json"
_SHIPPED, _OWN = "shipped:", "own:"


@dataclass(frozen=True)
class DeckFolders:
    """The shipped folder, the learner's own, those (or single files) that were added, and those opened for now.

    ``off`` names the deck files that are switched off: relative to the shipped or the own folder where they lie
    there, so that they are known again when the program or the data folder has moved.
    """

    shipped: Path
    own: Path
    added: tuple[Path, ...] = ()
    opened: tuple[Path, ...] = ()
    off: frozenset[str] = frozenset()

    @property
    def paths(self) -> tuple[Path, ...]:
        """All of them; where two files define the same id, that of the first counts."""
        return tuple(dict.fromkeys((self.shipped, self.own, *self.added, *self.opened)))

    @property
    def off_paths(self) -> frozenset[Path]:
        """The files that are switched off."""
        return frozenset(map(self._path_of, self.off))

    def holding(self, file: Path) -> Path:
        """The one of ``paths`` that a file was found in."""
        return next((place for place in self.paths if file.is_relative_to(place)), file)

    def with_added(self, paths: Iterable[Path]) -> "DeckFolders":
        """These and more folders or files, for good; what is read already is not added."""
        new = [path.absolute() for path in paths]
        opened = tuple(path for path in self.opened if path not in new)
        before = replace(self, opened=opened)
        fresh = [p for p in new if p not in before.paths and not (p.is_file() and p.parent in before.paths)]
        return replace(before, added=tuple(dict.fromkeys((*self.added, *fresh))))

    def without(self, path: Path) -> "DeckFolders":
        """These without an added folder or file, or one opened for now; the files themselves stay where they are."""
        return replace(
            self,
            added=tuple(other for other in self.added if other != path),
            opened=tuple(other for other in self.opened if other != path),
        )

    def switched(self, file: Path, *, on: bool) -> "DeckFolders":
        """These with one deck file on or off."""
        name = self._name_of(file)
        return replace(self, off=self.off - {name} if on else self.off | {name})

    def _name_of(self, file: Path) -> str:
        for mark, folder in ((_SHIPPED, self.shipped), (_OWN, self.own)):
            if file.is_relative_to(folder):
                return mark + file.relative_to(folder).as_posix()
        return str(file)

    def _path_of(self, name: str) -> Path:
        for mark, folder in ((_SHIPPED, self.shipped), (_OWN, self.own)):
            if name.startswith(mark):
                return folder / name.removeprefix(mark)
        return Path(name)


def read_deck_folders(data_folder: Path, default: DeckFolders) -> DeckFolders:
    """The default with what was added and switched off in this data folder.

    Raises:
        DataFolderError: where the file is there and makes no sense; ``write_deck_folders`` will set it aside.
    """
    try:
        kept = _read(data_folder / FILE_NAME)
    except (OSError, ValueError) as error:
        raise DataFolderError(
            f"The list of your deck folders, {data_folder / FILE_NAME}, cannot be read: {error}.",
            "Your decks are where they were. Add their folders again on the Decks page.",
        ) from error
    return replace(default.with_added(map(Path, kept["added"])), off=frozenset(kept["off"]))


def _read(file: Path) -> dict[str, list[str]]:
    try:
        data = json.loads(file.read_bytes())
    except FileNotFoundError:
        return {"added": [], "off": []}
    found: dict[str, list[str]] = {}
    for key in ("added", "off"):
        entries = data.get(key, []) if isinstance(data, dict) else None
        if not isinstance(entries, list) or not all(isinstance(entry, str) for entry in entries):
            raise ValueError("it holds something else than lists of names")
        found[key] = entries
    return found


def write_deck_folders(data_folder: Path, folders: DeckFolders) -> None:
    """Keep what is added and what is off, in one piece; a file that made no sense is set aside, not overwritten.

    Raises:
        DataFolderError: where it could not be written; what was kept before is as it was.
    """
    file = data_folder / FILE_NAME
    beside = file.with_suffix(".part")
    data = {"added": [str(path) for path in folders.added], "off": sorted(folders.off)}
    try:
        data_folder.mkdir(parents=True, exist_ok=True)
        # In ASCII, as a path may hold bytes that are no UTF-8.
        beside.write_text(json.dumps(data, indent=2) + "\n", encoding="ascii")
        try:
            _read(file)
        except ValueError:
            os.replace(file, file.with_suffix(".damaged.json"))
        os.replace(beside, file)
    except OSError as error:
        with suppress(OSError):
            beside.unlink()
        raise DataFolderError(
            f"The list of your deck folders could not be saved: {error.strerror or error}.",
            "The decks are as they were before. Make room or mend the permissions of the data folder, then try again.",
        ) from error
