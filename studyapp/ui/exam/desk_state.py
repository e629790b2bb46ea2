"""What the desk shows, made from an exam session."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from studyapp.core.attempt import Confidence, Mode, Response
from studyapp.core.form import FormItem
from studyapp.core.scoring import Outcome, outcome
from studyapp.sessions.exam import Action, ExamSession
from studyapp.sessions.missed import missed_cards
from studyapp.ui import words
from studyapp.ui.card_words import made_due
from studyapp.ui.widgets.navigator import Done, Place
from studyapp.ui.widgets.options import OptionView, Verdict

if TYPE_CHECKING:
    from studyapp.content.library import Library

# Being this many seconds ahead or behind is worth a word.
_NOTABLE = 60.0


@dataclass(frozen=True)
class DeskState:
    """What the desk shows.

    ``reviewing`` is the page of all questions, before submitting; ``study`` gives feedback after each answer; ``timed``
    tells that a clock runs. ``stems`` are the first words of every question, ``verdict`` is "right" or "wrong" once
    the key is shown, ``made_due`` then names the cards to review. ``note_saved`` tells whether the note is on disk as
    it stands. ``folder`` and ``case_folder`` are where the images of the question and of its case lie.
    """

    number: int
    total: int
    title: str
    stem: str
    hint: str
    options: tuple[OptionView, ...]
    multiple: bool
    locked: bool
    flagged: bool
    places: tuple[Place, ...]
    stems: tuple[str, ...]
    study: bool
    timed: bool
    may_pause: bool
    paused: bool
    reviewing: bool
    highlights: tuple[tuple[int, int], ...]
    note: str
    note_saved: bool
    confidence: Confidence | None
    next_label: str
    revealed: bool = False
    verdict: str = ""
    changed: str = ""
    made_due: str = ""
    case_id: str = ""
    case_title: str = ""
    case_text: str = ""
    folder: Path | None = None
    case_folder: Path | None = None


def make_state(session: ExamSession, draft: str | None, library: "Library", *, reviewing: bool) -> DeskState:
    """The state of the desk; ``draft`` is a note as it is being typed, where that is not written yet.

    ``library`` names the cards that a missed question made due, and tells where images lie.
    """
    item, response = session.item, session.response
    question, total = item.question, len(session.form.items)
    asked = len(question.key)
    state = DeskState(
        number=session.position + 1,
        total=total,
        title=session.form.title,
        stem=question.stem,
        hint=f"Choose {words.COUNTS[asked]}." if asked > 1 else "",
        options=tuple(_option_view(item, response, i) for i in range(len(question.options))),
        multiple=asked > 1,
        locked=response.revealed or session.submitted,
        flagged=response.flagged,
        places=tuple(_place(session, i) for i in range(total)),
        stems=tuple(_first_words(i.question.stem) for i in session.form.items),
        study=session.mode is Mode.STUDY,
        timed=session.form.minutes is not None,
        may_pause=session.may_pause,
        paused=session.paused,
        reviewing=reviewing,
        highlights=response.highlights,
        note=response.note if draft is None else draft,
        note_saved=draft is None and Action.NOTE not in session.unsaved.get(session.position, ()),
        confidence=response.confidence,
        next_label=_next_label(session, reviewing=reviewing),
        revealed=response.revealed,
        case_id=item.case.id if item.case else "",
        case_title=item.case.title if item.case else "",
        case_text=item.case.text if item.case else "",
        folder=_folder(library.file_of(question.deck)),
        case_folder=_folder(library.file_of(item.case.id, "case")) if item.case else None,
    )
    if response.revealed:
        right = outcome(item, response) is Outcome.RIGHT
        state = replace(
            state,
            verdict="right" if right else "wrong",
            changed=question.changed or "",
            made_due=made_due(missed_cards(item, response), library.bank.cards),
        )
    return state


def _folder(file: Path | None) -> Path | None:
    return None if file is None else file.parent


def revealed_option(item: FormItem, response: Response, index: int) -> OptionView:
    """An option with key, choice and rationale in the open, as in study or in the results."""
    option = item.question.options[index]
    chosen = index in response.chosen
    if option.correct:
        verdict, note = Verdict.KEY, "✓ Right answer, yours" if chosen else "✓ Right answer"
    elif chosen:
        verdict, note = Verdict.WRONG, "✗ Your answer"
    else:
        verdict, note = Verdict.OTHER, ""
    return OptionView(option.text, chosen, verdict, note, option.rationale)


def pace(session: ExamSession) -> str:
    """How the learner stands against the clock, in words; empty where no clock runs or nothing is left to answer.

    Every question has the same share of the time. Who works on one has until its share is used up.
    """
    if session.form.minutes is None:
        return ""
    total = len(session.form.items)
    answered = sum(r.answered for r in session.responses)
    if answered == total:
        return ""
    share = session.form.minutes * 60.0 / total
    behind, ahead = session.elapsed - (answered + 1) * share, answered * share - session.elapsed
    if behind >= _NOTABLE:
        return f"{round(behind / 60)} min behind"
    return f"{round(ahead / 60)} min ahead" if ahead >= _NOTABLE else "on pace"


def unsaved_in_words(session: ExamSession) -> str:
    """What did not reach the disk: “your answer to question 3, your note on question 5”."""
    told = []
    for position, actions in session.unsaved.items():
        what = [_ACTIONS[action] for action in Action if action in actions and action is not Action.TIME]
        told.append(f"{' and '.join(what) or _ACTIONS[Action.TIME]} {position + 1}")
    if len(told) > 3:
        return f"what you did to {len(told)} questions"
    return ", ".join(told) or "the time used"


_ACTIONS = {
    Action.ANSWER: "your answer to question",
    Action.FLAG: "the flag of question",
    Action.STRIKE: "the strike-out in question",
    Action.NOTE: "your note on question",
    Action.CONFIDENCE: "how sure you are of question",
    Action.HIGHLIGHT: "the highlight in question",
    Action.REVEAL: "the check of question",
    Action.TIME: "the time on question",
}


def _option_view(item: FormItem, response: Response, index: int) -> OptionView:
    """An option before or after the key is shown."""
    if response.revealed:
        return revealed_option(item, response, index)
    return OptionView(item.question.options[index].text, index in response.chosen, struck=index in response.struck)


def _place(session: ExamSession, index: int) -> Place:
    item, response = session.form.items[index], session.responses[index]
    verdict = ""
    if response.revealed:
        verdict = "right" if outcome(item, response) is Outcome.RIGHT else "wrong"
    current = index == session.position
    if response.answered:
        done = Done.COMPLETE if len(response.chosen) == len(item.question.key) else Done.INCOMPLETE
    else:
        done = Done.OPEN if current or response.visits else Done.UNSEEN
    return Place(done, response.flagged, current, verdict)


def _next_label(session: ExamSession, *, reviewing: bool) -> str:
    study = session.mode is Mode.STUDY
    if reviewing:
        return "Finish drill" if study else "Submit exam"
    if study and not session.response.revealed:
        return "Check answer"
    if session.position + 1 < len(session.form.items):
        return "Next"
    if not study:
        return "Review and submit"
    return "Finish drill" if all(r.revealed for r in session.responses) else "All questions"


def _first_words(stem: str) -> str:
    return " ".join(stem.split())[:160]
