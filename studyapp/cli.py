"""The command line. Without a command the window opens.

Nothing slow is imported at the top of this module: the window is painted first, and no other command loads Qt.
"""

import argparse
import gc
import json
import os
import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from studyapp import __version__, paths
from studyapp.content import check_command, interchange_command
from studyapp.core.errors import StudyError

if TYPE_CHECKING:
    from studyapp.core.form import Form

_KINDS = ("deck", "syllabus", "blueprint", "case", "names", "config")
_REPORT_FORMATS = ("md", "csv", "json")


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; the exit code.

    0: done, nothing to report. 1: ``check`` found errors or warnings, ``import`` left items out, or ``selftest``
    failed. 2: the command line or the environment is not as it must be; standard error says what and what to do.
    """
    arguments = list(sys.argv[1:] if argv is None else argv)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        args = _parse(arguments)
        command: Callable[[argparse.Namespace], int] = args.run
        return command(args)
    except StudyError as error:
        print(f"studyapp: {error.message}\n{error.next_step}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        # The reader of our output has gone (``studyapp check | head``); do not fail again on the flush at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def _parse(arguments: list[str]) -> argparse.Namespace:
    """``studyapp [DECKFILE…]`` opens the window; what begins with the name of a command is that command."""
    common = _common_options()
    parser, commands = _command_parser(common)
    known, rest = common.parse_known_args(arguments)
    if rest and (rest[0] in commands or rest[0].startswith("-")):
        return parser.parse_args(arguments)
    known.run, known.files = _open_window, rest
    return known


def _common_options() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    common.add_argument(
        "--data-dir",
        metavar="DIR",
        # Suppressed, so that a command's own default does not wipe out what stood before the command.
        default=argparse.SUPPRESS,
        help="folder of the learner's data (default: STUDYAPP_DATA_DIR, else the platform's place)",
    )
    return common


def _command_parser(common: argparse.ArgumentParser) -> tuple[argparse.ArgumentParser, set[str]]:
    parser = argparse.ArgumentParser(
        prog="studyapp",
        usage="studyapp [--data-dir DIR] [DECKFILE ...]\n       studyapp [--data-dir DIR] COMMAND ...",
        description="Practice for Google Cloud's Data Engineer and ML Engineer exams, offline. "
        "Without a command the window opens, with the given deck files beside the shipped ones.",
        parents=[common],
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"studyapp {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True, prog="studyapp")

    check = commands.add_parser(
        "check", parents=[common], help="report what is wrong with decks", description=check_command.DESCRIPTION
    )
    check_command.add_options(check)
    check.set_defaults(run=check_command.run)

    new = commands.add_parser("new", parents=[common], help="write a starting file")
    new.add_argument("what", choices=("deck",), metavar="deck")
    new.add_argument("name", metavar="NAME", help="the deck's id, and the name of its file")
    new.add_argument("--dir", type=Path, default=Path(), metavar="DIR", help="folder (default: the current one)")
    new.set_defaults(run=_new)

    preview = commands.add_parser(
        "preview", parents=[common], help="show a deck item by item with its problems, and follow the file"
    )
    preview.add_argument("place", metavar="FILE[:LINE]", help="a deck file, and a line of the item to begin with")
    preview.set_defaults(run=_preview)

    topics = commands.add_parser("topics", parents=[common], help="list the topics that cards and questions belong to")
    topics.add_argument("word", nargs="?", default="", metavar="WORD", help="only those with it in their id or title")
    topics.add_argument("--decks", type=Path, metavar="DIR", help="folder with a syllabus (default: the shipped one)")
    topics.set_defaults(run=_topics)

    schema = commands.add_parser("schema", parents=[common], help="print the JSON Schema of a kind of file")
    schema.add_argument("kind", nargs="?", choices=_KINDS, default="deck", metavar="KIND", help=", ".join(_KINDS))
    schema.set_defaults(run=_schema)

    form = commands.add_parser("form", parents=[common], help="assemble an exam and list its questions")
    form.add_argument("--blueprint", required=True, metavar="ID")
    form.add_argument("--seed", type=int, metavar="N", help="the same seed gives the same form (default: a random one)")
    form.add_argument("--decks", type=Path, metavar="DIR", help="deck folder (default: the shipped decks)")
    form.add_argument("--json", action="store_true", help="print JSON")
    form.set_defaults(run=_form)

    reports = commands.add_parser("reports", parents=[common], help="print the items that the learner reported")
    reports.add_argument("--format", choices=_REPORT_FORMATS, default="md")
    reports.set_defaults(run=_reports)

    export = commands.add_parser(
        "export",
        parents=[common],
        help="write decks for other programs",
        description=interchange_command.EXPORT_DESCRIPTION,
    )
    interchange_command.add_export_options(export)
    export.set_defaults(run=interchange_command.run_export)

    take_in = commands.add_parser(
        "import",
        parents=[common],
        help="make a deck of another program's file",
        description=interchange_command.IMPORT_DESCRIPTION,
    )
    interchange_command.add_import_options(take_in)
    take_in.set_defaults(run=interchange_command.run_import)

    selftest = commands.add_parser(
        "selftest", parents=[common], help="open the window on a temporary folder and try it"
    )
    selftest.add_argument("--json", action="store_true", help="print JSON")
    selftest.set_defaults(run=_selftest)
    return parser, set(commands.choices)


def _open_window(args: argparse.Namespace) -> int:
    files = [Path(file) for file in args.files]
    missing = next((file for file in files if not os.path.exists(file)), None)
    if missing is not None:
        raise StudyError(
            f"{str(missing)!r} is neither a command nor a deck file.", "See 'studyapp --help' for the commands."
        )
    _stop_collecting()
    from studyapp.ui.start import run

    return run(paths.data_dir(getattr(args, "data_dir", None)), [paths.shipped_decks(), *files])


def _stop_collecting() -> None:
    """Importing Qt and SQLModel makes many objects and no garbage: the window collects again once it is ready."""
    gc.disable()


def _selftest(args: argparse.Namespace) -> int:
    _stop_collecting()
    from studyapp.ui.selftest import run

    return run(as_json=args.json)


def _preview(args: argparse.Namespace) -> int:
    path, line = _place(args.place)
    if not os.path.isfile(path):
        raise StudyError(f"There is no file {str(path)!r}.", "Check the spelling of the path.")
    from studyapp.ui.preview.alone import run

    return run(path, line, paths.shipped_decks())


def _place(text: str) -> tuple[Path, int]:
    """A file and a line of it, as ``check`` writes places; line 0 where none is named."""
    found = re.fullmatch(r"(.+?):(\d+)(?::\d+)?:?", text)
    if found is None or os.path.exists(text):
        return Path(text), 0
    return Path(found[1]), int(found[2])


def _schema(args: argparse.Namespace) -> int:
    from studyapp.content.json_schema import schema_text

    print(schema_text(args.kind), end="")
    return 0


def _new(args: argparse.Namespace) -> int:
    from datetime import date

    from studyapp.content.new_deck import new_deck

    made = new_deck(args.name, args.dir, date.today())
    print(f"{made.path} is written. Fill in lines {', '.join(map(str, made.lines))}; then: studyapp check {made.path}")
    if made.schema:
        print(f"Beside it lies {made.schema.name}, by which an editor completes and explains every field.")
    return 0


def _topics(args: argparse.Namespace) -> int:
    from studyapp.content.topics import syllabus_of, topics_text

    print(topics_text(syllabus_of(args.decks or paths.shipped_decks()), args.word), end="")
    return 0


def _form(args: argparse.Namespace) -> int:
    from random import SystemRandom

    from studyapp.content.check import library_folders
    from studyapp.content.loader import load
    from studyapp.core.form import assemble

    shipped = paths.shipped_decks()
    library = load(library_folders(args.decks, shipped) if args.decks else [shipped])
    for file in library.files:
        if not file.loaded:
            print(f"studyapp: {file.problems[0].path} did not load: see 'studyapp check'", file=sys.stderr)
    blueprint = library.bank.blueprint(args.blueprint)
    if blueprint is None:
        known = ", ".join(b.id for b in library.bank.blueprints) or "none"
        raise StudyError(f"There is no blueprint {args.blueprint!r}.", f"The loaded ones are: {known}.")
    data_dir = paths.chosen_data_dir(getattr(args, "data_dir", None))
    seed = SystemRandom().randrange(2**31) if args.seed is None else args.seed
    form = assemble(library.bank, blueprint, seed, last_seen_from(data_dir) if data_dir else None)
    print(json.dumps(_form_data(form), indent=2) if args.json else _form_text(form))
    return 0


def _reports(args: argparse.Namespace) -> int:
    from studyapp.sessions.reported import FORMATS
    from studyapp.store import read_reported

    print(FORMATS[args.format](read_reported(paths.data_dir(getattr(args, "data_dir", None)))), end="")
    return 0


def last_seen_from(data_dir: Path) -> dict[str, float]:
    """When the learner of a data folder last met each question; empty where the folder holds no history.

    Raises:
        DatabaseError: where the database cannot be read.
    """
    if not data_dir.is_dir():
        return {}
    from studyapp.store import read_last_seen

    return read_last_seen(data_dir)


def _form_data(form: "Form") -> dict[str, object]:
    questions = [
        {"id": item.question.id, "topic": item.question.topic, "stratum": item.stratum, "case": item.question.case}
        for item in form.items
    ]
    return {"blueprint": form.blueprint_id, "seed": form.seed, "questions": questions}


def _form_text(form: "Form") -> str:
    width = max((len(item.stratum) for item in form.items), default=0)
    lines = [f"{form.title}, seed {form.seed}"]
    lines += [f"{n:3}  {item.stratum:{width}}  {item.question.id}" for n, item in enumerate(form.items, start=1)]
    return "\n".join(lines)
