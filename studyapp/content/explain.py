"""``studyapp check --explain``: a rule, why it matters, a bad and a good example, and where it comes from.

The texts lie in ``resources/rules``; the tests run every example, so none of them is out of date.
"""

from dataclasses import dataclass
from textwrap import fill
from typing import Any

from studyapp import paths
from studyapp.content.codes import CODES, Code
from studyapp.content.fix.files import FIXABLE
from studyapp.content.report import Report, hint
from studyapp.content.yaml_reader import read
from studyapp.core.errors import StudyError

_WIDTH = 100


@dataclass(frozen=True)
class Explained:
    """What is told about a code. ``kind`` says what the examples are, ``times`` how often they are repeated.

    ``sources`` are whole citations, with the place in them; ``ledger`` is the ``ids.txt`` beside the examples. In
    ``beside`` are other files there, with name and text; one without text is a picture.
    """

    code: Code
    why: str
    bad: str
    good: str
    kind: str
    sources: tuple[str, ...]
    times: int = 1
    ledger: str | None = None
    beside: tuple[tuple[str, str], ...] = ()


def explanations() -> dict[str, Explained]:
    """What is told about each code, by code.

    Raises:
        StudyError: where the program's own resources cannot be read.
    """
    folder = paths.resources() / "rules"
    files = {path.stem: _data(path) for path in sorted(folder.glob("*.yaml"))}
    sources = files.pop("sources", {}).get("sources", {})
    rules = [rule for data in files.values() for rule in data["rules"]]
    return {rule["code"]: _explained(rule, sources) for rule in rules}


def _data(path: Any) -> Any:
    report = Report(str(path))
    document = read(path, report)
    if document is None:
        raise StudyError(f"{path} cannot be read.", "Install the program again.")
    return document.data


def _explained(rule: dict[str, Any], sources: dict[str, str]) -> Explained:
    named = [part.strip().partition(": ") for part in rule["source"].split(";")]
    return Explained(
        code=CODES[rule["code"]],
        why=rule["why"].strip(),
        bad=rule["bad"],
        good=rule["good"],
        kind=rule["kind"],
        sources=tuple(f"{sources[key].rstrip()}{f' ({where})' if where else ''}" for key, _, where in named),
        times=int(rule.get("times", "1")),
        ledger=rule.get("ids"),
        beside=tuple(rule.get("beside", {}).items()),
    )


def explain(code: str, width: int = _WIDTH) -> str:
    """The text about a code, in lines of at most ``width`` characters, or the list of all codes for ``all``.

    Raises:
        StudyError: where there is no such code.
    """
    if code == "all":
        return "".join(f"{known.id}  {known.title}\n" for known in CODES.values())
    wanted = code.upper()
    if wanted not in CODES:
        raise StudyError(
            f"There is no code {code!r}{hint(wanted, CODES)}.", "'studyapp check --explain all' lists them."
        )
    told = explanations()[wanted]
    repeated = f", {told.times} times" if told.times > 1 else ""
    parts = [
        f"{told.code.id} {told.code.title} ({told.code.severity})",
        fill(told.code.explanation, width),
        fill(f"Why: {told.why}", width),
        f"Bad ({_KINDS[told.kind]}{repeated}):\n{_indented(told.bad)}",
        f"Good:\n{_indented(told.good)}",
    ]
    if told.ledger:
        parts.insert(3, f"With this in ids.txt:\n{_indented(told.ledger)}")
    for name, text in told.beside:
        shown = f"With this in {name}:\n{_indented(text)}" if text else f"With the picture {name} beside the deck."
        parts.insert(3, shown)
    if wanted in FIXABLE:
        parts.append("'studyapp check --fix' mends it where that is safe.")
    parts += [
        fill(f"Source: {source}", width, break_long_words=False, break_on_hyphens=False) for source in told.sources
    ]
    return "\n\n".join(parts) + "\n"


_KINDS = {
    "card": "what matters of a card",
    "question": "what matters of a question",
    "cards": "what matters of two cards",
    "questions": "what matters of two questions",
    "bytes": "a file, byte by byte",
    "link": "a symbolic link to",
    "ids": "a line of ids.txt",
    **dict.fromkeys(("deck", "syllabus", "blueprint", "names"), "a file"),
}


def _indented(text: str) -> str:
    return "".join(f"    {line}\n" for line in text.rstrip("\n").split("\n")).rstrip("\n")
