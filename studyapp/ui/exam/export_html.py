"""A report as one HTML page that needs nothing else, and looks right on paper."""

from collections.abc import Iterable, Iterator
from html import escape
from typing import Protocol

from studyapp.core.interval import Interval
from studyapp.core.scoring import Outcome
from studyapp.sessions.report import LETTERS, Entry, Report
from studyapp.ui import words
from studyapp.ui.exam import results_words
from studyapp.ui.exam.export_style import PAPER, SCREEN
from studyapp.ui.exam.results_words import Line, View

_CLASSES = {Outcome.RIGHT: "right", Outcome.WRONG: "wrong", Outcome.UNANSWERED: "caution"}
_SECTIONS = {
    View.STRATUM: "By area",
    View.TOPIC: "By topic",
    View.SEEN: "Fresh and seen before",
    View.DIFFICULTY: "By difficulty",
    View.CONFIDENCE: "By confidence",
    View.TIME: "What took longest",
}


class Render(Protocol):
    """Makes safe HTML of Markdown, with ranges of the displayed characters marked."""

    def __call__(self, markdown: str, highlights: Iterable[tuple[int, int]] = ()) -> str:
        """The HTML."""


def page_start(report: Report) -> str:
    """What stands before the parts of a page."""
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(report.attempt.form.title)}</title><style>{PAPER}{SCREEN}</style></head>\n<body>\n"
    )


PAGE_END = "</body></html>\n"


def parts(report: Report, render: Render, *, charts: bool = True) -> Iterator[str]:
    """The parts of the page one by one, in tags that Qt's rich text knows as well.

    Qt's rich text cannot draw the charts.
    """
    yield _head(report)
    for view in results_words.views(report):
        lines = results_words.lines(report, view)
        yield f"<h2>{_SECTIONS[view]}</h2>{_table(lines, report.score.pass_mark if charts else None)}\n"
    yield "<h2>Questions</h2>\n"
    for entry in report.entries:
        yield _question(entry, render)
    cases = {entry.item.case.id: entry.item.case for entry in report.entries if entry.item.case}
    if cases:
        yield "<h2>Cases</h2>\n"
    for case in cases.values():
        yield f"<h3>{escape(case.title)}</h3>{render(case.text)}\n"


def _head(report: Report) -> str:
    attempt, total = report.attempt, report.score.total
    found = [
        f"<h1>{escape(attempt.form.title)}</h1>",
        f'<p class="soft">{escape(words.day(attempt.started_at))} · {escape(results_words.facts(report))}</p>',
        f'<p class="number">{words.percent(total.share)} &nbsp; {total.correct} of {total.questions}</p>',
    ]
    verdict = results_words.verdict(report)
    if verdict:
        role = "right" if report.score.passed else "caution"
        found.append(f'<p><strong class="{role}">{verdict}</strong>: Google publishes none.</p>')
    found.append(f"<p>80 % sure: between {words.between(total.interval)} on questions like these.</p>")
    notices = "".join(f"<li>{escape(notice.text)}</li>" for notice in results_words.notices(report))
    return "\n".join([*found, f"<ul>{notices}</ul>" if notices else ""])


def _table(lines: tuple[Line, ...], pass_mark: float | None) -> str:
    """The lines of a breakdown, with a chart against the pass mark where there is one."""
    rows = []
    for line in lines:
        chart = "" if pass_mark is None else f'<td width="25%">{_bar(line.share, line.interval, pass_mark)}</td>'
        rows.append(
            f'<tr><td>{escape(line.name)}</td><td width="12%"><strong>{escape(line.text)}</strong></td>{chart}'
            f'<td class="soft" width="24%">{escape(line.detail)}</td></tr>'
        )
    return f'<table class="data" width="100%" cellspacing="0" cellpadding="3">{"".join(rows)}</table>'


def _bar(share: float, interval: Interval | None, pass_mark: float) -> str:
    """The interval as a band, the share as a dot; spans that carry nothing where styles are not known."""
    if interval is None:
        return f'<span class="bar"><span class="band" style="left:0;width:{share:.1%}"></span></span>'
    width = interval.high - interval.low
    return (
        f'<span class="bar"><span class="band" style="left:{interval.low:.1%};width:{width:.1%}"></span>'
        f'<span class="mark" style="left:{pass_mark:.1%}"></span>'
        f'<span class="dot" style="left:{share:.1%}"></span></span>'
    )


def _question(entry: Entry, render: Render) -> str:
    role = _CLASSES[entry.outcome]
    question, response = entry.question, entry.response
    found = [
        f"<h3>Question {entry.number}</h3>",
        f'<p class="{role}">{escape(results_words.headline(entry))}</p>',
    ]
    if entry.item.case:
        found.append(f'<p class="soft">Case: {escape(entry.item.case.title)}</p>')
    found.extend(f'<p class="soft">{escape(remark)}</p>' for remark in results_words.remarks(entry))
    found.append(render(question.stem, response.highlights))
    rows = "".join(_option(entry, i, render) for i in range(len(question.options)))
    found.append(f'<table class="options" width="100%" cellspacing="0" cellpadding="5">{rows}</table>')
    if response.note:
        note = escape(response.note).replace("\n", "<br>")
        found.append(f"<p><strong>Your note.</strong> {note}</p>")
    if question.changed:
        found.append(f"<p><strong>What changed since the notes.</strong></p>{render(question.changed)}")
    return f'<div class="question">{"".join(found)}</div>\n'


def _option(entry: Entry, index: int, render: Render) -> str:
    option, response = entry.question.options[index], entry.response
    chosen = index in response.chosen
    role = "right" if option.correct else "wrong" if chosen else "other"
    says = [text for text, holds in (("✓ Right answer", option.correct), ("your answer", chosen)) if holds]
    if not option.correct and chosen:
        says = ["✗ Your answer"]
    if index in response.struck:
        says.append("you struck it out")
    note = ", ".join(says)
    rationale = f'<div class="rationale">{render(option.rationale)}</div>'
    told = f'<p class="{role}"><strong>{note[:1].upper()}{note[1:]}</strong></p>' if note else ""
    return (
        f'<tr><td class="{role} letter" width="24"><strong>{LETTERS[index]}</strong></td>'
        f'<td class="{role}">{render(option.text)}{told}{rationale}</td></tr>'
    )
