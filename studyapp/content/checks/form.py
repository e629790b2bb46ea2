"""Rules about the form of options: whether they continue the stem, and whether the key alone looks different."""

import re
from collections.abc import Iterator

from studyapp.content.checks.finding import Finding, Item, option_text

_OPEN_END = re.compile(r"\b(a\(n\)|a|an|is|was|are|were)[\s_:.\u2026*]*(?:\([^()]*\)\s*)?$", re.IGNORECASE)
"""The word that a stem without a question mark breaks off at, so that the options continue it."""
_VOWEL = re.compile(r"[aeio]|u(?!ni|se|sa|ti|r[ai])|h(?:our|onest|onou?r)|(?:[fhlmnrsx][A-Z0-9])")
_PLURAL_START = re.compile(r"^(?:two|three|four|five|six|several|many|both|few|these|those)\b", re.IGNORECASE)
_ARTICLE_START = re.compile(r"^(?:an?|the|one)\b", re.IGNORECASE)


def grammar_of_options(item: Item) -> Iterator[Finding]:
    """W327: options that cannot continue a stem ending in an article or a form of 'to be', where another one can."""
    if "?" in item.stem[-60:]:
        return
    found = _OPEN_END.search(item.stem)
    if not found:
        return
    last = found[1].lower()
    fits = [_fits(last, option.text.strip("*_` ")) for option in item.options]
    if any(fits) and not all(fits):
        i = fits.index(False)
        yield Finding(option_text(i), f"option {i + 1} does not follow '… {last}', with which the stem ends")


def _fits(last: str, option: str) -> bool:
    if last == "a(n)":
        return not _ARTICLE_START.match(option)
    if last in ("a", "an"):
        return not _ARTICLE_START.match(option) and _sounds_like_vowel(option) == (last == "an")
    if last in ("is", "was"):
        return not _PLURAL_START.match(option)
    return not re.match(r"(?:an?|one)\b", option, re.IGNORECASE)


def _sounds_like_vowel(option: str) -> bool:
    first = option.split(None, 1)[0] if option else ""
    if len(first) > 1 and first.isupper():  # spelt out letter by letter: an SQL query, a UDF
        return first[0] in "AEFHILMNORSX"
    return bool(_VOWEL.match(first[:1].lower() + first[1:]))


def key_of_another_form(item: Item) -> Iterator[Finding]:
    """W328: the whole key ends in a full stop, or begins with a small letter, and no distractor, or the reverse."""
    for what, forms in (
        ("ends in a full stop", [option.text.endswith(".") for option in item.options]),
        ("begins with a small letter", [option.text[0].islower() for option in item.options]),
    ):
        if True not in forms or False not in forms:
            continue
        of_key = {forms[i] for i in item.key}
        if len(of_key) == 1 and of_key.isdisjoint([forms[i] for i in item.distractors]):
            than = "and no distractor does" if True in of_key else "in every distractor and not in the key"
            subject = "the key " + what if True in of_key else "the text " + what
            yield Finding(option_text(item.key[0]), f"{subject} {than}")
