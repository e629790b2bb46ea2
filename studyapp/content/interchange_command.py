"""``studyapp export`` and ``studyapp import``: their options, and running them.

Light to import; what is slow is imported when they run.
"""

import argparse
import os
import sys
from pathlib import Path

from studyapp import paths
from studyapp.core.counts import counted
from studyapp.core.errors import StudyError

EXPORT_DESCRIPTION = """\
Write cards and questions in another program's format, and tell item by item what it cannot hold: csv (everything),
apkg (Anki), gift, aiken and moodle (Moodle's question bank), qti12 and qti21 (zip packages for learning platforms).
"""
IMPORT_DESCRIPTION = """\
Make one new deck of a CSV table, a GIFT or Aiken text or a Moodle XML file, or none where the deck would not load.
What could not be carried over is listed item by item. Exit code 1 where whole items were left out.
"""
FORMAT_NAMES = ("csv", "apkg", "gift", "aiken", "moodle", "qti12", "qti21")
READ_NAMES = ("csv", "gift", "aiken", "moodle")


def add_export_options(parser: argparse.ArgumentParser) -> None:
    """The options of ``export``."""
    parser.add_argument("--decks", type=Path, metavar="DIR", help="folder of the decks (default: the shipped ones)")
    parser.add_argument("--deck", action="append", metavar="ID", help="this deck only; may be given several times")
    parser.add_argument("--topic", default="*", metavar="PATTERN", help="items on these topics only, as 'bigquery.*'")
    parser.add_argument("--format", required=True, choices=FORMAT_NAMES, metavar="NAME", help=", ".join(FORMAT_NAMES))
    parser.add_argument("-o", "--output", required=True, type=Path, metavar="FILE")
    parser.add_argument("--force", action="store_true", help="replace FILE where it exists")


def run_export(args: argparse.Namespace) -> int:
    """Write the file, and print what it does not hold; the exit code."""
    from studyapp.content.check import library_folders
    from studyapp.content.discovery import deck_files
    from studyapp.content.interchange.material import told
    from studyapp.content.interchange.send_out import export, material_of
    from studyapp.content.loader import load

    if str(args.output) == "-":
        raise StudyError("'-' is no name for a file, and nothing goes to standard output.", "Name one, as all.csv.")
    if not args.force and os.path.lexists(args.output):
        raise StudyError(f"{args.output} exists already.", "Choose another name, or add --force to replace it.")
    shipped = paths.shipped_decks()
    folder = args.decks or shipped
    # What is asked for comes first: a deck that a shipped one was copied to goes out, and not the shipped one.
    library = load(library_folders(folder, shipped)[::-1])
    files = set(deck_files([folder]))
    for file in library.files:
        if file.path in files and not file.loaded:
            print(f"studyapp: {file.problems[0].path} did not load: see 'studyapp check'", file=sys.stderr)
    material = material_of(library, args.deck or (), args.topic, files)
    exported = export(material, args.format, args.output, overwrite=args.force)
    if exported.losses:
        print(f"Not carried over:\n{told(exported.losses)}", file=sys.stderr)
    print(f"{exported.path} is written with {counted(exported.items, 'item')}.")
    return 0


def add_import_options(parser: argparse.ArgumentParser) -> None:
    """The options of ``import``."""
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--format", choices=READ_NAMES, help="what the file is (default: by its name and content)")
    parser.add_argument("--deck", required=True, metavar="ID", help="the new deck's id, and the name of its file")
    parser.add_argument("--title", metavar="TEXT", help="the new deck's title (default: made of the id)")
    parser.add_argument("--topic", metavar="ID", help="topic of the items that name none of the syllabus")
    parser.add_argument("--dir", type=Path, default=Path(), metavar="DIR", help="folder (default: the current one)")


def run_import(args: argparse.Namespace) -> int:
    """Write the deck, and print what could not be carried over; the exit code."""
    from datetime import date

    from studyapp.content.check import library_folders
    from studyapp.content.interchange.material import TopicWantedError, told
    from studyapp.content.interchange.take_in import Wanted, import_file

    shipped = paths.shipped_decks()
    title = args.title or args.deck.replace("-", " ").replace("_", " ").replace(".", " ").capitalize()
    wanted = Wanted(args.deck, title, args.topic, args.dir, date.today())
    folders = library_folders(args.dir, shipped) if args.dir.exists() else [shipped]
    try:
        imported = import_file(args.file, args.format, wanted, folders)
    except TopicWantedError as error:
        raise StudyError(error.message, "Name a topic for such items with --topic. Nothing was written.") from error
    if imported.losses:
        print(f"Not carried over:\n{told(imported.losses)}", file=sys.stderr)
    left_out = f"; {counted(imported.left_out, 'item')} left out" if imported.left_out else ""
    counts = f"{counted(imported.cards, 'card')} and {counted(imported.questions, 'question')}"
    print(f"{imported.path} is written with {counts}{left_out}.")
    print(f"Then: studyapp check {imported.path}")
    return 1 if imported.left_out else 0
