"""The lines of the weak-areas table in words and numbers, made from the figures."""

from dataclasses import dataclass
from enum import IntEnum

from studyapp.core.deck import Question
from studyapp.core.interval import Interval
from studyapp.sessions.progress import AreaFigures, Grouping
from studyapp.ui import words

_STEM = 160


class Column(IntEnum):
    """The columns of the table."""

    AREA = 0
    ANSWERS = 1
    ESTIMATE = 2
    CHANGE = 3
    RECALL = 4
    LAPSES = 5
    ACTION = 6


class Level(IntEnum):
    """How deep a line lies: a domain or stratum, a topic, a question that was missed."""

    AREA = 0
    TOPIC = 1
    QUESTION = 2


@dataclass(frozen=True)
class Line:
    """One line. ``share`` is None where there is not enough data; ``texts`` and ``spoken`` are by column.

    ``keys`` are what the columns are sorted by; what has no number sorts last, whichever way.
    """

    level: Level
    id: str
    title: str
    texts: tuple[str, ...]
    spoken: tuple[str, ...]
    keys: tuple[float | str | None, ...]
    share: float | None = None
    interval: Interval | None = None
    action: str = ""
    cards: tuple[str, ...] = ()
    below: tuple["Line", ...] = ()


def area_line(figures: AreaFigures, pass_mark: float, level: Level = Level.AREA) -> Line:
    """A domain, a stratum or a topic, with what lies below it."""
    estimate, around = figures.estimate, figures.estimate.expected_interval
    share, recall = estimate.expected, figures.recall
    if figures.told:
        text = f"{words.percent(share)}  ({round(100 * around.low)}–{round(100 * around.high)})"
        against = "below" if share < pass_mark else "at or above"
        spoken = f"{words.percent(share)}, between {words.between(around)}, {against} the pass mark"
    else:
        text = spoken = "not enough data" if estimate.answers else "no answers yet"
    change = "" if figures.change is None else change_text(figures.change)
    recalled = "" if recall.recall is None else words.percent(recall.recall)
    lapses = str(figures.lapses) if figures.lapses else ""
    topics = tuple(area_line(topic, pass_mark, Level.TOPIC) for topic in figures.topics)
    return Line(
        level=level,
        id=figures.id,
        title=figures.title,
        texts=(figures.title, str(estimate.answers), text, change, recalled, lapses, "Drill"),
        spoken=(
            figures.title,
            words.counted(estimate.answers, "answer"),
            spoken,
            _spoken_change(figures.change),
            f"predicted recall {recalled}, {recall.seen} of {recall.cards} cards seen" if recalled else "no cards",
            words.counted(figures.lapses, "lapse"),
            f"Drill {figures.title}" if figures.questions else "no questions in the decks",
        ),
        keys=(
            figures.title,
            estimate.answers,
            around.high if figures.told else None,
            figures.change,
            recall.recall,
            figures.lapses,
            figures.questions,
        ),
        share=share if figures.told else None,
        interval=around if estimate.answers else None,
        action="Drill" if figures.questions else "",
        below=topics or tuple(_question(question) for question in figures.missed),
    )


def change_text(change: float) -> str:
    """A change of a share in points, with a mark for its direction: “▲ 4”, “▼ 12”, “± 0”."""
    points = round(abs(change) * 100)
    if not points:
        return "± 0"
    return f"{'▲' if change > 0 else '▼'} {points}"


def heads(grouping: Grouping) -> tuple[str, ...]:
    """The heads of the columns."""
    area = "Domain" if grouping is Grouping.DOMAINS else "Part of the exam"
    return (area, "Answers", "Right on fresh questions", "2 weeks", "Recall", "Lapses", "")


def _spoken_change(change: float | None) -> str:
    if change is None:
        return "no change to tell"
    points = round(abs(change) * 100)
    if not points:
        return "no change in two weeks"
    return f"{words.counted(points, 'point')} {'up' if change > 0 else 'down'} in two weeks"


def _question(question: Question) -> Line:
    stem = " ".join(question.stem.replace("`", "").replace("**", "").split())
    title = f"✗ {stem[:_STEM]}{'…' if len(stem) > _STEM else ''}"
    action = "Cards" if question.cards else ""
    return Line(
        level=Level.QUESTION,
        id=question.id,
        title=title,
        texts=(title, "", "", "", "", "", action),
        spoken=(f"Missed: {stem}", "", "", "", "", "", "Review its cards" if question.cards else ""),
        keys=(stem, None, None, None, None, None, None),
        action=action,
        cards=question.cards,
    )
