"""Rules about what the learner gets back: rationales and linked cards."""

import re
from collections.abc import Iterator, Sequence

from studyapp.content.checks.finding import NOTHING, Finding, Item

MIN_RATIONALE_WORDS = 6
_ENOUGH = 80
"""Characters that fewer words than those hardly fill."""

_OPTION = re.compile(
    r"ptions?\b(\s+(?:[A-F]\b(?!['\u2019-]\w)|[1-6]\b(?![.,]?\d|\s*%)|\(?[a-fA-F1-6]\)|above\b|below\b"
    r"|(?:one|two|three|four|five|six)\b))?"
)
"""'Option' with what may tell its place after it; it begins with letters that are found quickly."""
_ORDINAL = re.compile(
    r"\bthe (?:first|second|third|fourth|fifth|sixth|last|previous|next) (?:(?:one|two|three) )?[Oo]$"
)
_LETTERED = re.compile(r"(?:Answer|answer|Choice|choice) (?:above|below|\(?[A-F]\b(?!['\u2019-]\w))")


def missing_rationale(item: Item) -> Sequence[Finding]:
    """W312."""
    if all(item.rationales):
        return NOTHING
    return [
        Finding(("options", i), f"option {i + 1} has no rationale")
        for i, text in enumerate(item.rationales)
        if not text
    ]


def thin_rationale(item: Item) -> Sequence[Finding]:
    """W313: a few words, or the words of another option's rationale."""
    rationales = item.rationales
    if min(map(len, rationales)) >= _ENOUGH and len(set(rationales)) == len(rationales):
        return NOTHING
    found = []
    seen: set[str] = set()
    for i, text in enumerate(rationales):
        steps = ("options", i, "rationale")
        if text and len(text) < _ENOUGH and len(text.split(None, MIN_RATIONALE_WORDS)) < MIN_RATIONALE_WORDS:
            found.append(Finding(steps, f"the rationale has fewer than {MIN_RATIONALE_WORDS} words and teaches little"))
        elif text and text in seen:
            found.append(Finding(steps, "the rationale is that of another option, word by word"))
        seen.add(text)
    return found


def no_linked_card(item: Item) -> Sequence[Finding]:
    """W314."""
    return NOTHING if item.question.cards else [Finding((), "the question links no card to review after a miss")]


def names_a_place(item: Item) -> Sequence[Finding]:
    """W329: a rationale, or the note of what changed, that speaks of an option by its letter, number or place."""
    said = "\n".join(item.rationales)
    if item.question.changed:
        said += "\n" + item.question.changed
    if "ption" not in said and "nswer " not in said and "hoice " not in said:
        return NOTHING
    if not _place_in(said):
        return NOTHING
    # 'Option A' may be what the stem or an option calls a plan.
    named = f"{item.stem}\n{item.offered}".lower()
    return [
        Finding(steps, f"'{place}' stands for another option in each exam; say what it is")
        for steps, text in _told(item)
        if (place := _place_in(text)) and place.lower() not in named
    ]


def _place_in(text: str) -> str | None:
    """The words that tell an option's place."""
    for found in _OPTION.finditer(text) if "ption" in text else ():
        before = text[max(0, found.start() - 30) : found.start()]
        ordinal = _ORDINAL.search(before)
        if found[1] or ordinal:
            return (ordinal[0] if ordinal else before[-1:]) + found[0]
    lettered = _LETTERED.search(text) if "nswer " in text or "hoice " in text else None
    return lettered[0] if lettered else None


def _told(item: Item) -> Iterator[tuple[tuple[str | int, ...], str]]:
    for i, text in enumerate(item.rationales):
        yield ("options", i, "rationale"), text
    if item.question.changed:
        yield ("changed",), item.question.changed
