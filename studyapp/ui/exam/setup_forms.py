"""The form that a route asks for, and how it is sat."""

import secrets
from dataclasses import replace

from studyapp.core.attempt import Mode
from studyapp.core.errors import StudyError
from studyapp.core.form import Form, assemble
from studyapp.core.retake import missed_form, same_form, same_mode
from studyapp.core.selection import assemble_custom
from studyapp.sessions.selection import past
from studyapp.sessions.workspace import Workspace
from studyapp.ui.routes import Again, Retake, StartCustom, StartExam


def form_for(route: StartExam | StartCustom | Retake, workspace: Workspace) -> tuple[Form, Mode]:
    """Assemble the form.

    Raises:
        ShortBankError: where the decks cannot fill every stratum of the blueprint.
        StudyError: where there is nothing to ask.
    """
    match route:
        case StartExam():
            return _exam(route, workspace), Mode(route.mode)
        case StartCustom(custom):
            form = assemble_custom(workspace.bank, custom, past(workspace), _seed())
            if not form.items:
                raise StudyError("No question fits this custom exam.", "Ask for more areas, or leave a condition out.")
            return form, custom.mode
        case Retake(attempt_id, again):
            attempt = workspace.store.attempts.load(attempt_id)
            if again is Again.SAME:
                return same_form(attempt), same_mode(attempt)
            return missed_form(workspace.bank, attempt, _seed()), Mode.STUDY


def _exam(route: StartExam, workspace: Workspace) -> Form:
    bank = workspace.bank
    blueprint = bank.blueprint(route.blueprint)
    if blueprint is None:
        raise StudyError("That exam is not loaded any more.", "Choose another one.")
    blueprint = replace(blueprint, pass_mark=route.pass_mark)
    form = assemble(bank, blueprint, _seed(), workspace.store.attempts.last_seen(), fill=route.fill)
    return form if route.timed else replace(form, minutes=None)


def _seed() -> int:
    return secrets.randbits(32)
