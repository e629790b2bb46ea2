"""Puts today's figures into words: one obvious next step, and three tiles."""

from collections.abc import Callable

from studyapp.core.attempt import Mode
from studyapp.core.interval import wilson
from studyapp.sessions.progress import Step, Today
from studyapp.ui import words
from studyapp.ui.routes import GoTo, ResumeAttempt, Route, ShowResults, StartDrill
from studyapp.ui.today.state import Tile, TodayState

# A first guess, until the review log can tell: most cards take about this long.
SECONDS_A_CARD = 20


def make_state(figures: Today, title_of: Callable[[str], str], hour: int) -> TodayState:
    """The state that shows ``figures``; ``title_of`` names an area, ``hour`` (0 to 23) decides the greeting."""
    greeting = "Good morning" if 4 <= hour < 12 else "Good afternoon" if 12 <= hour < 18 else "Good evening"
    headline, detail, action, route = _step(figures, title_of)
    return TodayState(
        greeting=greeting,
        ready=True,
        headline=headline,
        detail=detail,
        action=action,
        route=route,
        tiles=(_cards_tile(figures), _exam_tile(figures), _weakest_tile(figures, title_of)),
    )


def _step(figures: Today, title_of: Callable[[str], str]) -> tuple[str, str, str, Route]:
    """Headline, reason, button and destination of the next step."""
    queue = figures.queue
    if figures.step is Step.RESUME and figures.running is not None:
        running = figures.running
        return (
            f"Go on with the {'drill' if running.mode is Mode.STUDY else 'exam'}: {running.title}",
            f"{running.answered} of {running.questions} answered, all saved.",
            "Resume",
            ResumeAttempt(running.id),
        )
    if figures.step is Step.REVIEW:
        minutes = words.duration(max(60, queue.count * SECONDS_A_CARD))
        new = f" and {words.counted(len(queue.new), 'new card')}" if queue.new else ""
        return (
            f"Review {words.counted(len(queue.due), 'card')}{new}",
            f"Due now, before they are forgotten. About {minutes}.",
            "Review cards",
            GoTo("flashcards"),
        )
    if figures.step is Step.DRILL and figures.weakest is not None:
        weakest = figures.weakest
        return (
            f"Drill: {title_of(weakest.area)}",
            f"Your weakest area so far: {words.percent(weakest.share or 0)} of "
            f"{words.counted(weakest.answers, 'answer')} right.",
            "Start drill",
            StartDrill(weakest.area),
        )
    if figures.step is Step.FIRST_EXAM:
        return (
            "Sit a first practice exam",
            "It is weighted like the real one and shows where you are weak. You can leave and come back.",
            "Choose an exam",
            GoTo("exam"),
        )
    return (
        "Sit a practice exam",
        "No card is due. A fresh exam shows where you stand.",
        "Choose an exam",
        GoTo("exam"),
    )


def _cards_tile(figures: Today) -> Tile:
    queue = figures.queue
    new = f"{words.counted(len(queue.new), 'new card')} for today" if queue.new else "no new cards left today"
    done = f" · {figures.reviewed_today} reviewed" if figures.reviewed_today else ""
    return Tile(
        "Cards due",
        str(len(queue.due)),
        new + done,
        "Review" if queue.count else "",
        GoTo("flashcards") if queue.count else None,
    )


def _exam_tile(figures: Today) -> Tile:
    last = figures.last_exam
    if last is None:
        return Tile("Last exam", "–", "Your first score will stand here.")
    sure = words.between(wilson(last.correct, last.questions))
    return Tile(
        "Last exam",
        words.percent(last.share),
        f"{last.correct} of {last.questions} ({sure}) on {words.day(last.started_at)}",
        "See results",
        ShowResults(last.id),
    )


def _weakest_tile(figures: Today, title_of: Callable[[str], str]) -> Tile:
    weakest = figures.weakest
    if weakest is None or weakest.share is None or weakest.interval is None:
        return Tile("Weakest area", "–", "Not enough answers yet to tell.")
    return Tile(
        "Weakest area",
        words.between(weakest.interval),
        f"{title_of(weakest.area)}, {words.counted(weakest.answers, 'answer')}",
        "Drill",
        StartDrill(weakest.area),
    )
