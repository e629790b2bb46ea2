"""Sitting questions again: those of an attempt that were missed, or its whole form."""

from dataclasses import replace

from studyapp.core.attempt import Attempt, Mode
from studyapp.core.bank import Bank
from studyapp.core.form import Form, fill_form
from studyapp.core.scoring import Outcome, outcomes

_MISSED = "retake:"


def same_mode(attempt: Attempt) -> Mode:
    """How a form is sat again: known questions simulate no exam, so a simulation becomes a custom exam."""
    return Mode.CUSTOM if attempt.mode is Mode.SIMULATION else attempt.mode


def same_form(attempt: Attempt) -> Form:
    """The form of an attempt as it was shown, its questions now seen."""
    form = attempt.form
    return replace(form, items=tuple(replace(item, seen=True) for item in form.items))


def missed_form(bank: Bank, attempt: Attempt, seed: int) -> Form:
    """An untimed form of the questions that were wrong or not answered, arranged anew.

    A question is asked as the decks have it now, or as it was shown where they have it no longer. The form is empty
    where everything was right.
    """
    missed = [
        item for item, mark in zip(attempt.form.items, outcomes(attempt), strict=True) if mark is not Outcome.RIGHT
    ]
    questions = [bank.questions.get(item.question.id, item.question) for item in missed]
    strata = {item.question.id: item.stratum for item in missed}
    cases = {item.case.id: item.case for item in missed if item.case}
    form = replace(
        attempt.form,
        blueprint_id=_MISSED + attempt.form.blueprint_id.removeprefix(_MISSED),
        seed=seed,
        minutes=None,
        items=(),
    )
    seen = dict.fromkeys(strata, 0.0)
    made = fill_form(form, bank, questions, len(questions), lambda question: strata[question.id], seen)
    # A case that the decks have no longer comes with its question.
    return replace(made, items=tuple(replace(i, case=i.case or cases.get(i.question.case or "")) for i in made.items))
