"""Rules about the stem: its length, its question, and the number of answers it tells."""

import re
from collections.abc import Sequence

from studyapp.content.checks.finding import NOTHING, STEM, Finding, Item, word_count

MAX_STEM_WORDS = 150
MIN_STEM_WORDS = 12
"""A situation, what decides and a question are not told in fewer words."""
MIN_SINGLE_SENTENCE = 30
"""A question with nothing before it has to tell the situation itself, which takes as many words as two sentences do."""

_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "1": 1, "2": 2, "3": 3, "4": 4, "5": 5}
_NUMBER = r"(one|two|three|four|five|[1-5])\b(?![-.,%]?\w)"
_TOLD = re.compile(rf"\b(?:choose|select|pick|mark)\W+(?:the\W+|any\W+|exactly\W+|only\W+)?{_NUMBER}", re.IGNORECASE)
_SENTENCE = re.compile(r"(?:^|[.!?:;)\]]\s+|[(\[\n]\s*)[*_]*(?:please,?\s+)?[*_]*$", re.IGNORECASE)
"""Before an imperative: the beginning of a sentence, or an opening bracket."""
_ASKED = re.compile(
    rf"\b(?:which|what|name|choose|select|pick|give|mark)\b(?:\W+\w+){{0,3}}?\W+{_NUMBER}", re.IGNORECASE
)
_WORDS_AFTER_QUESTION = 12
_USUAL = {2: "(Choose two.)", 3: "(Choose three.)"}
_END = 400
"""Characters at the end of a stem in which it is told how many answers are wanted."""


def long_stem(item: Item) -> Sequence[Finding]:
    """W302."""
    stem = item.stem
    # n words have at least 2n - 1 characters, and n - 1 blanks or line ends.
    if len(stem) < 2 * MAX_STEM_WORDS or stem.count(" ") + stem.count("\n") < MAX_STEM_WORDS:
        return NOTHING
    words = word_count(stem)
    if words <= MAX_STEM_WORDS:
        return NOTHING
    return [Finding(STEM, f"the stem has {words} words; at most {MAX_STEM_WORDS} are read in the time of an exam")]


def no_situation(item: Item) -> Sequence[Finding]:
    """W334: a stem of a few words, or of a question alone, which no case tells the situation of."""
    stem, asked = item.stem, item.asked
    if len(stem) > 12 * MIN_SINGLE_SENTENCE:
        return NOTHING
    words = word_count(stem)
    alone = asked is not None and len(stem.partition("?")[0]) == len(asked) and item.question.case is None
    if words >= MIN_SINGLE_SENTENCE or (words >= MIN_STEM_WORDS and not alone):
        return NOTHING
    return [Finding(STEM, f"{words} words tell no situation; say who, what they need, and the constraint that decides")]


def no_question(item: Item) -> Sequence[Finding]:
    """W303: no question mark at the end, where ``(Choose two.)`` and the like may still follow."""
    after = item.after
    if item.asked is not None and (
        len(after) < 2 * _WORDS_AFTER_QUESTION or word_count(_TOLD.sub(" ", after)) <= _WORDS_AFTER_QUESTION
    ):
        return NOTHING
    return [Finding(STEM, "the stem does not end in a question")]


def number_of_answers(item: Item) -> Sequence[Finding]:
    """W304: several right options and the stem does not say how many, or says another number."""
    right = len(item.key)
    end = item.stem[-_END:]
    told = right if end.endswith(_USUAL.get(right, "?")) else _told(end)
    if told and told != right:
        return [Finding(STEM, f"the stem says to choose {told}, but {right} of the options are right")]
    if right == 1 or told or right in [_NUMBERS[number.lower()] for number in _ASKED.findall(end)]:
        return NOTHING
    return [Finding(STEM, f"{right} options are right, but the stem does not say how many to choose")]


def _told(end: str) -> int | None:
    """The number that an imperative asks for; 'analysts select five columns' is none."""
    if "hoose " not in end and "elect " not in end and "ick " not in end and "mark " not in end.lower():
        return None
    told = None
    for found in _TOLD.finditer(end):
        if _SENTENCE.search(end[max(0, found.start() - 30) : found.start()]):
            told = _NUMBERS[found[1].lower()]
    return told
