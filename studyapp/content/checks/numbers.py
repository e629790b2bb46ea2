"""Options that are quantities: what they come to, and whether they stand in order."""

import re
from collections.abc import Sequence
from functools import lru_cache

from studyapp.content.checks.finding import NOTHING, Finding, Item, option_text

_LONGEST = 60
"""Characters of an option beyond which it is more than a quantity."""
_QUANTITY = re.compile(r"(\D*?)([-+\u2212]?)(\d[\d,]*+(?:\.\d++)?|\.\d++)\s?(%|[^\W\d_]*+)(\D*)")
_INSIDE = re.compile(r"[\w.,:/#-]$")
"""What a number is part of a name after, as in n1 or europe-west4."""
_TIMES = {
    0.000001: ("us", "\u00b5s", "microsecond"),
    0.001: ("ms", "msec", "millisecond"),
    1.0: ("s", "sec", "second"),
    60.0: ("min", "minute"),
    3600.0: ("h", "hr", "hour"),
    86400.0: ("day",),
    604800.0: ("week",),
    2629800.0: ("month",),
    31557600.0: ("year", "yr"),
}
_SIZES = ("kb", "mb", "gb", "tb", "pb"), ("kib", "mib", "gib", "tib", "pib")
_UNITS: dict[str, tuple[str, float]] = {
    **{unit: ("time", factor) for factor, units in _TIMES.items() for unit in units},
    **{unit: ("size", 1000.0**i) for i, unit in enumerate(_SIZES[0], 1)},
    **{unit: ("size", 1024.0**i) for i, unit in enumerate(_SIZES[1], 1)},
    **dict.fromkeys(("%", "percent"), ("share", 1.0)),
}

Quantity = tuple[tuple[str, str, str], float]
"""What is counted, with the words around it, and how much of it."""


def numbers_in_disorder(item: Item) -> Sequence[Finding]:
    """W311: options that are all quantities of one kind, neither rising nor falling."""
    if not item.exact or b"" in item.exact:
        return NOTHING
    amounts = amounts_of(item.texts)
    if amounts is None or amounts in (sorted(amounts), sorted(amounts, reverse=True)):
        return NOTHING
    return [Finding(option_text(0), "the options are numbers and do not stand in order")]


def amounts_of(texts: Sequence[str]) -> list[float] | None:
    """The amounts of texts that differ in a quantity of one kind only; None where one is something else."""
    amounts: list[float] = []
    kind = None
    for text in texts:
        found = quantity(text)
        if found is None or (amounts and found[0] != kind):
            return None
        kind = found[0]
        amounts.append(found[1])
    return amounts


@lru_cache(maxsize=512)  # two rules look at the same options
def quantity(text: str) -> Quantity | None:
    """What an option with a single number comes to, in seconds, bytes or its own unit; None where it is no quantity."""
    found = _QUANTITY.fullmatch(text.strip("*_` ")) if len(text) <= _LONGEST else None
    if not found or _INSIDE.search(found[1]):
        return None
    before, sign, number, unit, after = found.groups()
    kind, factor = _unit(unit.lower())
    amount = float(number.replace(",", "")) * factor
    around = (before[:1].lower() + before[1:].strip(), kind, after.strip(" ."))
    return around, float(f"{-amount if sign in ('-', chr(0x2212)) else amount:.9g}")


def _unit(unit: str) -> tuple[str, float]:
    """Kind and factor of a unit; an unknown one is a kind by itself, with or without a plural's ending."""
    singular = unit[:-1] if len(unit) > 2 and unit.endswith("s") and not unit.endswith("ss") else unit
    return _UNITS.get(unit) or _UNITS.get(singular) or (singular, 1.0)
