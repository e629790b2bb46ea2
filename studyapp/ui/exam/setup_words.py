"""What an exam will be, said before it starts."""

from studyapp.core.attempt import Attempt, AttemptSummary, Mode
from studyapp.core.blueprint import Blueprint
from studyapp.core.interval import wilson
from studyapp.core.retake import same_mode
from studyapp.ui import words

SAVED = "Every answer is saved as you give it."
MODES = {Mode.SIMULATION: "Simulation", Mode.STUDY: "Study", Mode.CUSTOM: "Custom"}


def kind(summary: AttemptSummary) -> str:
    """What an attempt was, in a word."""
    if summary.blueprint_id.startswith("drill:"):
        return "Drill"
    return "Exam" if summary.mode is Mode.SIMULATION else MODES[summary.mode]


def outcome(summary: AttemptSummary) -> str:
    """The score of an attempt and how sure it is, or how far it got."""
    if summary.submitted_at is None:
        return f"running, {summary.answered} of {summary.questions} answered"
    score = f"{summary.correct} of {summary.questions}, {words.percent(summary.share)}"
    return f"{score} ({sure(summary)})"


def sure(summary: AttemptSummary) -> str:
    """The 80 % interval of a score."""
    return words.between(wilson(summary.correct, summary.questions))


def mode_sentence(mode: Mode, *, timed: bool) -> str:
    """What a mode shows, and what it does with the clock."""
    match mode, timed:
        case Mode.SIMULATION, _:
            return (
                "You see no answers until the end. The clock does not stop, as in a test centre: if you leave on "
                "purpose it runs on; a crash or a power cut costs you no time."
            )
        case Mode.CUSTOM, True:
            return "You see no answers until the end. The clock stands still while you are away."
        case Mode.CUSTOM, _:
            return "You see no answers until the end. No clock runs."
        case _, True:
            return (
                "After each answer you see the key and every rationale. The clock can be paused, and stands still "
                "while you are away."
            )
        case _:
            return "After each answer you see the key and every rationale. No clock runs."


def size(questions: int, minutes: int | None) -> str:
    """How many questions in how much time."""
    count = words.counted(questions, "question")
    return f"{count} in {words.counted(minutes, 'minute')}" if minutes else f"{count}, no clock"


def again_sentence(attempt: Attempt | None) -> str:
    """What sitting the same form of an attempt again will be; without one, sitting what was missed."""
    if attempt is None:
        return mode_sentence(Mode.STUDY, timed=False)
    form = attempt.form
    return f"{size(len(form.items), form.minutes)}. {mode_sentence(same_mode(attempt), timed=form.minutes is not None)}"


def fresh_sentence(blueprint: Blueprint, mode: Mode, timed: bool) -> str:
    """What a fresh form of a blueprint will be."""
    return f"{size(blueprint.questions, blueprint.minutes if timed else None)}. {mode_sentence(mode, timed=timed)}"
