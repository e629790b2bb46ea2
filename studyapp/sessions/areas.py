"""The areas of one bank that mastery is asked of, worked out once for as long as the bank is loaded."""

from collections import Counter
from collections.abc import Mapping
from functools import cached_property

from studyapp.core.bank import Bank
from studyapp.core.blueprint import Blueprint
from studyapp.core.mastery import Area
from studyapp.core.mastery_areas import domain_areas, stratum_areas, topic_areas


class Areas:
    """Domains, topics, and the strata of each blueprint. A bank never changes, and so neither does this."""

    def __init__(self, bank: Bank) -> None:
        self.bank = bank
        self._strata: dict[str, tuple[Area, ...]] = {}

    def prepare(self) -> None:
        """Work everything out, for a bank so large that whoever asks first would wait. May run on any thread."""
        _ = self.domains, self.topics, self.questions, self.bank.cards_by_topic, self.bank.breadth
        for blueprint in self.bank.blueprints:
            self.strata(blueprint)

    @cached_property
    def domains(self) -> tuple[Area, ...]:
        """Each domain of the syllabus that has topics, in its order."""
        return domain_areas(self.bank)

    @cached_property
    def topics(self) -> tuple[Area, ...]:
        """Each topic of the syllabus, in its order."""
        return topic_areas(self.bank)

    def strata(self, blueprint: Blueprint) -> tuple[Area, ...]:
        """Each stratum of a blueprint of the bank, in its order, by its name."""
        if blueprint.id not in self._strata:
            self._strata[blueprint.id] = stratum_areas(self.bank, blueprint)
        return self._strata[blueprint.id]

    @cached_property
    def questions(self) -> Mapping[str, int]:
        """How many questions the decks have on each topic and domain."""
        counts: Counter[str] = Counter()
        for make, count in self.bank.makeup.items():
            counts[make.topic] += count
            counts[make.topic.partition(".")[0]] += count
        return counts
