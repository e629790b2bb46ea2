"""Reporting an item to its authors, and the reports as they take them: JSON, CSV, Markdown."""

import csv
import io
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from studyapp.core.deck import Card, Question
from studyapp.core.reported import Fault, ReportedItem, item_to_data
from studyapp.sessions.report import LETTERS, plain_cell

_GAP = re.compile(r"\{\{.+?\}\}", re.DOTALL)
_COLUMNS = ("reported at", "id", "kind", "deck", "file", "fault", "note", "dealt with at", "item as it was")


def fault_words(fault: Fault, kind: str) -> str:
    """What a fault is called of a card or a question."""
    if fault is Fault.WRONG_KEY:
        return "The key is wrong" if kind == "question" else "The answer is wrong"
    return {
        Fault.UNCLEAR: "It is unclear",
        Fault.OUTDATED: "It is out of date",
        Fault.OTHER: "Something else",
    }[fault]


def headline(report: ReportedItem) -> str:
    """What the learner was asked, as it was then."""
    item = report.item
    text: str = item.get("stem") or item.get("front") or _GAP.sub("…", item.get("cloze", ""))
    return _line(text.replace("`", "").replace("**", ""))


def make_report(item: Card | Question, file: str, fault: Fault, note: str, now: datetime) -> ReportedItem:
    """A report of an item as it is now, yet to be stored. ``file`` is the name of its deck file, where known."""
    kind = "question" if isinstance(item, Question) else "card"
    return ReportedItem(0, item.id, kind, item.deck, file, fault, note.strip(), now, item_to_data(item))


def as_json(reports: Sequence[ReportedItem]) -> str:
    """A list of objects, one for each report, with times in UTC."""
    return json.dumps([_to_data(report) for report in reports], ensure_ascii=False, indent=2) + "\n"


def as_csv(reports: Sequence[ReportedItem]) -> str:
    """A table with a header; the item is Markdown in one cell."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(_COLUMNS)
    for report in reports:
        data = _to_data(report)
        data["fault"] = fault_words(report.fault, report.kind)
        cells = [data[key] or "" for key in ("reported_at", "item_id", "kind", "deck", "file", "fault", "note")]
        writer.writerow([plain_cell(cell) for cell in (*cells, data["dealt_at"] or "", item_markdown(report.item))])
    return text.getvalue()


def as_markdown(reports: Sequence[ReportedItem], lines: Mapping[int, int] | None = None) -> str:
    """A list to work through, file by file: what is dealt with is ticked, the item stands below in a quote.

    ``lines`` are those of the items as they are now, by the reports' ids, as far as they are known.
    """
    parts = ["# Reported items\n"]
    for file in sorted({report.file or report.deck for report in reports}):
        parts.append(f"## {file}\n")
        these = (report for report in reports if (report.file or report.deck) == file)
        parts += [_entry(report, (lines or {}).get(report.id, 0)) for report in these]
    return "\n".join(parts)


FORMATS: dict[str, Callable[[Sequence[ReportedItem]], str]] = {"json": as_json, "csv": as_csv, "md": as_markdown}
"""How reports are written, by the ending of the file."""


def item_markdown(item: dict[str, Any]) -> str:
    """A reported item, as it was, in Markdown."""
    if "stem" not in item:
        sides = [item[key] for key in ("front", "back", "cloze") if key in item]
        return "\n\n".join(side.strip() for side in sides)
    lines = [item["stem"].strip(), ""]
    for letter, option in zip(LETTERS, item["options"], strict=False):
        mark = " (right)" if option["correct"] else ""
        lines.append(f"- **{letter}**{mark} {_line(option['text'])}")
        if option["rationale"]:
            lines.append(f"  {_line(option['rationale'])}")
    return "\n".join(lines)


def _entry(report: ReportedItem, line: int) -> str:
    tick = "x" if report.dealt_at else " "
    place = f", line {line}" if line else ""
    facts = f"{report.kind} `{report.item_id}`{place}, reported {report.reported_at:%Y-%m-%d}"
    lines = [f"- [{tick}] {fault_words(report.fault, report.kind)}: {facts}"]
    lines += [f"  {text}".rstrip() for text in report.note.splitlines()]
    lines += ["", *(f"  > {text}".rstrip() for text in item_markdown(report.item).splitlines()), ""]
    return "\n".join(lines)


def _line(text: str) -> str:
    return " ".join(text.split())


def _to_data(report: ReportedItem) -> dict[str, Any]:
    data = asdict(report)
    del data["id"]
    for key in ("reported_at", "dealt_at"):
        data[key] = data[key] and data[key].isoformat(timespec="seconds")
    return data
