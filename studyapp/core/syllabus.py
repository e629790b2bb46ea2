"""The syllabus: domains, their topics and the objectives a learner should meet."""

from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class Topic:
    """One topic. ``weight`` is how much the notes dwell on it, 1 (a mention) to 5 (a main theme).

    ``notes_lines`` are line ranges of the study notes, ``outdated`` what they say that no longer holds, ``caution``
    a slip in them that no card may repeat; ``named_only`` topics are named in the notes but not taught there.
    """

    id: str
    title: str
    weight: int
    notes_lines: tuple[str, ...] = ()
    objectives: tuple[str, ...] = ()
    outdated: str | None = None
    caution: str | None = None
    named_only: bool = False


@dataclass(frozen=True)
class Domain:
    """A domain: a group of topics whose ids all begin with the domain's id and a dot."""

    id: str
    title: str
    topics: tuple[Topic, ...]


@dataclass(frozen=True)
class Syllabus:
    """All domains, in the order of the file."""

    id: str
    title: str
    domains: tuple[Domain, ...]

    @cached_property
    def topics(self) -> dict[str, Topic]:
        """Every topic by its id, in syllabus order."""
        return {topic.id: topic for domain in self.domains for topic in domain.topics}

    @cached_property
    def domain_titles(self) -> dict[str, str]:
        """The title of each domain by its id."""
        return {domain.id: domain.title for domain in self.domains}

    def title_of(self, area: str) -> str:
        """The title of a topic or a domain; the id itself where the syllabus does not know it."""
        topic = self.topics.get(area)
        return topic.title if topic else self.domain_titles.get(area, area)
