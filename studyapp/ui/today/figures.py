"""Puts today's figures into words: the chance to pass, and a plan that says why."""

from collections.abc import Callable
from datetime import datetime, timedelta

from studyapp.core.attempt import Mode
from studyapp.core.blueprint import Blueprint
from studyapp.core.interval import wilson
from studyapp.core.readiness import Readiness
from studyapp.core.selection import CustomSet, Only
from studyapp.sessions.plan import Kind, Task, Today
from studyapp.ui import words
from studyapp.ui.routes import GoTo, ResumeAttempt, ShowResults, StartCustom, StartDrill
from studyapp.ui.today.state import Remark, TaskLine, TodayState

_NAMED = 3


def make_state(figures: Today, title_of: Callable[[str], str], now: datetime, left: float | None) -> TodayState:
    """The state that shows ``figures``; ``title_of`` names an area.

    ``left`` is how many seconds there are for the attempt to go on with, None where its clock stands still.
    """
    hour = now.astimezone().hour
    part = "morning" if 4 <= hour < 12 else "afternoon" if 12 <= hour < 18 else "evening"
    tasks = tuple(_line(task, figures, now, left) for task in figures.tasks)
    chance, detail = _chance(figures.readiness)
    return TodayState(
        greeting=f"Good {part}",
        ready=True,
        headline="" if tasks else "Nothing is due",
        detail="" if tasks else "Cards come back when they are about to be forgotten.",
        exam=_countdown(figures.days_left),
        chance=chance,
        told=figures.readiness is not None and figures.readiness.interval is not None,
        chance_detail=detail,
        plan=f"Today, about {words.duration(60 * sum(task.minutes for task in figures.tasks))}" if tasks else "Today",
        tasks=tasks,
        remarks=tuple(_remarks(figures, title_of)),
        done=_done(figures),
    )


def _countdown(days: int | None) -> str:
    if days is None or days < 0:
        return ""
    if days == 0:
        return "The exam is today"
    return "1 day to the exam" if days == 1 else f"{days} days to the exam"


def _chance(readiness: Readiness | None) -> tuple[str, str]:
    """The chance to pass, or what is missing to tell it, and a line that says what it stands on."""
    if readiness is None:
        return "", ""
    mark = words.percent(readiness.pass_mark)
    if readiness.interval is not None:
        return words.between(readiness.interval), (
            f"80 % sure, on a fresh exam with a pass mark of {mark}, which is an assumption. Your expected score is "
            f"{words.between(readiness.score_interval)}."
        )
    named = [missing.stratum for missing in readiness.missing[:_NAMED]]
    others = len(readiness.missing) - len(named)
    where = ", ".join(named) + (f" and {others} more" if others else "")
    return "Not enough data", (
        f"About {words.counted(readiness.more, 'more question')} in these areas will tell: {where}. "
        f"The pass mark of {mark} is an assumption."
    )


def _line(task: Task, figures: Today, now: datetime, left: float | None) -> TaskLine:
    minutes = words.duration(60 * task.minutes)
    match task.kind:
        case Kind.RESUME:
            return _go_on(task, now, left)
        case Kind.REVIEW:
            return TaskLine(*_review(task), minutes, "Review cards", GoTo("flashcards"))
        case Kind.EXAM:
            return TaskLine(*_exam(figures, now), minutes, "Choose an exam", GoTo("exam"))
        case Kind.DRILL:
            return _drill(task, _blueprint(figures), minutes)
        case Kind.FRESH:
            custom = CustomSet(
                name="Fresh questions",
                blueprint=_blueprint(figures).id,
                only=frozenset({Only.UNSEEN}),
                questions=task.count,
                feedback=True,
            )
            why = "Questions you have not met tell most about where you stand."
            text = words.counted(task.count, "fresh question")
            return TaskLine(text, why, minutes, "Start questions", StartCustom(custom))


def _go_on(task: Task, now: datetime, left: float | None) -> TaskLine:
    running = task.attempt
    assert running is not None
    route = ResumeAttempt(running.id)
    others = f" {task.others} more under All exams." if task.others else ""
    if left == 0:
        why = f"What you had answered counts.{others}"
        return TaskLine(f"The time is up: {running.title}", why, words.duration(60), "See the result", route)
    kind = "drill" if running.mode is Mode.STUDY else "exam"
    why = f"{running.answered} of {running.questions} answered, all saved."
    if left is not None:
        end = (now + timedelta(seconds=left)).astimezone()
        why += f" The clock runs: {words.duration(left)} left, until {end:%H:%M}."
    minutes = words.duration(60 * task.minutes)
    return TaskLine(f"Go on with the {kind}: {running.title}", why + others, minutes, "Resume", route)


def _review(task: Task) -> tuple[str, str]:
    new = words.counted(task.new, "new card")
    if not task.count:
        return f"Learn {new}", "New cards come a few a day, every topic's first card before any topic's second."
    also = f" and {new}" if task.new else ""
    return f"Review {words.counted(task.count, 'card')}{also}", "Due now, before they are forgotten."


def _exam(figures: Today, now: datetime) -> tuple[str, str]:
    last = figures.last_exam
    if last is None:
        return (
            "Sit a first practice exam",
            "It is weighted like the real one and shows where you are weak. Its clock runs on if you leave.",
        )
    days = (now.astimezone().date() - (last.submitted_at or last.started_at).astimezone().date()).days
    ago = "yesterday" if days == 1 else f"{days} days ago"
    return "Sit a practice exam", f"The last one was {ago}; a fresh one shows what has changed."


def _drill(task: Task, blueprint: Blueprint, minutes: str) -> TaskLine:
    worth = task.worth
    assert worth is not None
    why = (
        f"Here an hour raises your score most: {words.percent(worth.weight)} of the exam, "
        f"and about {words.percent(worth.room)} of it would go wrong today."
    )
    custom = CustomSet(
        name=worth.area, areas=(worth.area,), blueprint=blueprint.id, questions=task.count, feedback=True
    )
    return TaskLine(f"Drill: {worth.area}", why, minutes, "Start drill", StartCustom(custom))


def _blueprint(figures: Today) -> Blueprint:
    assert figures.aim is not None
    return figures.aim.blueprint


def _remarks(figures: Today, title_of: Callable[[str], str]) -> list[Remark]:
    remarks = []
    if figures.weakest is not None:
        weakest = figures.weakest
        remarks.append(
            Remark(
                f"Weakest: {title_of(weakest.area)} {words.between(weakest.expected_interval)}, "
                f"from {words.counted(weakest.answers, 'answer')}",
                "Drill",
                StartDrill(weakest.area),
            )
        )
    if figures.last_exam is not None:
        last = figures.last_exam
        sure = words.between(wilson(last.correct, last.questions))
        remarks.append(
            Remark(
                f"Last exam: {words.percent(last.share)}, {last.correct} of {last.questions} ({sure}) "
                f"on {words.day(last.started_at)}",
                "See results",
                ShowResults(last.id),
            )
        )
    return remarks


def _done(figures: Today) -> str:
    done = figures.done
    parts = []
    if done.reviews:
        parts.append(words.counted(done.reviews, "card") + " reviewed")
    if done.total.answers:
        parts.append(words.counted(done.total.answers, "question") + f" answered, {done.total.right} right")
    return "Done today: " + ", ".join(parts) if parts else ""
