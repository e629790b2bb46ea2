"""W324: two options that are a statement and its opposite."""

from collections.abc import Sequence

from studyapp.content.checks.finding import NOTHING, Finding, Item, folded, option_text, word_set

_NO = frozenset(("not", "no", "never", "t"))
_HELPERS = frozenset(("do", "does", "did", "don", "doesn", "didn"))
_ARTICLES = frozenset(("a", "an", "the", "any"))
_WHOLE = {
    "isn": "is",
    "aren": "are",
    "wasn": "was",
    "weren": "were",
    "hasn": "has",
    "haven": "have",
    "won": "will",
    "wouldn": "would",
    "shouldn": "should",
    "couldn": "could",
    "mustn": "must",
}
"""What is left of 'isn't', where its negation is taken away."""


def _forms(verb: str) -> tuple[str, str, str]:
    return verb, verb + ("d" if verb[-1] == "e" else "ed"), verb.removesuffix("e") + "ing"


def _pairs(*verbs: tuple[str, str], words: tuple[tuple[str, str], ...]) -> dict[str, str]:
    inflected = [pair for one, other in verbs for pair in zip(_forms(other), _forms(one), strict=True)]
    return dict(inflected) | {other: one for one, other in words}


_LEAVE_NOTHING = _pairs(
    ("enable", "disable"),
    ("allow", "deny"),
    ("allow", "forbid"),
    ("allow", "prohibit"),
    ("accept", "reject"),
    ("include", "exclude"),
    words=(
        ("with", "without"),
        ("can", "cannot"),
        ("encrypted", "unencrypted"),
        ("possible", "impossible"),
        ("true", "false"),
        ("on", "off"),
        ("allow", "denie"),
        ("allowed", "denied"),
    ),
)
"""Words that say the contrary of another, which leaves no third case."""
_DIRECTIONS = _pairs(
    ("increase", "decrease"),
    ("increase", "reduce"),
    ("raise", "lower"),
    ("raise", "cut"),
    ("grow", "shrink"),
    words=(
        ("rise", "fall"),
        ("raise", "lower"),
        ("higher", "lower"),
        ("more", "fewer"),
        ("more", "less"),
        ("larger", "smaller"),
        ("longer", "shorter"),
        ("faster", "slower"),
        ("up", "down"),
        ("in", "out"),
    ),
)
"""Words that point the other way. A third case is left, but a test-wise reader looks no further than the two."""
_POSITIVE = {"permit": "allow", "higher": "raise", "permitted": "allowed"}
"""Other words for those above."""
_OPPOSITE = _LEAVE_NOTHING | {other: _POSITIVE.get(one, one) for other, one in _DIRECTIONS.items()}
_SIGNS = word_set(folded(" ".join((*_OPPOSITE, *_NO))))
"""Of two opposites one has a word of these, plural endings apart."""


_CONTRARY, _DIRECTION = 1, 2
_ALIKE = 6
"""Characters that opposites have in common, where they begin or where they end."""
_SHORT = 20
"""Characters of an option that is hardly more than the opposite itself."""
_MAX_LONGER = 20
_MAX_ADDED = 3
"""Words by which a statement is longer than its opposite at most: 'do not', and an article."""


def exhausting_options(item: Item) -> Sequence[Finding]:
    """W324: of three or more options two are opposites, so that one of them must be the key, or seems to."""
    if len(item.key) > 1 or len(item.texts) < 3 or _SIGNS.isdisjoint(item.where):
        return NOTHING
    signed = 0
    for word in _SIGNS.intersection(item.where):
        signed |= item.where[word]
    pairs = sorted([(kind, i, j) for i, j in _alike(item.lowered, signed) if (kind := _opposite(item, i, j))])
    for kind, i, j in pairs:
        if kind == _CONTRARY:
            message = f"options {i + 1} and {j + 1} leave no third case, so one of them is the key"
            return [Finding(option_text(j), message)]
        if len({place for _, *both in pairs for place in both}) < len(item.texts):
            message = f"of all options only {i + 1} and {j + 1} are opposites, as if one of them had to be the key"
            return [Finding(option_text(j), message)]
    return NOTHING


def _alike(texts: Sequence[str], signed: int) -> list[tuple[int, int]]:
    """Pairs with a sign that are worth looking closer at: opposites begin or end alike, or are a word or two."""
    return [
        (i, j)
        for j, text in enumerate(texts)
        for i in range(j)
        if (signed >> i | signed >> j) & 1
        and abs(len(text) - len(texts[i])) <= _MAX_LONGER
        and abs(text.count(" ") - texts[i].count(" ")) <= _MAX_ADDED
        and (
            texts[i][:_ALIKE] == text[:_ALIKE]
            or texts[i][-_ALIKE:] == text[-_ALIKE:]
            or (len(text) < _SHORT and len(texts[i]) < _SHORT)
        )
    ]


def _opposite(item: Item, i: int, j: int) -> int:
    """Whether two options leave no third case, or point in opposite directions; 0 where they do neither."""
    one, other = item.words[i], item.words[j]
    first, negations, directions = _positive(one)
    second, other_negations, other_directions = _positive(other)
    if first != second or one == other:
        return 0
    if directions == other_directions:
        return _CONTRARY if (negations + other_negations) % 2 else 0
    return _DIRECTION if negations == other_negations and (directions + other_directions) % 2 else 0


def _positive(words: list[str]) -> tuple[list[str], int, int]:
    """The words with all opposites turned into the positive ones, and how many negations and directions that took."""
    negated = not _NO.isdisjoint(words)
    said: list[str] = []
    negations = directions = 0
    for i, word in enumerate(words):
        if (word in _ARTICLES and len(words) > 1) or (word == "yes" and i == 0):
            continue
        if word in _NO:
            negations += word != "t" or "no" not in words
            continue
        if negated and word in _HELPERS:
            continue
        stem = word[:-1] if len(word) > 3 and word[-1] == "s" and word[-2] != "s" else word
        if negated:
            stem = _WHOLE.get(stem, stem)
        if stem in _LEAVE_NOTHING:
            negations += 1
        elif stem in _OPPOSITE:
            directions += 1
        said.append(_POSITIVE.get(stem, _OPPOSITE.get(stem, stem)))
    return said, negations, directions
