"""The areas that mastery is asked of: topics, domains, and the strata of a blueprint.

Each averages over topics in proportion to the questions that the decks have on them, since that is how forms draw
them; a topic drilled often does not count for more of its area than it has questions (poststratification: Gelman and
Little, "Poststratification into many categories using hierarchical logistic regression", Survey Methodology 23, 1997).
"""

from collections.abc import Iterable, Sequence

from studyapp.core.bank import Bank
from studyapp.core.blueprint import Blueprint, Stratum
from studyapp.core.deck import Question
from studyapp.core.mastery import Area, chance_level

_FOUR_OPTIONS = 0.25


def topic_areas(bank: Bank) -> tuple[Area, ...]:
    """Each topic of the syllabus, in its order."""
    questions = _by_topic(bank.questions.values())
    return tuple(_area(topic, questions.get(topic, ()), (topic,)) for topic in bank.syllabus.topics)


def domain_areas(bank: Bank) -> tuple[Area, ...]:
    """Each domain of the syllabus, in its order."""
    questions = _by_domain(bank.questions.values())
    return tuple(
        _area(domain.id, questions.get(domain.id, ()), [topic.id for topic in domain.topics])
        for domain in bank.syllabus.domains
        if domain.topics
    )


def stratum_areas(bank: Bank, blueprint: Blueprint) -> tuple[Area, ...]:
    """Each stratum of the blueprint, in its order, by its name.

    A stratum that the decks have no questions for averages over the topics of the syllabus that it covers, or over
    all of them where it covers none (a case that is not loaded).
    """
    # What fits a stratum is a matter of topic and case: it is asked once for all questions that agree in both.
    alike: dict[tuple[str, str | None], list[Question]] = {}
    for question in bank.questions.values():
        alike.setdefault((question.topic, question.case), []).append(question)
    return tuple(_stratum_area(bank, stratum, alike.values()) for stratum in blueprint.strata)


def _stratum_area(bank: Bank, stratum: Stratum, alike: Iterable[Sequence[Question]]) -> Area:
    questions = [question for group in alike if stratum.fits(group[0]) for question in group]
    covered = [topic for topic in bank.syllabus.topics if stratum.covers(topic)]
    return _area(stratum.name, questions, covered or list(bank.syllabus.topics))


def _area(area: str, questions: Sequence[Question], otherwise: Iterable[str]) -> Area:
    """An area of these questions; of the topics ``otherwise``, all alike, where there are none."""
    if not questions:
        return Area(area, dict.fromkeys(otherwise, 1.0), _FOUR_OPTIONS)
    topics: dict[str, float] = {}
    for question in questions:
        topics[question.topic] = topics.get(question.topic, 0.0) + 1
    return Area(area, topics, sum(map(chance_level, questions)) / len(questions))


def _by_topic(questions: Iterable[Question]) -> dict[str, list[Question]]:
    found: dict[str, list[Question]] = {}
    for question in questions:
        found.setdefault(question.topic, []).append(question)
    return found


def _by_domain(questions: Iterable[Question]) -> dict[str, list[Question]]:
    found: dict[str, list[Question]] = {}
    for question in questions:
        found.setdefault(question.domain, []).append(question)
    return found
