"""Custom sets: which questions the learner asks for, and the form made of them."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from studyapp.core.attempt import Mode
from studyapp.core.bank import Bank
from studyapp.core.blueprint import Blueprint
from studyapp.core.deck import Difficulty, Question
from studyapp.core.form import Form, fill_form

CUSTOM_PASS_MARK = 0.7


class Only(StrEnum):
    """What the learner's history must say of a question for it to be asked."""

    UNSEEN = "unseen"
    MISSED = "missed"
    FLAGGED = "flagged"
    WEAK = "weak"


@dataclass(frozen=True, slots=True)
class CustomSet:
    """A custom exam as the learner describes it.

    ``areas`` are topics and domains, or, where ``blueprint`` names one, strata of that blueprint; none means all.
    ``only`` keeps the questions that fit any of its members, ``difficulties`` those of its members; empty sets keep
    all. ``minutes`` is None where no clock runs; with ``feedback`` the key is shown after each answer.
    """

    name: str = ""
    areas: tuple[str, ...] = ()
    blueprint: str | None = None
    only: frozenset[Only] = frozenset()
    difficulties: frozenset[Difficulty] = frozenset()
    questions: int = 20
    minutes: int | None = None
    feedback: bool = False

    @property
    def mode(self) -> Mode:
        """How it is sat."""
        return Mode.STUDY if self.feedback else Mode.CUSTOM


@dataclass(frozen=True)
class Past:
    """What the learner's history says: when questions were last seen (any growing scale), which were missed and
    flagged when last answered, and which topics are weak.
    """

    seen: Mapping[str, float] = field(default_factory=dict)
    missed: Collection[str] = frozenset()
    flagged: Collection[str] = frozenset()
    weak: Collection[str] = frozenset()


def select(bank: Bank, custom: CustomSet, past: Past) -> tuple[Question, ...]:
    """The questions of the bank that fit a custom set, in deck order; its number of questions does not matter."""
    in_area = _area_test(bank, custom)
    return tuple(
        question
        for question in bank.questions.values()
        if in_area(question)
        and (not custom.difficulties or question.difficulty in custom.difficulties)
        and (not custom.only or any(_TESTS[only](question, past) for only in custom.only))
    )


def assemble_custom(bank: Bank, custom: CustomSet, past: Past, seed: int) -> Form:
    """A form of up to the number of questions that the set asks for; empty where none fits.

    The items' strata are the areas that were asked for, by title; where none was, the questions' domains.
    """
    form = Form(
        blueprint_id="custom",
        title=custom.name or "Custom exam",
        seed=seed,
        minutes=custom.minutes,
        pass_mark=CUSTOM_PASS_MARK,
        items=(),
    )
    return fill_form(form, bank, select(bank, custom, past), custom.questions, _stratum_namer(bank, custom), past.seen)


_TESTS: Mapping[Only, Callable[[Question, Past], bool]] = {
    Only.UNSEEN: lambda question, past: question.id not in past.seen,
    Only.MISSED: lambda question, past: question.id in past.missed,
    Only.FLAGGED: lambda question, past: question.id in past.flagged,
    Only.WEAK: lambda question, past: question.topic in past.weak,
}


def _area_test(bank: Bank, custom: CustomSet) -> Callable[[Question], bool]:
    wanted = frozenset(custom.areas)
    blueprint = _blueprint(bank, custom)
    if blueprint is not None:
        strata = {i for i, stratum in enumerate(blueprint.strata) if not wanted or stratum.name in wanted}
        return lambda question: not strata.isdisjoint(blueprint.eligible(question))
    return lambda question: not wanted or question.topic in wanted or question.domain in wanted


def _stratum_namer(bank: Bank, custom: CustomSet) -> Callable[[Question], str]:
    wanted = frozenset(custom.areas)
    blueprint = _blueprint(bank, custom)

    def name(question: Question) -> str:
        if blueprint is not None:
            names = [blueprint.strata[i].name for i in blueprint.eligible(question)]
            if fitting := [name for name in names if not wanted or name in wanted]:
                return fitting[0]
        return bank.syllabus.title_of(question.topic if question.topic in wanted else question.domain)

    return name


def _blueprint(bank: Bank, custom: CustomSet) -> Blueprint | None:
    return bank.blueprint(custom.blueprint) if custom.blueprint else None
