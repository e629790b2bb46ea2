"""What the files loaded so far define, for those that come after. Light to import: no parser stands behind it."""

from dataclasses import dataclass, field

from studyapp.content.tree import Place


@dataclass(frozen=True, slots=True)
class Claimed:
    """The ids that one file defines, each with its place; ``path`` is how problems name the file."""

    path: str
    places: dict[tuple[str, str], Place]

    def place(self, kind: str, id_: str) -> str:
        """Where an id stands, as ``path:line:column``."""
        line, column = self.places[kind, id_]
        return f"{self.path}:{line}:{column}"


@dataclass(frozen=True, slots=True)
class Link:
    """A card or enemy that a question names and its own deck does not have."""

    code: str
    target: str
    place: Place
    item_line: int

    @property
    def kind(self) -> str:
        """What it leads to: card or question."""
        return "card" if self.code == "W207" else "question"


@dataclass
class Index:
    """The ids of everything loaded so far. ``owners`` tells for each id of a kind which file claimed it."""

    topics: frozenset[str] | None = None
    cases: set[str] = field(default_factory=set)
    broken_cases: set[str] = field(default_factory=set)
    items: dict[str, set[str]] = field(default_factory=lambda: {"card": set(), "question": set()})
    owners: dict[tuple[str, str], Claimed] = field(default_factory=dict)
    formers: set[str] = field(default_factory=set)

    def settle(self, claimed: Claimed) -> None:
        """A file has loaded: its ids are taken."""
        self.owners.update(dict.fromkeys(claimed.places, claimed))
        self.formers.update(id_ for kind, id_ in claimed.places if kind == "former")

    def clashes(self, claimed: Claimed) -> bool:
        """Whether one of the ids is taken, by an item or as a former id."""
        places = claimed.places
        return (
            not places.keys().isdisjoint(self.owners.keys())
            or any(("item", former) in places for former in self.formers)
            or any(kind == "former" and ("item", id_) in self.owners for kind, id_ in places)
        )
