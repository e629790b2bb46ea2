"""Assembling a form: which questions, in which order, with their options in which order.

The questions that can be matched into the strata's places are the independent sets of a transversal matroid, so
taking questions greedily in order of preference, each accepted whenever an augmenting path exists, fills as many
places as can be filled at all and prefers the earlier question wherever there is a choice (Edmonds and Fulkerson,
"Transversals and matroid partition", 1965). A question that fits several strata therefore never starves one of them.

Only ``random.Random.random()`` is drawn from, whose sequence Python promises to keep for a seed: the same seed, bank
and history give the same form on every platform.
"""

import re
from collections import Counter, deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import TypeVar

from studyapp.core.bank import Bank
from studyapp.core.blueprint import Blueprint
from studyapp.core.deck import Case, Question
from studyapp.core.errors import StudyError

T = TypeVar("T")


@dataclass(frozen=True)
class FormItem:
    """One place of a form. The question's options stand in the order shown; ``seen`` tells it was met before."""

    question: Question
    stratum: str
    case: Case | None = None
    seen: bool = False


@dataclass(frozen=True)
class Form:
    """One assembled exam: the questions in order. ``minutes`` is None where no clock runs."""

    blueprint_id: str
    title: str
    seed: int
    minutes: int | None
    pass_mark: float
    items: tuple[FormItem, ...]


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A stratum that the bank cannot fill."""

    stratum: str
    wanted: int
    found: int


class ShortBankError(StudyError):
    """The decks cannot fill every stratum of the blueprint."""

    def __init__(self, blueprint: Blueprint, shortfalls: Sequence[Shortfall]) -> None:
        gaps = ", ".join(f"{s.stratum} ({s.found} of {s.wanted})" for s in shortfalls)
        super().__init__(
            f"The loaded decks cannot fill “{blueprint.title}”: {gaps}.",
            "Add questions on these topics, or start the exam with other questions in their place.",
        )
        self.shortfalls = tuple(shortfalls)


def assemble(
    bank: Bank, blueprint: Blueprint, seed: int, last_seen: Mapping[str, float] | None = None, *, fill: bool = False
) -> Form:
    """Assemble a form of ``blueprint`` from the bank.

    ``last_seen`` maps the ids of questions met before to when that was, on any scale that grows (seconds, a count):
    unseen questions come first, then those met longest ago. Enemies stand together only where a quota could not be
    filled otherwise. With ``fill`` a stratum that cannot be filled takes questions of the blueprint's other strata,
    and the form is shorter if even those run out.

    Raises:
        ShortBankError: where a stratum cannot be filled and ``fill`` is false.
    """
    seen = last_seen or {}
    rng = Random(seed)
    quotas = blueprint.quotas()
    candidates = _in_order_of_preference(bank.questions.values(), seen, rng, _plenty(bank, blueprint, seen))
    chosen = _match(candidates, blueprint.eligible, quotas)
    shortfalls = [
        Shortfall(stratum.name, quota, len(taken))
        for stratum, quota, taken in zip(blueprint.strata, quotas, chosen, strict=True)
        if len(taken) < quota
    ]
    if shortfalls and not fill:
        raise ShortBankError(blueprint, shortfalls)
    placed = [(q, s.name) for s, taken in zip(blueprint.strata, chosen, strict=True) for q in taken]
    if shortfalls:
        placed += _fillers(candidates, blueprint, placed)
    return Form(
        blueprint_id=blueprint.id,
        title=blueprint.title,
        seed=seed,
        minutes=blueprint.minutes,
        pass_mark=blueprint.pass_mark,
        items=_arrange(placed, bank, seen, rng),
    )


def assemble_drill(
    bank: Bank,
    area: str,
    title: str,
    count: int,
    seed: int,
    last_seen: Mapping[str, float] | None = None,
    covers: Callable[[Question], bool] | None = None,
) -> Form:
    """An untimed form of up to ``count`` questions of one area: a topic, a domain, or what ``covers`` says.

    The items' stratum is the title of the area. The form is empty where the bank has no question of the area.
    """
    fits = covers or (lambda q: q.topic == area or q.domain == area)
    chosen = [q for q in bank.questions.values() if fits(q)]
    empty = Form(blueprint_id=f"drill:{area}", title=title, seed=seed, minutes=None, pass_mark=0.7, items=())
    return fill_form(empty, bank, chosen, count, lambda _: title, last_seen)


def fill_form(
    form: Form,
    bank: Bank,
    questions: Iterable[Question],
    count: int,
    stratum_of: Callable[[Question], str],
    last_seen: Mapping[str, float] | None = None,
) -> Form:
    """``form`` with up to ``count`` of these questions for its items, arranged by its seed.

    Preference, enemies and ``last_seen`` are as in ``assemble``.
    """
    seen = last_seen or {}
    rng = Random(form.seed)
    candidates = _in_order_of_preference(questions, seen, rng)
    (chosen,) = _match(candidates, lambda _: (0,), (min(count, len(candidates)),))
    return replace(form, items=_arrange([(q, stratum_of(q)) for q in chosen], bank, seen, rng))


def _in_order_of_preference(
    questions: Iterable[Question],
    seen: Mapping[str, float],
    rng: Random,
    plenty: Callable[[Question], float] = lambda _: 0.0,
) -> list[Question]:
    """Unseen first, then by how long ago; then what there is least plenty of; at random among equals.

    A question with unseen enemies draws a better lot: they cannot come in one form, so they must come early to come
    at all before others are repeated. Sorted by id first, so that files may move.
    """
    ordered = sorted(questions, key=lambda q: q.id)
    hostile = Counter(id_ for q in ordered if q.id not in seen for id_ in q.enemies if id_ not in seen)
    keyed = []
    for q in ordered:
        enemies = hostile[q.id] + sum(id_ not in seen for id_ in q.enemies)
        keyed.append((seen.get(q.id, float("-inf")), plenty(q), rng.random() / (1 + enemies), q.id, q))
    keyed.sort(key=lambda entry: entry[:4])
    return [entry[4] for entry in keyed]


def _plenty(bank: Bank, blueprint: Blueprint, seen: Mapping[str, float]) -> Callable[[Question], float]:
    """How many unseen questions there are for each place of the strata a question may fill, the best supplied counting.

    Strata with little left choose first, so that of two enemies the one gives way whose stratum has others.
    """
    supply = Counter(i for q in bank.questions.values() if q.id not in seen for i in blueprint.eligible(q))
    ratios = [supply[i] / quota if quota else 0.0 for i, quota in enumerate(blueprint.quotas())]
    return lambda question: max((ratios[i] for i in blueprint.eligible(question)), default=0.0)


def _match(
    candidates: Sequence[Question], strata_of: Callable[[Question], tuple[int, ...]], quotas: Sequence[int]
) -> list[list[Question]]:
    """Questions for each stratum, greedily by preference; enemies only in a second pass, for places still free."""
    matching = _Matching(quotas)
    postponed = []
    for question in candidates:
        if matching.full:
            break
        eligible = strata_of(question)
        if not eligible:
            continue
        if matching.has_enemy_of(question):
            postponed.append((question, eligible))
        else:
            matching.add(question, eligible)
    for question, eligible in postponed:
        matching.add(question, eligible)
    return matching.taken


class _Matching:
    """A growing assignment of questions to strata with a quota each."""

    def __init__(self, quotas: Sequence[int]) -> None:
        self._free = list(quotas)
        self.taken: list[list[Question]] = [[] for _ in quotas]
        self._eligible: dict[str, tuple[int, ...]] = {}
        self._hostile: set[str] = set()

    @property
    def full(self) -> bool:
        return not any(self._free)

    def has_enemy_of(self, question: Question) -> bool:
        """Whether a question taken already is an enemy of this one; either of the two may say so."""
        return question.id in self._hostile or any(enemy in self._eligible for enemy in question.enemies)

    def add(self, question: Question, eligible: tuple[int, ...]) -> None:
        """Take the question if a place is free, or can be freed by moving questions taken before to other strata."""
        end, moves = self._search(eligible)
        if end is None:
            return
        self._free[end] -= 1
        while end in moves:
            source, moved = moves[end]
            self.taken[source].remove(moved)
            self.taken[end].append(moved)
            end = source
        self.taken[end].append(question)
        self._eligible[question.id] = eligible
        self._hostile.update(question.enemies)

    def _search(self, eligible: tuple[int, ...]) -> tuple[int | None, dict[int, tuple[int, Question]]]:
        """Breadth-first from the eligible strata to one with a free place.

        Returns that stratum (None where there is none), and for each stratum reached by a move the stratum that the
        moving question comes from, and the question.
        """
        moves: dict[int, tuple[int, Question]] = {}
        queue = deque(eligible)
        while queue:
            stratum = queue.popleft()
            if self._free[stratum]:
                return stratum, moves
            for question in self.taken[stratum]:
                for other in self._eligible[question.id]:
                    if other not in moves and other not in eligible:
                        moves[other] = (stratum, question)
                        queue.append(other)
        return None, moves


def _fillers(
    candidates: Sequence[Question], blueprint: Blueprint, placed: Sequence[tuple[Question, str]]
) -> list[tuple[Question, str]]:
    """Questions of any stratum for the places that their own strata left empty."""
    used = {question.id for question, _ in placed}
    found: list[tuple[Question, str]] = []
    for question in candidates:
        if len(placed) + len(found) == blueprint.questions:
            break
        eligible = blueprint.eligible(question)
        if eligible and question.id not in used:
            found.append((question, blueprint.strata[eligible[0]].name))
    return found


def _arrange(
    placed: Sequence[tuple[Question, str]], bank: Bank, seen: Mapping[str, float], rng: Random
) -> tuple[FormItem, ...]:
    """Shuffle questions and options; the questions of one case stay together, as the case is read once."""
    blocks: dict[str, list[tuple[Question, str]]] = {}
    for question, stratum in sorted(placed, key=lambda entry: entry[0].id):
        blocks.setdefault(f"case {question.case}" if question.case else question.id, []).append((question, stratum))
    items = []
    for block in _shuffled(list(blocks.values()), rng):
        for question, stratum in _shuffled(block, rng):
            items.append(
                FormItem(
                    question=_with_shuffled_options(question, rng),
                    stratum=stratum,
                    case=bank.case_by_id.get(question.case) if question.case else None,
                    seen=question.id in seen,
                )
            )
    return tuple(items)


def _shuffled(values: list[T], rng: Random) -> list[T]:
    keys = [rng.random() for _ in values]
    return [values[i] for i in sorted(range(len(values)), key=keys.__getitem__)]


# “$6.25 per TiB”, “< 10 ms”, “100 GB”; not “n1-standard”.
_LEADING_NUMBER = re.compile(r"\W{0,3}\d")


def _with_shuffled_options(question: Question, rng: Random) -> Question:
    """Options in random order; where all of them begin with a number they stay in the author's ascending order."""
    options = _shuffled(list(question.options), rng)
    if all(_LEADING_NUMBER.match(option.text) for option in question.options):
        options = list(question.options)
    return replace(question, options=tuple(options))
