"""Product names, past and present."""

import re
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ProductName:
    """One name of a product and the years it held; ``until`` is None for the current one."""

    name: str
    since: int
    until: int | None = None


@dataclass(frozen=True, slots=True)
class Product:
    """A product under all its names, oldest first, and its established short forms."""

    id: str
    names: tuple[ProductName, ...]
    short: tuple[str, ...] = ()

    @property
    def all_names(self) -> tuple[str, ...]:
        """Every name it has had, then the short forms."""
        return (*(name.name for name in self.names), *self.short)

    def told(self, shown: str) -> str:
        """The other names in a sentence; empty where there is none.

        “Now Managed Service for Apache Spark (since 2026); before: Cloud Dataproc (2015–2019).”
        """
        current = [n for n in self.names if n.until is None and n.name != shown]
        former = [n for n in self.names if n.until is not None and n.name != shown]
        parts = []
        if current:
            parts.append("Now " + ", ".join(f"{n.name} (since {n.since})" for n in current))
        if former:
            told = ", ".join(f"{n.name} ({n.since}–{n.until})" for n in former)
            parts.append(f"{'before' if parts else 'Before'}: {told}")
        short = [s for s in self.short if s != shown]
        if short:
            parts.append(f"{'short' if parts else 'Short'}: {', '.join(short)}")
        return "; ".join(parts) + "." if parts else ""


@dataclass(frozen=True, slots=True)
class Mention:
    """A product's name in a text: where it begins and ends, and what there is to tell."""

    start: int
    end: int
    product: Product
    told: str


class NameFinder:
    """Finds product names in texts. Names are matched as they are written, the longest first, as whole words."""

    def __init__(self, products: Iterable[Product] = ()) -> None:
        self._by_name = {name: product for product in products for name in product.all_names}
        names = sorted(self._by_name, key=lambda name: (-len(name), name))
        self._pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, names))})(?![\w-])") if names else None
        self._folded = {name.casefold(): product for name, product in self._by_name.items()}

    def first_mentions(self, text: str) -> list[Mention]:
        """The first mention of each product that has other names, in the order of the text."""
        found: list[Mention] = []
        told_of: set[str] = set()
        for match in self._pattern.finditer(text) if self._pattern else ():
            product = self._by_name[match[0]]
            told = product.told(match[0])
            if told and product.id not in told_of:
                told_of.add(product.id)
                found.append(Mention(match.start(), match.end(), product, told))
        return found

    def widen(self, query: str) -> list[list[str]]:
        """The words to look for: a list of alternatives for each, folded; a known name brings all its others."""
        rest, wanted = query.casefold(), []
        for name in sorted(self._folded, key=lambda name: (-len(name), name)):
            pattern = rf"(?<![\w-]){re.escape(name)}(?![\w-])"
            if re.search(pattern, rest):
                wanted.append(sorted({n.casefold() for n in self._folded[name].all_names}))
                rest = re.sub(pattern, " ", rest)
        return [*wanted, *([word] for word in rest.split())]
