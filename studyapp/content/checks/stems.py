"""Rules about the stem."""

import re
from collections.abc import Iterator

from studyapp.content.checks.finding import STEM, Finding, Item, without_code, word_count

MAX_STEM_WORDS = 150
_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "1": 1, "2": 2, "3": 3, "4": 4, "5": 5}
_NUMBER = r"(one|two|three|four|five|[1-5])\b(?![-.,%]?\w)"
_TOLD = re.compile(rf"\b(?:choose|select|pick|mark)\W+(?:the\W+|any\W+|exactly\W+)?{_NUMBER}", re.IGNORECASE)
_ASKED = re.compile(
    rf"\b(?:which|what|name|choose|select|pick|give|mark)\b(?:\W+\w+){{0,3}}?\W+{_NUMBER}", re.IGNORECASE
)
_CLAUSE = r"(?:that|so|to|when|if|while|because|since|without|who|whose|where|and|or|but|as|although)\b"
_QUALITY = r"(?:likely|suitable|suited|appropriate|useful|helpful|effective|accurate|true)"
_NEGATIVE = re.compile(
    rf"\b(?:[Ww]hich|[Ww]hat|WHICH|WHAT)\b(?:\s+(?!{_CLAUSE})[\w'\u2019-]+){{0,6}}?\s+(?:not|never|least\s+{_QUALITY})\b"
    r"|\b(?:[Ww]hich|[Ww]hat)\b(?:\s+[\w'\u2019-]+){0,4}?\s+\w+n['\u2019]t\b"
    r"|\bexcept\b(?!\s+(?:for|when|where|in|on|by)\b)"
)
_NEGATION = re.compile(r"\b(?:not|never|least|except)\b|n['\u2019]t\b")
_SENTENCE_END = re.compile(r"(?<=[.!?:])\s")
_WORDS_AFTER_QUESTION = 12


def long_stem(item: Item) -> Iterator[Finding]:
    """W302."""
    words = word_count(item.stem)
    if words > MAX_STEM_WORDS:
        yield Finding(STEM, f"the stem has {words} words; at most {MAX_STEM_WORDS} are read in the time of an exam")


def no_question(item: Item) -> Iterator[Finding]:
    """W303: no question mark at the end, where ``(Choose two.)`` and the like may still follow."""
    _, mark, after = item.stem.rpartition("?")
    if not mark or word_count(_TOLD.sub(" ", after)) > _WORDS_AFTER_QUESTION:
        yield Finding(STEM, "the stem does not end in a question")


def number_of_answers(item: Item) -> Iterator[Finding]:
    """W304: several right options and the stem does not say how many, or says another number."""
    right = len(item.key)
    end = item.stem[-400:]
    lowered = end.lower()
    may_tell = right > 1 or any(verb in lowered for verb in ("choose", "select", "pick", "mark"))
    told = [_NUMBERS[number.lower()] for number in _TOLD.findall(end)] if may_tell else []
    if told and told[-1] != right:
        yield Finding(STEM, f"the stem says to choose {told[-1]}, but {right} of the options are right")
    elif right > 1 and right not in (_NUMBERS[number.lower()] for number in _ASKED.findall(end)):
        yield Finding(STEM, f"{right} options are right, but the stem does not say how many to choose")


def negative_stem(item: Item) -> Iterator[Finding]:
    """W309: the question itself, not a clause of it, is negated in plain small letters."""
    end = item.stem.rpartition("?")[0][-600:]
    if not any(word in end for word in ("not", "never", "least", "except", "n't", "n\u2019t")):
        return
    asked = _SENTENCE_END.split(end)[-1]
    found = _NEGATION.search(asked) and _NEGATIVE.search(without_code(asked))
    if found:
        word = re.sub(r"^.*\b(?=(?:least\s+)?\S+$)", "", found[0], flags=re.DOTALL)
        yield Finding(STEM, f"the question is negative and easily overread; write *{word.upper()}*, or turn it round")
