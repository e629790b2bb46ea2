"""Problems as text, JSON, GitHub's workflow commands and SARIF, and counted by code."""

import json
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import PurePath
from urllib.parse import quote

from studyapp import __version__
from studyapp.content.codes import CODES
from studyapp.core.problem import Problem, Severity

SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def as_text(problems: Sequence[Problem]) -> str:
    """One line for each problem."""
    return "".join(f"{problem}\n" for problem in problems)


def as_json(problems: Sequence[Problem]) -> str:
    """A list of objects."""
    return json.dumps([_data(problem) for problem in problems], indent=2, ensure_ascii=False) + "\n"


def _data(problem: Problem) -> dict[str, str | int]:
    return {
        "path": problem.path,
        "line": problem.line,
        "column": problem.column,
        "code": problem.code,
        "severity": problem.severity.value,
        "message": problem.message,
    }


def as_github(problems: Sequence[Problem]) -> str:
    """Workflow commands of GitHub Actions, with their characters escaped."""
    return "".join(_github_line(problem) + "\n" for problem in problems)


def _github_line(problem: Problem) -> str:
    message = problem.message.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    path = problem.path.replace("%", "%25").replace(":", "%3A").replace(",", "%2C")
    place = f"file={path},line={problem.line},col={problem.column},title={problem.code}"
    return f"::{problem.severity.value} {place}::{message}"


def as_sarif(problems: Sequence[Problem]) -> str:
    """A SARIF 2.1.0 log of one run, with the rules that were broken."""
    found = sorted({problem.code for problem in problems})
    index = {code: number for number, code in enumerate(found)}
    driver = {"name": "studyapp", "semanticVersion": __version__, "rules": [_sarif_rule(code) for code in found]}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_sarif_result(problem, index[problem.code]) for problem in problems],
    }
    return json.dumps({"$schema": SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2, ensure_ascii=False) + "\n"


def _sarif_rule(code: str) -> dict[str, object]:
    rule = CODES[code]
    return {
        "id": code,
        "name": "".join(word.capitalize() for word in rule.title.replace("-", " ").split()),
        "shortDescription": {"text": f"{rule.title.capitalize()}."},
        "fullDescription": {"text": rule.explanation},
        "help": {"text": f"studyapp check --explain {code}"},
        "defaultConfiguration": {"level": _level(rule.severity)},
    }


def _sarif_result(problem: Problem, rule: int) -> dict[str, object]:
    path = PurePath(problem.path)
    uri = path.as_uri() if path.is_absolute() else quote(path.as_posix())
    region = {"startLine": problem.line, "startColumn": problem.column}
    return {
        "ruleId": problem.code,
        "ruleIndex": rule,
        "level": _level(problem.severity),
        "message": {"text": problem.message},
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": uri}, "region": region}}],
    }


def _level(severity: Severity) -> str:
    return "error" if severity is Severity.ERROR else "warning"


FORMATS: dict[str, Callable[[Sequence[Problem]], str]] = {
    "text": as_text,
    "json": as_json,
    "github": as_github,
    "sarif": as_sarif,
}
"""The writer of each format."""


def statistics(problems: Sequence[Problem], as_data: bool) -> str:
    """How many problems each code has, the most frequent first."""
    counts = sorted(Counter(problem.code for problem in problems).items(), key=lambda entry: (-entry[1], entry[0]))
    if as_data:
        data = [{"code": code, "title": CODES[code].title, "count": count} for code, count in counts]
        return json.dumps(data, indent=2) + "\n"
    width = max((len(str(count)) for _, count in counts), default=0)
    return "".join(f"{count:{width}}  {code}  {CODES[code].title}\n" for code, count in counts)
