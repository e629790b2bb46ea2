"""W309: a question that is negative in plain small letters."""

import re
from collections.abc import Sequence

from studyapp.content.checks.finding import NOTHING, STEM, Finding, Item, without_code, word_set

_SIGNS = ("not", "'t", "\u2019t", "never", "least", "except", "avoid", "false", "wrong", "correct", "true", "accurate")
"""Without one of these a question is not negative."""
_ASKING = frozenset(("which", "what", "who"))
_VERBS = word_set("is are was were do does did can could should would will must may might has have had shall")
_CLAUSE = word_set("that so to when if while because since without whose where and or but as although how why whether")
"""What stands after one of these is no longer what is asked."""
_PREPOSITIONS = word_set("of about for in on from with by at under among between")
_COUNTS = word_set("one two three four five")
_QUALITIES = word_set("likely suitable suited appropriate useful helpful effective accurate true")
_WRONG = word_set("incorrect false wrong untrue inaccurate")
_STATEMENTS = word_set(
    "statement statements claim claims answer answers description descriptions sentence sentences assertion "
    "assertions conclusion conclusions these following them"
)
_MAX_SUBJECT = 7
_EXCEPT = re.compile(r"\bexcept\b(?!\s+(?:for|when|where|in|on|by)\b)")


def negative_stem(item: Item) -> Sequence[Finding]:
    """W309: the question itself, not a clause of it, is negated in plain small letters."""
    asked = item.asked
    if asked is None or not _may_be_negative(asked):
        return NOTHING
    asked = without_code(asked)
    word = "except" if _EXCEPT.search(asked) else _negation(asked.split())
    if not word:
        return NOTHING
    return [Finding(STEM, f"the question is negative and easily overread; write *{word.upper()}*, or turn it round")]


def _may_be_negative(asked: str) -> bool:
    for sign in _SIGNS:  # noqa: SIM110 -- a generator takes twice the time
        if sign in asked:
            return True
    return False


def _negation(words: list[str]) -> str | None:
    """The word that negates the question, where its last 'which', 'what' or 'who' begins a negated main clause."""
    starts = [i for i, word in enumerate(words) if word.lower().strip("(,") in _ASKING]
    if not starts or (starts[-1] and words[starts[-1] - 1] in _VERBS):
        return None
    start = starts[-1] + 1
    verb = _end_of_subject(words, start)
    if verb is None:
        return None
    word = words[verb]
    if word not in _VERBS:
        return word
    of_statement = any(word.strip(",.") in _STATEMENTS for word in words[start:verb])
    return _after_verb(words[verb + 1 :], of_statement=of_statement)


def _end_of_subject(words: list[str], start: int) -> int | None:
    """Where the verb, or 'cannot' and the like, follows the few words of 'which of these services'."""
    plain: list[str] = []
    for i in range(start, len(words)):
        word = words[i]
        if _negates(word) or word in _VERBS or (word == "never" and plain):
            return i
        if word in _CLAUSE or word[-1] in ",;:":
            return None
        if word in _PREPOSITIONS:
            plain = []
        elif word not in _COUNTS and not word[0].isupper():
            plain.append(word)
        # 'Which setting ensures rows …' and 'What keeps rows …' have gone on to another verb.
        if len(plain) > 2 or (len(plain) == 2 and plain[0][-1] == "s" and plain[0][-2:] != "ss"):
            return None
    return None


def _after_verb(words: list[str], *, of_statement: bool) -> str | None:
    for i, word in enumerate(words[:_MAX_SUBJECT]):
        following = words[i + 1].strip(",.") if i + 1 < len(words) else ""
        if word in ("not", "never"):
            # 'What do users not in the EU see?' is about other users.
            return None if i and following in _PREPOSITIONS else word
        if word == "least" and following in _QUALITIES:
            return word
        if word in _WRONG and (of_statement or following in _STATEMENTS):
            return word
        if word == "avoid" and not following:
            return word
        if word in _CLAUSE or word in _VERBS or _negates(word) or word[-1] in ",;:":
            return None
    return None


def _negates(word: str) -> bool:
    return word == "cannot" or word.endswith(("n't", "n\u2019t"))
