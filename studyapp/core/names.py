"""Product names, past and present."""

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
