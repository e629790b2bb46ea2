"""``studyapp check``: its options, and running it. Light to import; what is slow is imported when it runs."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from studyapp import paths
from studyapp.core.counts import counted
from studyapp.core.errors import StudyError

if TYPE_CHECKING:
    from studyapp.content.check import Checked

DESCRIPTION = """\
Report what is wrong with decks. Codes: E keeps a file from loading; W1 is its form, W2 ids and links, W3 item-writing,
W4 coverage. Exit code 0: nothing to report; 1: something is; 2: a path cannot be read or has no decks,
or an option makes no sense.
A comment '# check: ignore W305 reason' on a warning's line, or on its item's id line, silences it; a studyapp.yaml
beside the decks chooses for all of them.
"""
_APART = "{folder} has a syllabus of its own: it works in place of the shipped decks, not beside them in the window"
FORMAT_NAMES = ("text", "json", "github", "sarif")


def add_options(parser: argparse.ArgumentParser) -> None:
    """The options of ``check``."""
    parser.add_argument(
        "paths", nargs="*", type=Path, metavar="PATH", help="folders or files (default: the shipped decks)"
    )
    codes = "codes or their beginnings, with commas between; the longest beginning that fits decides"
    parser.add_argument("--select", action="append", metavar="CODES", help=f"report these warnings only: {codes}")
    parser.add_argument("--ignore", action="append", metavar="CODES", help="pass over these warnings as well")
    parser.add_argument("--format", choices=FORMAT_NAMES, default="text")
    parser.add_argument("--statistics", action="store_true", help="count the problems by code instead of listing them")
    parser.add_argument("--fix", action="store_true", help="mend what is safe to mend, then report the rest")
    parser.add_argument(
        "--explain", metavar="CODE", help="tell a rule, why it matters, examples and source; 'all': list"
    )


def run(args: argparse.Namespace) -> int:
    """Check, and print what was found; the exit code."""
    if args.explain is not None:
        from studyapp.content.explain import explain

        print(explain(args.explain), end="")
        return 0
    from studyapp.content.check import check
    from studyapp.content.choice import Choice, parse_codes
    from studyapp.content.discovery import shown
    from studyapp.content.problem_formats import FORMATS, statistics

    if args.statistics and args.format not in ("text", "json"):
        raise StudyError(f"--statistics has no {args.format} format.", "Use --format text or json with it.")
    asked = Choice(parse_codes(args.select or (), "--select"), parse_codes(args.ignore or (), "--ignore"))
    shipped = paths.shipped_decks()
    wanted = args.paths or [shipped]
    if args.fix:
        from studyapp.content.fix.run import check_and_fix

        checked, fixed = check_and_fix(wanted, shipped, asked)
        print(f"{fixed} fixed", file=sys.stderr)
    else:
        checked = check(wanted, shipped, asked)
    if args.statistics:
        print(statistics(checked.problems, as_data=args.format == "json"), end="")
    else:
        print(FORMATS[args.format](checked.problems), end="")
    if args.format == "text":
        for folder in checked.folders:
            if folder.apart:
                print(_APART.format(folder=shown(folder.root)), file=sys.stderr)
        print(_summary(checked), file=sys.stderr)
    return 1 if checked.problems else 0


def _summary(checked: "Checked") -> str:
    errors = sum(problem.severity == "error" for problem in checked.problems)
    warnings = len(checked.problems) - errors
    return f"{counted(errors, 'error')}, {counted(warnings, 'warning')} in {counted(checked.files, 'file')}"
