"""Importing: a file of another program becomes one new deck that loads, or none."""

import os
import re
import shutil
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from itertools import count
from pathlib import Path
from urllib.parse import unquote

from studyapp.content import leftovers
from studyapp.content.discovery import CONFIG_NAME, deck_files, shown
from studyapp.content.fix.ids import slug
from studyapp.content.interchange.deck_emitter import emit
from studyapp.content.interchange.fitting import Fitting
from studyapp.content.interchange.formats import FORMATS, guessed, read
from studyapp.content.interchange.material import InterchangeError, Loss, Parsed
from studyapp.content.ledger import used_ids
from studyapp.content.loader import load
from studyapp.content.report import hint
from studyapp.core.problem import Severity

_MAX_BYTES = 64 * 2**20
_PLACED = "placed"
# Windows takes these for devices, whatever stands after a dot; a deck is to go from one computer to another.
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|\Z)")


@dataclass(frozen=True)
class Wanted:
    """The deck to be: its id, its title, the topic of items that name none, its folder, and the day."""

    deck: str
    title: str
    topic: str | None
    folder: Path
    today: date

    @property
    def path(self) -> Path:
        """The file to be."""
        return self.folder / f"{self.deck}.yaml"

    @property
    def made(self) -> Path:
        """What all of it is made beside, before it gets its names."""
        return self.folder / self.deck


@dataclass(frozen=True)
class Imported:
    """The deck that was written, what is in it, and what could not be carried over."""

    path: Path
    cards: int
    questions: int
    losses: tuple[Loss, ...]

    @property
    def left_out(self) -> int:
        """How many cards and questions of the file are not in the deck."""
        return sum(loss.whole for loss in self.losses)


def parse_file(source: Path, name: str | None = None) -> Parsed:
    """What a file holds; its format is guessed where none is named.

    Raises:
        InterchangeError: where it cannot be read.
    """
    try:
        with source.open("rb") as file:
            data = file.read(_MAX_BYTES + 1)
    except OSError as error:
        raise InterchangeError(
            f"{shown(source)} cannot be read: {error.strerror or error}.", "Check the path, then import it again."
        ) from error
    if len(data) > _MAX_BYTES:
        raise InterchangeError(f"{shown(source)} is larger than {_MAX_BYTES // 2**20} MB.", "Import it in parts.")
    made = name or guessed(source, data)
    if not made:
        known = ", ".join(known.title for known in FORMATS.values() if known.is_read)
        raise InterchangeError(f"{shown(source)} does not say what it is.", f"These can be imported: {known}.")
    try:
        return read(made, data)
    except InterchangeError as error:
        if name:
            raise InterchangeError(f"{shown(source)}: {error.message}", error.next_step) from error
        raise InterchangeError(
            f"{shown(source)}, read as {FORMATS[made].title}: {error.message}",
            f"{error.next_step} If it is something else, 'studyapp import --format' takes it as that.",
        ) from error


def import_file(source: Path, name: str | None, wanted: Wanted, folders: Sequence[Path]) -> Imported:
    """Write the items of a file as a new deck, which is held against the decks of ``folders`` before it appears.

    Raises:
        InterchangeError: where nothing was written, and why.
        DeckFolderError: where the folders have no syllabus.
    """
    _check_free(wanted)
    parsed = parse_file(source, name)
    bank = load(folders).bank
    if wanted.deck in (deck.id for deck in bank.decks):
        raise InterchangeError(f"A deck '{wanted.deck}' is loaded already.", "Choose another id for the new one.")
    if wanted.topic is not None and wanted.topic not in bank.syllabus.topics:
        raise InterchangeError(
            f"The syllabus has no topic '{wanted.topic}'{hint(wanted.topic, bank.syllabus.topics)}.",
            f"Name one that it has, such as '{next(iter(bank.syllabus.topics))}'.",
        )
    _clear_killed(wanted)
    images = _image_folder(wanted)
    fitting = Fitting(bank, wanted.deck, wanted.topic, images, _once_used([wanted.folder, *folders]))
    sections = fitting.fit(parsed)
    if not any(sections.values()):
        reason = f"; the first one was {fitting.losses[0].what}" if fitting.losses else ""
        raise InterchangeError(
            f"{shown(source)} has no card or question that can be imported{reason}.", "Nothing was written."
        )
    data = {"deck": wanted.deck, "title": wanted.title, **{key: items for key, items in sections.items() if items}}
    text = emit(data, f"Imported from {' '.join(shown(Path(source.name)).split())} on {wanted.today.isoformat()}.")
    _put_in_place(wanted, text, images, fitting.images, folders)
    return Imported(wanted.path, len(sections["cards"]), len(sections["questions"]), tuple(fitting.losses))


def _once_used(folders: Sequence[Path]) -> set[str]:
    """The ids in the ledgers of the folders."""
    roots = {folder.parent if folder.is_file() else folder for folder in folders}
    return set().union(*(used_ids(root) for root in roots))


def _check_free(wanted: Wanted) -> None:
    if not wanted.deck or slug(wanted.deck) != wanted.deck:
        raise InterchangeError(
            f"'{wanted.deck}' cannot be the id of a deck.", "Use small letters, digits and hyphens, as 'team-quiz'."
        )
    if wanted.path.name == CONFIG_NAME or _DEVICE.match(wanted.deck):
        raise InterchangeError(
            f"'{wanted.deck}' cannot be the id of a deck, as a file of that name means something else.",
            "Choose another id, as 'team-quiz'.",
        )
    if wanted.title != wanted.title.encode("utf-8", "replace").decode():
        raise InterchangeError("The title holds bytes that are no text.", "Write it again, in letters.")
    if os.path.lexists(wanted.path):
        raise InterchangeError(f"{shown(wanted.path)} exists already.", "Choose another id; nothing is overwritten.")


def _image_folder(wanted: Wanted) -> Path:
    """A folder for the images that does not exist: one of a deck that has gone may hold what others still use."""
    first = f"{wanted.deck}-images"
    names = (first if number == 1 else f"{first}-{number}" for number in count(1))
    return next(path for name in names if not os.path.lexists(path := wanted.folder / name))


def _clear_killed(wanted: Wanted) -> None:
    """Remove what a killed import of this deck left: what it was made beside, and images that no deck came after."""
    for left in leftovers.leftovers(wanted.made):
        with suppress(OSError, ValueError):
            name = (left / _PLACED).read_text(encoding="utf-8")
            if _is_orphaned(name, left, wanted):
                shutil.rmtree(wanted.folder / name)
    leftovers.clear(wanted.made)


def _is_orphaned(name: str, left: Path, wanted: Wanted) -> bool:
    """Whether a folder of images got its name, and the deck that they are for never did.

    A mark that was cut off names nothing, or another folder. Where the deck got its name it stands here no more, or
    under two names; but an editor that saves it since makes a new file of it, so what decks say is asked as well.
    """
    ours = re.fullmatch(rf"{re.escape(wanted.deck)}-images(?:-[0-9]+)?", name)
    if not ours or os.path.lexists(left / name) or (left / wanted.path.name).lstat().st_nlink > 1:
        return False
    return not any(_mentions(path, name) for path in deck_files([wanted.folder]))


def _mentions(path: Path, name: str) -> bool:
    """Whether a file has a name in it, perhaps as a link writes it.

    Raises:
        OSError: where it cannot be read.
    """
    text = path.read_bytes().decode("utf-8", "replace")
    return name in text.lower() or name in unquote(text).lower()


def _put_in_place(
    wanted: Wanted, text: str, image_folder: Path, images: dict[str, bytes], folders: Sequence[Path]
) -> None:
    """Write beside, check, and only then give the files their names: the deck last, since it makes the rest count."""
    beside = leftovers.beside(wanted.made)
    try:
        wanted.folder.mkdir(parents=True, exist_ok=True)
        beside.mkdir()
        deck = beside / wanted.path.name
        _write(deck, text.encode())
        for name, data in images.items():
            (beside / name).parent.mkdir(parents=True, exist_ok=True)
            _write(beside / name, data)
        _check_loads(deck, folders)
        if images:
            # Where we are killed before the deck has its name, the next import knows whose images these are.
            _write(beside / _PLACED, image_folder.name.encode())
            (beside / image_folder.name).rename(image_folder)
        try:
            _rename_to_free(deck, wanted.path)
        except OSError:
            if images:
                shutil.rmtree(image_folder, ignore_errors=True)
            raise
    except OSError as error:
        raise InterchangeError(
            f"{shown(wanted.path)} cannot be written: {error.strerror or error}.",
            "Nothing was imported. Check the folder's permissions and the free space.",
        ) from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _write(path: Path, data: bytes) -> None:
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _check_loads(deck: Path, folders: Sequence[Path]) -> None:
    """Hold the deck to be against all that it will stand beside."""
    file = next((file for file in load([*folders, deck]).files if file.path == deck), None)
    if file is None:
        raise InterchangeError(f"A file named {deck.name} is not read as a deck.", "Choose another id for it.")
    errors = [problem for problem in file.problems if problem.severity is Severity.ERROR]
    if errors:
        raise InterchangeError(
            f"The deck would not load: {errors[0].message} (line {errors[0].line}).", "Nothing was written."
        )


def _rename_to_free(path: Path, target: Path) -> None:
    """Rename to a name that nothing has, even if it was taken a moment ago."""
    try:
        os.link(path, target)
    except FileExistsError:
        raise
    except OSError:
        # A file system without links.
        with suppress(FileNotFoundError):
            target.lstat()
            raise FileExistsError(target) from None
        os.rename(path, target)
