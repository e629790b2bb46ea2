"""``check --fix``: check, mend, and check again until nothing more can be mended."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from studyapp.content.check import Checked, CheckedFolder, check
from studyapp.content.choice import Choice
from studyapp.content.discovery import deck_files
from studyapp.content.fix.files import FIXABLE, fix_file, write_whole
from studyapp.content.ledger import with_new_ids
from studyapp.content.references import entries
from studyapp.content.report import Report
from studyapp.content.yaml_reader import read

_ROUNDS = 6
"""Mending one kind of problem may bring another to light, of which there are five."""


def check_and_fix(paths: Sequence[Path], context: Path, choice: Choice | None = None) -> tuple[Checked, int]:
    """What is left after mending what ``check`` reports of ``paths``, and how many problems were mended.

    Raises:
        DeckFolderError: as ``check``.
        FixError: where a file cannot be written.
    """
    checked = check(paths, context, choice)
    before = len(checked.problems)
    for _ in range(_ROUNDS):
        changed = [_fix_folder(folder, context) for folder in checked.folders]
        if not any(changed):
            break
        checked = check(paths, context, choice)
    return checked, max(0, before - len(checked.problems))


def _fix_folder(folder: CheckedFolder, context: Path) -> bool:
    """Mend the files of a folder; whether anything was changed."""
    wanted = {
        path: mendable
        for path, problems in folder.files.items()
        if (mendable := [problem for problem in problems if problem.code in FIXABLE])
    }
    taken = set(_ids_of(folder, context)) if wanted else set()
    changed = [fix_file(path, problems, taken) for path, problems in wanted.items()]
    if any(changed):
        return True
    unrecorded = {p.path for problems in folder.files.values() for p in problems if p.code == "W212"}
    return bool(unrecorded) and _record(folder, unrecorded)


def _ids_of(folder: CheckedFolder, context: Path) -> Iterator[str]:
    """The ids of all items that the folder is loaded with, and those that its ledger knows."""
    yield from folder.ledger.known if folder.ledger else ()
    for path in deck_files([folder.root, context]):
        document = read(path, Report(""))
        for section in ("cards", "questions"):
            for _, item in entries(document.data if document else None, section):
                if isinstance(item.get("id"), str):
                    yield item["id"]


def _record(folder: CheckedFolder, paths: set[str]) -> bool:
    """Enter the ids of decks into the ledger."""
    if folder.ledger is None or folder.ledger.report.failed:
        return False
    path = folder.ledger.path
    text = path.read_bytes().decode("utf-8")
    new = with_new_ids(text, [deck for deck in folder.decks if deck.path in paths], folder.held)
    if new != text:
        write_whole(path, new)
    return new != text
