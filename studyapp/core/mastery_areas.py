"""The areas that mastery is asked of: topics, domains, and the strata of a blueprint.

Each averages over topics in proportion to the questions that the decks have on them, since that is how forms draw
them; a topic drilled often does not count for more of its area than it has questions (poststratification: Gelman and
Little, "Poststratification into many categories using hierarchical logistic regression", Survey Methodology 23, 1997).
"""

from collections.abc import Callable, Iterable, Mapping
from math import comb

from studyapp.core.bank import Bank
from studyapp.core.blueprint import Blueprint, Stratum
from studyapp.core.deck import Alike
from studyapp.core.mastery import Area

_FOUR_OPTIONS = 0.25


def topic_areas(bank: Bank) -> tuple[Area, ...]:
    """Each topic of the syllabus, in its order."""
    makes = _by(bank, lambda make: make.topic)
    return tuple(_area(topic, makes.get(topic, {}), (topic,)) for topic in bank.syllabus.topics)


def domain_areas(bank: Bank) -> tuple[Area, ...]:
    """Each domain of the syllabus, in its order."""
    makes = _by(bank, lambda make: make.topic.partition(".")[0])
    return tuple(
        _area(domain.id, makes.get(domain.id, {}), [topic.id for topic in domain.topics])
        for domain in bank.syllabus.domains
        if domain.topics
    )


def stratum_areas(bank: Bank, blueprint: Blueprint) -> tuple[Area, ...]:
    """Each stratum of the blueprint, in its order, by its name.

    A stratum that the decks have no questions for averages over the topics of the syllabus that it covers, or over
    all of them where it covers none (a case that is not loaded).
    """
    return tuple(_stratum_area(bank, stratum) for stratum in blueprint.strata)


def _stratum_area(bank: Bank, stratum: Stratum) -> Area:
    covered = {topic for topic in bank.syllabus.topics if stratum.covers(topic)}
    makes = {
        make: count
        for make, count in bank.makeup.items()
        if make.topic in covered or (make.case is not None and make.case in stratum.cases)
    }
    return _area(stratum.name, makes, [topic for topic in bank.syllabus.topics if topic in covered or not covered])


def _area(area: str, makes: Mapping[Alike, int], otherwise: Iterable[str]) -> Area:
    """An area of questions of these makes; of the topics ``otherwise``, all alike, where there are none."""
    if not makes:
        return Area(area, dict.fromkeys(otherwise, 1.0), _FOUR_OPTIONS)
    topics: dict[str, float] = {}
    for make, count in makes.items():
        topics[make.topic] = topics.get(make.topic, 0.0) + count
    chances = sum(count / comb(make.options, make.right) for make, count in makes.items())
    return Area(area, topics, chances / sum(makes.values()))


def _by(bank: Bank, place: Callable[[Alike], str]) -> dict[str, dict[Alike, int]]:
    found: dict[str, dict[Alike, int]] = {}
    for make, count in bank.makeup.items():
        found.setdefault(place(make), {})[make] = count
    return found
