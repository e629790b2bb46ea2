"""Rules over all decks at once: near-duplicates, and questions that give another one's answer away.

Comparing everything with everything takes minutes for 10,000 items. Only items that share a run of words which few
others have are compared; texts as near as these rules ask for always share one.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from rapidfuzz import fuzz

from studyapp.content.checks.cards import around_gaps
from studyapp.core.deck import Card, Question

NEAR_STEM, NEAR_KEY = 80, 70
NEAR_FRONT, NEAR_BACK = 90, 60
"""Likeness, of 100, at which stems and keys, and fronts and backs, count as the same but for their wording."""
MIN_ANSWER_WORDS = 5
"""Words of a key below which its turning up in another stem says nothing: it may be a product's name."""

_RUN = 3
_COMMON = 12
"""A run of words that more items have than this is a phrase of the subject, and nothing to compare them for."""
_WORD = re.compile(r"\w+")
_CODE = re.compile(r"`+([^`]+)`+")
_IMAGE = re.compile(r"!\[[^\[\]]*\](?:\(\s*([^)\s]*)|\[([^\[\]]*)\])")


class Likeness(NamedTuple):
    """What was found: the code, the id of the item it is reported at, and one sentence."""

    code: str
    id: str
    message: str


def near_questions(questions: Sequence[Question]) -> Iterator[Likeness]:
    """W326: stem and key nearly as in an earlier question that is not declared its enemy."""
    stems = [_plain(question.stem) for question in questions]
    for first, second in _candidates(stems):
        one, other = questions[first], questions[second]
        if fuzz.ratio(stems[first], stems[second], score_cutoff=NEAR_STEM) and not _enemies(one, other):
            near = fuzz.ratio(_key_of(one), _key_of(other), score_cutoff=NEAR_KEY)
            if near:
                yield Likeness(
                    "W326", other.id, f"stem and key are nearly those of '{one.id}'; ask for another decision"
                )


def near_cards(cards: Sequence[Card]) -> Iterator[Likeness]:
    """W330: the same front as an earlier card, or front and back nearly so."""
    fronts = [_plain(card.front or card.cloze or "") for card in cards]
    for first, second in _candidates(fronts):
        one, other = cards[first], cards[second]
        same = fronts[first] == fronts[second]
        if not same and not fuzz.ratio(fronts[first], fronts[second], score_cutoff=NEAR_FRONT):
            continue
        if _ask_apart(one, other):
            continue
        if same:
            yield Likeness("W330", other.id, f"the card '{one.id}' asks the same; a learner cannot tell which is meant")
        elif bool(one.cloze and other.cloze) or fuzz.ratio(_plain(one.back), _plain(other.back)) >= NEAR_BACK:
            yield Likeness("W330", other.id, f"front and back are nearly those of the card '{one.id}'; keep one")


def _ask_apart(one: Card, other: Card) -> bool:
    """Whether cards whose words are alike ask for different things: by their gaps, their code or their images.

    In code a mark or a capital may be the point. Where one of two has no code its author only left out the backticks.
    """
    if one.cloze and other.cloze:
        shown, beside = [_plain(" ".join(around_gaps(cloze))) for cloze in (one.cloze, other.cloze)]
        if fuzz.ratio(shown, beside) < NEAR_FRONT:
            return True
    first, second = one.front or one.cloze or "", other.front or other.cloze or ""
    if _IMAGE.findall(first) != _IMAGE.findall(second):
        return True
    code, beside_code = _CODE.findall(first), _CODE.findall(second)
    return bool(code and beside_code) and code != beside_code


def given_away(questions: Sequence[Question], names: Iterable[str] = ()) -> Iterator[Likeness]:
    """W325: the key of a question, word by word, in the stem of another that is not its enemy.

    Words of the ``names`` of products do not count: half the stems of a subject name its products.
    """
    of_names = {word for name in names for word in _WORD.findall(name.lower())}
    keys: dict[str, list[tuple[str, Question]]] = defaultdict(list)
    for question in questions:
        for option in question.options:
            words = _WORD.findall(option.text.lower()) if option.correct else []
            if sum(word not in of_names for word in words) >= MIN_ANSWER_WORDS:
                keys[" ".join(words[:MIN_ANSWER_WORDS])].append((" ".join(words), question))
    for question in questions:
        words = _WORD.findall(question.stem.lower())
        stem = f" {' '.join(words)} "
        for run in set(_runs(words, MIN_ANSWER_WORDS)) & keys.keys():
            for key, asked in keys[run]:
                if asked is not question and f" {key} " in stem and not _enemies(asked, question):
                    yield Likeness("W325", asked.id, f"the stem of '{question.id}' says its key; make them enemies")


def _enemies(one: Question, other: Question) -> bool:
    return one.id in other.enemies or other.id in one.enemies


def _key_of(question: Question) -> str:
    return _plain(" ".join(option.text for option in question.options if option.correct))


def _plain(text: str) -> str:
    return " ".join(_WORD.findall(text.lower()))


def _candidates(texts: Sequence[str]) -> Iterable[tuple[int, int]]:
    """Pairs of texts that are the same, or share a run of words that few others have; the earlier one first."""
    holders: dict[str, list[int]] = defaultdict(list)
    for i, text in enumerate(texts):
        words = text.split()
        for run in {text, *_runs(words, _RUN)} if words else ():
            holders[run].append(i)
    pairs = {
        pair
        for run, found in holders.items()
        if len(found) > 1
        for pair in combinations(found if len(found) <= _COMMON else _same(texts, run, found), 2)
    }
    return sorted(pairs)


def _same(texts: Sequence[str], run: str, found: Sequence[int]) -> list[int]:
    """Of many holders of a run those whose whole text it is: each with the first only."""
    same = [i for i in found if texts[i] == run]
    return same[:_COMMON]


def _runs(words: Sequence[str], length: int) -> Iterator[str]:
    for i in range(len(words) - length + 1):
        yield " ".join(words[i : i + length])
