"""What the files loaded so far define, for those that come after. Light to import: no parser stands behind it."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from studyapp.content.tree import FIRST, Place, spread

_RIVALS = {"card": ("item", "former"), "question": ("item", "former"), "former": ("former", "item")}
"""By kind of id, among which ids it must be the only one: for all others, among those of their own kind."""


_NONE: dict[str, int] = {}


def space_of(kind: str) -> str:
    """The name for the ids that one of this kind may not be twice: a card and a question are both items."""
    return _RIVALS.get(kind, (kind,))[0]


@dataclass(frozen=True, slots=True)
class Claimed:
    """The ids that one file defines, by their kind, each with its place as a number.

    ``path`` is how problems name the file.
    """

    path: str
    ids: dict[str, dict[str, int]] = field(default_factory=dict)

    def add(self, kind: str, id_: str, at: int) -> None:
        """One id more."""
        self.ids.setdefault(kind, {})[id_] = at

    def at(self, space: str, id_: str) -> int | None:
        """Where an id stands, as a number; None where it is not among them."""
        ids = self.ids
        if space == "item":
            found = ids.get("card", _NONE).get(id_)
            return ids.get("question", _NONE).get(id_) if found is None else found
        return ids.get(space, _NONE).get(id_)

    def place(self, space: str, id_: str) -> str:
        """Where an id that is among them stands, as ``path:line:column``."""
        line, column = spread(self.at(space, id_) or FIRST)
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
    """The ids of everything loaded so far. ``owners`` tells for each id which file claimed it."""

    topics: frozenset[str] | None = None
    cases: set[str] = field(default_factory=set)
    broken_cases: set[str] = field(default_factory=set)
    owners: dict[str, dict[str, Claimed]] = field(default_factory=dict)

    def settle(self, claimed: Claimed) -> None:
        """A file has loaded: its ids are taken."""
        for kind, ids in claimed.ids.items():
            self.owners.setdefault(space_of(kind), {}).update(dict.fromkeys(ids, claimed))

    def clashes(self, claimed: Claimed) -> bool:
        """Whether one of the ids is taken, by an item or as a former id."""
        return any(
            not ids.keys().isdisjoint(self.owners.get(space, {}).keys())
            for kind, ids in claimed.ids.items()
            for space in _RIVALS.get(kind, (kind,))
        )

    def owner(self, space: str, id_: str) -> Claimed | None:
        """The file that an id stands in."""
        return self.owners.get(space, {}).get(id_)

    def has(self, kind: str, id_: str) -> bool:
        """Whether there is a card, or a question, with this id."""
        owner = self.owner("item", id_)
        return owner is not None and id_ in owner.ids.get(kind, ())

    def ids(self, kind: str) -> Iterator[str]:
        """The ids of all cards, or of all questions."""
        return (id_ for id_, owner in self.owners.get("item", {}).items() if id_ in owner.ids.get(kind, ()))
