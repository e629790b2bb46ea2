"""Rules about the form of options: whether they answer the stem, and whether the key alone looks different."""

import re
from collections.abc import Sequence

from studyapp.content.checks.finding import NOTHING, Finding, Item, option_text

_OPEN_END = re.compile(r"\b(a\(n\)|a|an|is|was|are|were)[\s_:.\u2026*]*+(?:\([^()]*\)\s*+)?$", re.IGNORECASE)
"""The word that a stem without a question mark breaks off at, so that the options continue it."""
_VOWEL = re.compile(r"[aeio]|u(?!ni|se|sa|ti|r[ai])|h(?:our|onest|onou?r)|(?:[fhlmnrsx][A-Z0-9])")
_PLURAL_START = re.compile(r"^(?:two|three|four|five|six|several|many|both|few|these|those)\b", re.IGNORECASE)
_ARTICLE_START = re.compile(r"^(?:an?|the|one)\b", re.IGNORECASE)


def grammar_of_options(item: Item) -> Sequence[Finding]:
    """W327: options that cannot answer the question, or continue the stem, where another one can."""
    if item.asked is None:
        return _open_stem(item)
    asked = item.asked
    if asked.startswith(("Which", "What", "which", "what")):
        where = item.where
        if "by" not in where and "because" not in where and not asked.endswith(_DO):
            return NOTHING
        if not any(text.startswith(_BEGINNINGS) for text in item.lowered):
            return NOTHING
        fits = (_what if asked[1:4] == "hat" else _which)(asked.lower(), item)
    elif asked.startswith(("How m", "how m")):
        fits = _how_many(asked.lower(), item)
    else:
        return NOTHING
    return _misfit(item, fits, f"does not answer '{' '.join(item.asked.split()[:2])} …'")


def _open_stem(item: Item) -> Sequence[Finding]:
    found = _OPEN_END.search(item.stem[-200:])
    if not found:
        return NOTHING
    last = found[1].lower()
    fits = [_continues(last, text.strip("*_` ")) for text in item.texts]
    return _misfit(item, fits, f"does not follow '… {last}', with which the stem ends")


def _misfit(item: Item, fits: list[bool], why: str) -> Sequence[Finding]:
    if all(fits) or not any(fits):
        return NOTHING
    i = fits.index(False)
    return [Finding(option_text(i), f"option {i + 1} {why}")]


def _continues(last: str, option: str) -> bool:
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


# Few things are certain of an option that stands by itself: options are often chains of products, of any number, and
# a noun or a verb cannot be told apart by its letters. What follows breaks the grammar whatever the words mean.

_HOW_MANY_WORDS = re.compile(
    r"\d|\b(?:an?|the|one|two|three|four|five|six|seven|eight|nine|ten|twelve|hundreds?|thousands?|millions?|half|twice|"
    r"none|no|zero|all|every|each|both|any|as|at|up|more|less|fewer|several|many|few|most|unlimited|it|exactly|only)\b"
)
_BEGINNINGS = ("by ", "because", "a ", "an ")
_DO = (" do", " do first", " do next", " do now", " do instead", " do here")
_NOUN_OF_A_WAY = re.compile(r"\b(?:way|means|method|approach|manner|how|by)\b")


def _how_many(asked: str, item: Item) -> list[bool]:
    """'How many …?' is answered by a number, or by words of quantity."""
    if not asked.startswith(("how many ", "how much ")):
        return []
    return [bool(_HOW_MANY_WORDS.search(text)) for text in item.lowered]


def _which(asked: str, item: Item) -> list[bool]:
    """'Which step …?' asks for a thing, not for 'by doing' or 'because'."""
    if _NOUN_OF_A_WAY.search(asked):
        return []
    return [
        not words or not (words[0] == "because" or (words[0] == "by" and len(words) > 1 and words[1].endswith("ing")))
        for words in item.words
    ]


def _what(asked: str, item: Item) -> list[bool]:
    """'What should they do?' asks for an action: 'a second cluster' is none, nor is 'by loading'."""
    if not asked.endswith(_DO) or " and " in asked:
        return _which(asked, item)
    return [
        not words
        or not (
            (words[0] in ("a", "an") and len(words) <= 4 and ":" not in text)
            or words[0] == "because"
            or (words[0] == "by" and len(words) > 1 and words[1].endswith("ing"))
        )
        for words, text in zip(item.words, item.lowered, strict=True)
    ]


def key_of_another_form(item: Item) -> Sequence[Finding]:
    """W328: the whole key ends in a full stop, or begins with a small letter, and no distractor, or the reverse."""
    texts = item.texts
    found: list[Finding] = []
    stops = [text[-1] == "." for text in texts]
    if True in stops and False in stops:
        found += _alone(item, stops, "ends in a full stop")
    small = [text[0].islower() for text in texts]
    if True in small and False in small:
        found += _alone(item, small, "begins with a small letter")
    return found


def _alone(item: Item, forms: list[bool], what: str) -> list[Finding]:
    of_key = {forms[i] for i in item.key}
    if len(of_key) > 1 or not of_key.isdisjoint([forms[i] for i in item.distractors]):
        return []
    than = "and no distractor does" if True in of_key else "in every distractor and not in the key"
    subject = "the key " + what if True in of_key else "the text " + what
    return [Finding(option_text(item.key[0]), f"{subject} {than}")]
