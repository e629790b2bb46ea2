"""The figures of a report in words and lines, as the results page and the printed report show them."""

from dataclasses import dataclass
from enum import StrEnum

from studyapp.core.attempt import Mode
from studyapp.core.interval import Interval
from studyapp.core.scoring import Outcome, Tally
from studyapp.sessions.report import Entry, Report, letters
from studyapp.ui import words
from studyapp.ui.exam.setup_words import MODES

_SLOWEST = 10


class Filter(StrEnum):
    """Which questions are listed."""

    WRONG = "wrong"
    SURE = "sure but wrong"
    CHANGED = "changed"
    SLOW = "slow"
    FLAGGED = "flagged"
    ALL = "all"


class View(StrEnum):
    """By what the score is broken down."""

    STRATUM = "area"
    TOPIC = "topic"
    SEEN = "fresh or seen"
    DIFFICULTY = "difficulty"
    CONFIDENCE = "confidence"
    TIME = "time"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a breakdown, in words and as numbers for its bar; without an interval the bar is a length."""

    name: str
    text: str
    detail: str
    share: float
    interval: Interval | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing that stands out, and the questions it is about."""

    text: str
    filter: Filter


OUTCOMES = {Outcome.RIGHT: "✓ Right", Outcome.WRONG: "✗ Wrong", Outcome.UNANSWERED: "– Not answered"}


def listed(report: Report, wanted: Filter) -> tuple[Entry, ...]:
    """The questions that pass a filter, in the order in which they are worth reading."""
    match wanted:
        case Filter.WRONG:
            return report.missed
        case Filter.SURE:
            return tuple(e for e in report.entries if e.sure_but_wrong)
        case Filter.CHANGED:
            return tuple(e for e in report.entries if e.changed)
        case Filter.SLOW:
            return tuple(e for e in report.slowest if e.slow)
        case Filter.FLAGGED:
            return tuple(e for e in report.entries if e.response.flagged)
        case Filter.ALL:
            return report.entries


def views(report: Report) -> tuple[View, ...]:
    """The breakdowns that say something."""
    empty = {
        View.SEEN: not report.score.seen.questions,
        View.CONFIDENCE: all(entry.response.confidence is None for entry in report.entries),
        View.TIME: not report.slowest,
    }
    return tuple(view for view in View if not empty.get(view, False))


def lines(report: Report, view: View) -> tuple[Line, ...]:
    """The lines of a breakdown."""
    score = report.score
    match view:
        case View.STRATUM:
            return tuple(map(_line, score.strata))
        case View.TOPIC:
            return tuple(map(_line, report.topics))
        case View.SEEN:
            return tuple(_line(tally) for tally in (score.fresh, score.seen) if tally.questions)
        case View.DIFFICULTY:
            return tuple(map(_line, report.difficulties))
        case View.CONFIDENCE:
            return tuple(map(_line, report.confidence))
        case View.TIME:
            return _times(report)


def verdict(report: Report) -> str:
    """Whether the pass mark is reached; nothing is said of it where the key was shown after each answer."""
    if report.attempt.mode is Mode.STUDY:
        return ""
    mark = words.percent(report.score.pass_mark)
    return f"{'Reaches' if report.score.passed else 'Below'} the pass mark of {mark}, which is an assumption"


def facts(report: Report) -> str:
    """Mode, time, fresh and seen questions where there are both, what was not answered."""
    minutes, score = report.attempt.form.minutes, report.score
    allowed = f" of {words.duration(minutes * 60)}" if minutes else ""
    parts = [MODES[report.attempt.mode], f"Time: {words.duration(report.seconds)}{allowed}"]
    if score.seen.questions and score.fresh.questions:
        parts.append(f"fresh questions {score.fresh.correct} of {score.fresh.questions}")
        parts.append(f"seen before {score.seen.correct} of {score.seen.questions}")
    unanswered = sum(outcome is Outcome.UNANSWERED for outcome in score.outcomes)
    if unanswered:
        parts.append(f"{unanswered} not answered")
    return " · ".join(parts)


def notices(report: Report) -> tuple[Notice, ...]:
    """What stands out, the most instructive first."""
    found = []
    if sure := len(listed(report, Filter.SURE)):
        found.append(Notice(f"You were sure of {words.counted(sure, 'answer')} that {_was(sure)} wrong.", Filter.SURE))
    if changed := _changes(report):
        found.append(Notice(changed, Filter.CHANGED))
    if partly := sum(entry.partly_right for entry in report.entries):
        text = f"{words.counted(partly, 'question')} with several answers had some right picks, and counts as wrong."
        found.append(Notice(text if partly == 1 else text.replace("counts", "count"), Filter.WRONG))
    if slow := listed(report, Filter.SLOW):
        longest = slow[0]
        text = (
            f"Question {longest.number} took you {words.duration(longest.response.seconds)}; half of the questions "
            f"took less than {words.duration(report.median_seconds)}."
        )
        found.append(Notice(text, Filter.SLOW))
    return tuple(found)


def headline(entry: Entry) -> str:
    """Verdict, area, time and marks of one question."""
    parts = [OUTCOMES[entry.outcome], entry.item.stratum, words.duration(entry.response.seconds)]
    if entry.response.confidence is not None:
        parts.append(entry.response.confidence.value)
    if entry.response.flagged:
        parts.append("⚑ flagged")
    if entry.item.seen:
        parts.append("seen before")
    return " · ".join(parts)


def remarks(entry: Entry) -> tuple[str, ...]:
    """What else there is to say of one question: sureness, changes, partly right picks."""
    found = []
    if entry.sure_but_wrong:
        found.append("You were sure of this answer.")
    first = entry.response.first_chosen
    if entry.changed and first is not None:
        was = "right" if entry.first_was_right else "wrong"
        now = letters(entry.response.chosen) or "no answer"
        found.append(f"You first chose {letters(first)}, which was {was}, and changed to {now}.")
    if entry.partly_right:
        right, of = entry.picks
        found.append(f"{right} of {of} right answers picked; it counts as wrong, as in the exam.")
    return tuple(found)


def _line(tally: Tally) -> Line:
    each = words.duration(tally.seconds / tally.questions) if tally.questions else "0 s"
    return Line(
        name=tally.name[:1].upper() + tally.name[1:],
        text=f"{tally.correct} of {tally.questions}",
        detail=f"{words.between(tally.interval)} · {each} each",
        share=tally.share,
        interval=tally.interval,
    )


def _times(report: Report) -> tuple[Line, ...]:
    longest = report.slowest[0].response.seconds if report.slowest else 1.0
    return tuple(
        Line(
            name=f"Question {entry.number} · {entry.item.stratum}",
            text=words.duration(entry.response.seconds),
            detail=OUTCOMES[entry.outcome],
            share=entry.response.seconds / longest,
        )
        for entry in report.slowest[:_SLOWEST]
    )


def _changes(report: Report) -> str:
    worse, better, even = (
        report.changes.right_to_wrong,
        report.changes.wrong_to_right,
        report.changes.wrong_to_wrong,
    )
    parts = []
    if worse:
        parts.append(f"{_answers(worse, 'right')} to {'a wrong one' if worse == 1 else 'wrong ones'}")
    if better:
        parts.append(f"{_answers(better, 'wrong')} to {'the right one' if better == 1 else 'right ones'}")
    if even:
        parts.append(f"{_answers(even, 'wrong')} to {'another' if even == 1 else 'other wrong ones'}")
    if not parts:
        return ""
    return f"You changed {', '.join(parts[:-1])}{' and ' if len(parts) > 1 else ''}{parts[-1]}."


def _answers(count: int, kind: str) -> str:
    return words.counted(count, f"{kind} answer")


def _was(count: int) -> str:
    return "was" if count == 1 else "were"
