"""Whether two texts say the same but for slips in the writing: letters swapped or left out, words run together.

A slip leaves a word that is none; a word that stands for something else is another answer, however near it is. So one
more, one less or another letter counts as a slip only where one of the two words stands nowhere else. Figures,
operators, abbreviations, the signs of a command and of a name in code are compared as they are, and so is a negation.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence

IsWord = Callable[[str], bool]
"""Tells of a word in small letters whether other texts have it, so that it is not mistyped."""

EQUAL, MENDED, OTHER = 2, 1, 0
"""How near two texts are: the same but for case, articles and punctuation; with slips besides; not the same."""

# Dashes of all kinds are one, and so is a minus.
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—−"), "-")
_EMPHASIS = re.compile(r"(?<!\w)(\*{1,3})(?=\w)([^*]*\w)\1(?!\w)|(?<!\w)(_{1,2})(?=[^\W_])([^_]*[^\W_])\3(?!\w)")
_RAISED = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ]+")
_PIECE = re.compile(
    r"""
    (?<![^\W_]) [^\W_] (?: / [^\W_] )+ (?![^\W_])   # A/B, I/O: one piece, as their order tells
    | [^\W_]+ (?: ['’] [^\W_]+ )*                   # a word, a figure
    | [-.,:] (?=\d) | ! (?=[\w=])                   # a minus, the point of a decimal, a negation
    | (?<! [\w-] ) --? (?= [^\W\d_] )               # of an option of a command
    | _+                                            # within a name in code
    | (?<! [^\W\d_] ) / | / (?! [^\W\d_] )          # a fraction; between words a slash only joins, as a hyphen does
    | [^\w\s!?.,;:…'"`‘’“”‚„«»‹›/·•¡¿_-]            # any other sign, but for the punctuation of prose
    """,
    re.VERBOSE,
)
_ARTICLES = frozenset({"a", "an", "the"})
_SMALL_WORDS = """
    and any are but can for from has its off than that the then this was when with you
"""
_SMALL = frozenset(_SMALL_WORDS.split())
"""Words that carry little meaning: what is nearly one of them, and no other word, is one of them mistyped."""
_TWIN_WORDS = "no on own won two tow per pre act cat etl elt let aim iam"
_TWINS = frozenset(_TWIN_WORDS.split())
"""Short words that are others with two letters swapped."""
_NEGATED_VERBS = "are ca could did do does had has have is might must need sha should was were wo would"
_NEGATIONS = frozenset(f"{verb}nt" for verb in _NEGATED_VERBS.split())
"""Contractions that say no, as they are often mistyped."""
_CONTRACTED_WORDS = "hell id ill shed shell wed well were"
_OTHERWISE_WORDS = frozenset(_CONTRACTED_WORDS.split())
"""What is another word without its apostrophe."""
_SHORT = 3
"""Letters up to which a word with one letter more, less or other is mostly another word."""


def nearness(one: str, other: str, is_word: IsWord) -> int:
    """How near two texts are: ``EQUAL``, ``MENDED`` or ``OTHER``."""
    first, second = _pieces(one), _pieces(other)
    if _aligned(first, second, lambda a, b: a.casefold() == b.casefold()):
        return EQUAL
    return MENDED if _aligned(first, second, lambda a, b: _same_word(a, b, is_word)) else OTHER


def _pieces(text: str) -> list[str]:
    # 10² is no 102.
    level = _RAISED.sub(r"^\g<0>", text)
    plain = unicodedata.normalize("NFKC", level).translate(_DASHES).replace("’", "'")
    return _PIECE.findall(_EMPHASIS.sub(r"\2\4", plain))


def _aligned(first: Sequence[str], second: Sequence[str], same: Callable[[str, str], bool]) -> bool:
    """Whether the pieces follow each other alike, but for articles and for words written in one or in two."""
    i = j = 0
    while i < len(first) and j < len(second):
        if same(first[i], second[j]):
            i, j = i + 1, j + 1
        elif _joined(first[i : i + 2], second[j]):
            i, j = i + 2, j + 1
        elif _joined(second[j : j + 2], first[i]):
            i, j = i + 1, j + 2
        elif _is_article(first, i):
            i += 1
        elif _is_article(second, j):
            j += 1
        else:
            return False
    return all(_is_article(first, k) for k in range(i, len(first))) and all(
        _is_article(second, k) for k in range(j, len(second))
    )


def _is_article(pieces: Sequence[str], at: int) -> bool:
    # A capital within a text is a name: plan A.
    return pieces[at].casefold() in _ARTICLES and not (pieces[at] == "A" and at > 0)


def _joined(pair: Sequence[str], whole: str) -> bool:
    """Whether two words make up the other one. Figures do not, nor an article: 'a symmetric' is not 'asymmetric'."""
    if len(pair) < 2 or pair[0].casefold() in _ARTICLES or (pair[0][-1].isdigit() and pair[1][0].isdigit()):
        return False
    return "".join(pair).casefold() == whole.casefold()


def _same_word(one: str, other: str, is_word: IsWord) -> bool:
    first, second = one.casefold(), other.casefold()
    if first == second:
        return True
    if "'" in first + second or not _NEGATIONS.isdisjoint((first, second)):
        return _lacks_apostrophe(first, second, is_word) or _lacks_apostrophe(second, first, is_word)
    # An abbreviation is what it says; a script without capitals has no letters that are mistyped for others.
    if one.isupper() or other.isupper() or not all(word.isalpha() and word.islower() for word in (first, second)):
        return False
    start, left, right = _difference(first, second)
    if max(len(left), len(right)) > 2:
        return False
    known = sum(word in _TWINS or word in _SMALL or is_word(word) for word in (first, second))
    longer, shorter = (first, second) if len(first) > len(second) else (second, first)
    if len(left) == 2 and left == right[::-1]:
        return len(longer) > _SHORT or known < 2
    if start == 0 or max(len(left), len(right)) > 1:
        return False
    doubled = not (left and right) and (left or right) == longer[start - 1]
    if len(longer) <= _SHORT and not doubled:
        return known < 2 and len({first, second} & _SMALL) == 1
    if left and right and (one + other) != (one + other).lower():
        # Another letter makes one product's name another's, Filestore of Firestore, unless it makes none.
        return known == 1
    return known < 2 or (longer == shorter + "s" and len(shorter) >= _SHORT)


def _lacks_apostrophe(one: str, other: str, is_word: IsWord) -> bool:
    """Whether the first word is the other one without its apostrophe, and nothing else."""
    if "'" in one or one != other.replace("'", ""):
        return False
    return other.endswith("'s") or not (one in _OTHERWISE_WORDS or is_word(one))


def _difference(one: str, other: str) -> tuple[int, str, str]:
    """Where two words begin to differ, and what stands there in each before they end alike."""
    shorter = min(len(one), len(other))
    start = next((i for i in range(shorter) if one[i] != other[i]), shorter)
    end = next((i for i in range(shorter - start) if one[-1 - i] != other[-1 - i]), shorter - start)
    return start, one[start : len(one) - end], other[start : len(other) - end]
