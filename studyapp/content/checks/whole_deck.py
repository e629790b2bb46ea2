"""Rules over many questions: cues that no single one shows.

Each is a way to guess without knowledge. It is reported where it hits so often that chance alone would do as well in
less than one of a thousand decks, whatever the way: the rules share that chance out among them.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import exp, lgamma, log
from typing import NamedTuple

from studyapp.content.checks.finding import Item, word_set

MAX_OPTIONS = 6
UNLIKELY = 0.001
"""The chance at which a well-made deck gets any finding of this module."""


@dataclass
class Guess:
    """How a way to guess does: in how many questions it names one option, hits the key, and would by chance."""

    applies: int = 0
    hits: int = 0
    expected: float = 0.0

    def __add__(self, other: "Guess") -> "Guess":
        return Guess(self.applies + other.applies, self.hits + other.hits, self.expected + other.expected)

    def beats_chance(self, unlikely: float) -> bool:
        """Whether so many hits would come about by chance more rarely than that."""
        return bool(self.applies) and _at_least(self.hits, self.applies, self.expected / self.applies) < unlikely


Counts = dict[tuple[str, str], Guess]
"""Each way to guess, by its code and in words."""


class DeckFinding(NamedTuple):
    """A code and one sentence about a whole deck."""

    code: str
    message: str


def count(items: Iterable[Item]) -> Counts:
    """How each way does over the questions with a single right option."""
    single = [item for item in items if len(item.key) == 1]
    counts = {(code, what): _tried(choose, single) for code, choose, what in _WAYS}
    keys = Counter([(item.key[0], len(item.texts)) for item in single])
    for place in range(max([options for _, options in keys], default=0)):
        those = [(key, options, times) for (key, options), times in keys.items() if options > place]
        counts["W321", f"option {place + 1}"] = Guess(
            sum([times for _, _, times in those]),
            sum([times for key, _, times in those if key == place]),
            sum([times / options for _, options, times in those]),
        )
    return counts


def _tried(choose: Callable[[Item], int | None], items: Iterable[Item]) -> Guess:
    """How a way to choose does, where it names one option."""
    applies = hits = 0
    expected = 0.0
    for item in items:
        chosen = choose(item)
        if chosen is not None:
            applies += 1
            hits += chosen == item.key[0]
            expected += 1 / len(item.texts)
    return Guess(applies, hits, expected)


def together(counts: Iterable[Counts]) -> Counts:
    """The counts of several decks as one."""
    total: Counts = {}
    for one in counts:
        for way, guess in one.items():
            total[way] = total[way] + guess if way in total else guess
    return total


def judge(counts: Counts) -> Iterator[DeckFinding]:
    """W320 to W323: the ways that do better than chance. Each code has a quarter of the chance of a false alarm."""
    ways = Counter([code for code, _ in counts])
    for (code, what), guess in counts.items():
        if guess.beats_chance(UNLIKELY / len(ways) / ways[code]):
            share, chance = guess.hits / guess.applies, guess.expected / guess.applies
            message = f"the key is {what} in {guess.hits} of {guess.applies} questions that have one"
            yield DeckFinding(code, f"{message} ({share:.0%}; {chance:.0%} would be chance)")


def _highest(ratings: Sequence[int]) -> int | None:
    best = max(ratings)
    return ratings.index(best) if ratings.count(best) == 1 else None


def _longest(item: Item) -> int | None:
    return _highest(item.lengths)


def _precise(item: Item) -> int | None:
    exact = item.exact
    if len(exact) - exact.count(b"") != 1:
        return None
    return next(i for i, found in enumerate(exact) if found)


def _like_the_others(item: Item) -> int | None:
    """The option of whose words most stand in the others, each counted as often as it does."""
    ratings = [0] * len(item.texts)
    for word, holders in item.where.items():
        if holders & (holders - 1) and word not in _SMALL:  # more than one
            places = _PLACES[holders]
            others = len(places) - 1
            for i in places:
                ratings[i] += others
    return _highest(ratings)


_PLACES = [[i for i in range(MAX_OPTIONS) if bits >> i & 1] for bits in range(1 << MAX_OPTIONS)]
"""The options that bits stand for."""
_SMALL = word_set("a an the of to in on by at i it or be and for")
"""Words that two options share whatever they are about."""

_WAYS: tuple[tuple[str, Callable[[Item], int | None], str], ...] = (
    ("W320", _longest, "the longest option"),
    ("W322", _precise, "the only option with a figure or code"),
    ("W323", _like_the_others, "the option that shares most words with the others"),
)


def _at_least(count: int, trials: int, chance: float) -> float:
    """An upper bound of the probability of ``count`` or more successes in so many trials, exact where all are alike.

    Trials of unlike chances spread less than the same number with the mean chance (Hoeffding 1956), so beyond the mean
    the binomial tail never tells too little, however few or unlike the questions are.
    """
    if count <= trials * chance + 1:
        return 1.0
    ways = lgamma(trials + 1) - lgamma(count + 1) - lgamma(trials - count + 1)
    term = total = exp(ways + count * log(chance) + (trials - count) * log(1 - chance))
    for successes in range(count, trials):
        term *= (trials - successes) / (successes + 1) * chance / (1 - chance)
        total += term
        if term < total * 1e-12:
            break
    return total
