"""Is the program honest about what a learner knows? Simulated learners, whose truth is known, sit the shipped exams.

Run as ``python tests/benchmarks/readiness.py [learners for each scenario]``. Each scenario makes learners in another
way, none of them as the model supposes: questions differ in difficulty, abilities are skewed or two-humped, learning
is uneven and slows down, guessing is better than chance, what was seen is partly remembered. The answers go in as daily
totals; the truth is the learner's mean chance on the questions of an area today, and fresh forms actually drawn.
"""

import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache, partial
from math import exp, sqrt
from pathlib import Path
from random import Random
from statistics import NormalDist, median

from studyapp.content.loader import load
from studyapp.core.bank import Bank
from studyapp.core.blueprint import Blueprint
from studyapp.core.deck import Deck, Difficulty, Option, Question
from studyapp.core.interval import Z_80, wilson
from studyapp.core.mastery import Area, DailyTotal, chance_level, learn, mastery, weigh
from studyapp.core.mastery_areas import domain_areas, stratum_areas, topic_areas
from studyapp.core.readiness_chance import readiness

SEED = 20261123
LEARNERS = 2000
FORMS = 4
AT_LEAST = 6
"""Questions for each topic: where the decks have fewer, made-up ones stand in, as decks are still being written."""


@dataclass(frozen=True)
class Scenario:
    """How learners of one kind come about. Abilities are logits on the last day of study.

    ``gain`` is how much they rose over the study time, ``bend`` above 1 that most of it came early; ``uneven`` how
    much gains differ between domains. ``remembered`` is the chance to know a question again, ``lucky`` by how much
    guessing beats the options' number. ``drills`` is the share of sessions that drill one domain, the weak ones first
    if ``weak_first``. ``idle`` are days without study before today, in which mastery wanders.
    """

    name: str
    level: Callable[[Random], float]
    domain: Callable[[Random], float]
    topic: float
    item: float = 0.8
    days: tuple[int, int] = (20, 90)
    sessions: tuple[int, int] = (2, 20)
    gain: tuple[float, float] = (0.0, 1.2)
    bend: float = 1.5
    uneven: float = 0.4
    remembered: tuple[float, float] = (0.1, 0.5)
    lucky: float = 0.0
    drills: float = 0.4
    weak_first: bool = False
    idle: tuple[int, int] = (0, 3)


SCENARIOS = (
    Scenario("bell: abilities normal, some learning", lambda r: r.gauss(0.9, 0.7), lambda r: r.gauss(0, 0.5), 0.4),
    Scenario(
        "patchwork: a domain is known or is not",
        lambda r: r.gauss(0.9, 0.5),
        lambda r: 0.7 if r.random() < 0.65 else -1.3,
        0.3,
    ),
    Scenario(
        "crammer: three weeks, steep, few answers",
        lambda r: r.gauss(1.0, 0.8),
        lambda r: r.gauss(0, 0.4),
        0.5,
        days=(8, 24),
        sessions=(1, 8),
        gain=(0.5, 2.0),
        bend=1.0,
    ),
    Scenario(
        "driller: weak domains again and again",
        lambda r: r.gauss(0.9, 0.7),
        lambda r: r.gauss(0, 0.7),
        0.5,
        sessions=(10, 45),
        remembered=(0.3, 0.8),
        drills=0.8,
        weak_first=True,
    ),
    Scenario(
        "guesser: rules options out; skewed abilities",
        lambda r: 2.0 - r.expovariate(1.0),
        lambda r: r.choice((-1, 1)) * r.expovariate(2.2),
        0.4,
        lucky=0.15,
        item=1.2,
    ),
    Scenario(
        "steady: months, no learning, many answers",
        lambda r: r.uniform(-0.3, 2.2),
        lambda r: r.uniform(-0.8, 0.8),
        0.2,
        days=(60, 240),
        sessions=(10, 60),
        gain=(-0.3, 0.3),
        idle=(0, 45),
    ),
)


@dataclass(frozen=True)
class World:
    """The bank with its blueprints, as the simulation uses it."""

    bank: Bank
    questions: tuple[Question, ...]
    chances: tuple[float, ...]
    difficulty: tuple[float, ...]
    by_domain: dict[str, list[int]]
    strata: dict[str, list[list[int]]]
    domains: tuple[Area, ...]
    topics: tuple[Area, ...]
    stratum_areas: dict[str, tuple[Area, ...]]
    members: dict[str, list[int]]


@cache
def world() -> World:
    bank = filled(load([Path(__file__).parents[2] / "decks"]).bank)
    questions = tuple(bank.questions.values())
    random = Random(SEED)
    by_domain, members = defaultdict(list), defaultdict(list)
    for i, question in enumerate(questions):
        by_domain[question.domain].append(i)
        members[question.domain].append(i)
        members[question.topic].append(i)
    strata = {
        b.id: [[i for i, q in enumerate(questions) if stratum.fits(q)] for stratum in b.strata] for b in bank.blueprints
    }
    return World(
        bank,
        questions,
        tuple(map(chance_level, questions)),
        tuple(random.gauss(0, 1) for _ in questions),
        dict(by_domain),
        strata,
        domain_areas(bank),
        topic_areas(bank),
        {b.id: stratum_areas(bank, b) for b in bank.blueprints},
        dict(members),
    )


def filled(bank: Bank) -> Bank:
    """The bank with at least ``AT_LEAST`` questions on each topic."""
    options = tuple(Option("text", i == 0, "rationale") for i in range(4))
    have = defaultdict(int)
    for question in bank.questions.values():
        have[question.topic] += 1
    more = tuple(
        Question(f"made-{topic}-{i}", topic, Difficulty.MEDIUM, "stem", options)
        for topic in bank.syllabus.topics
        for i in range(have[topic], AT_LEAST)
    )
    return Bank(bank.syllabus, (*bank.decks, Deck("made", "Made up", "", questions=more)), bank.blueprints, bank.cases)


@dataclass(frozen=True)
class Person:
    """A simulated learner: what they answered by day, and what they would get right today."""

    totals: tuple[DailyTotal, ...]
    today: int
    blueprint: Blueprint
    answers: int
    right: int
    truth: list[float]


def person(scenario: Scenario, number: int) -> Person:
    w = world()
    random = Random(f"{SEED} {scenario.name} {number}")
    blueprint = w.bank.blueprints[number % len(w.bank.blueprints)]
    days = random.randint(*scenario.days)
    level, item = scenario.level(random), scenario.item
    gain = random.uniform(*scenario.gain)
    remembered = random.uniform(*scenario.remembered)
    ability = {d: level + scenario.domain(random) for d in w.by_domain}
    gains = {d: gain * max(0.0, random.gauss(1, scenario.uneven)) for d in w.by_domain}
    by_topic: dict[str, float] = {}
    for question in w.questions:
        if question.topic not in by_topic:
            by_topic[question.topic] = ability[question.domain] + random.gauss(0, scenario.topic)

    def chance(i: int, day: float) -> float:
        question, floor = w.questions[i], w.chances[i] + scenario.lucky
        left = max(0.0, 1 - day / days) ** scenario.bend
        x = by_topic[question.topic] - gains[question.domain] * left - item * w.difficulty[i]
        return floor + (1 - floor) / (1 + exp(-x))

    met: dict[int, int] = {}
    sums: dict[tuple[int, str, bool], list[float]] = defaultdict(lambda: [0, 0, 0.0])
    answers = right = 0
    count = random.randint(*scenario.sessions)
    for day in sorted([*(random.randint(0, days) for _ in range(count - 1)), days]):
        for i in session(scenario, random, blueprint, ability, met):
            p = chance(i, day)
            seen = i in met
            if seen:
                p += (1 - p) * remembered * exp(-(day - met[i]) / 30)
            met[i] = day
            hit = random.random() < p
            total = sums[day, w.questions[i].topic, seen]
            total[0] += hit
            total[1] += 1
            total[2] += w.chances[i]
            answers, right = answers + 1, right + hit
    idle = random.randint(*scenario.idle)
    wander = random.gauss(-0.005 * idle, 0.05 * sqrt(idle))
    for topic in by_topic:
        by_topic[topic] += wander
    totals = tuple(DailyTotal(d, t, s, int(r), int(n), c) for (d, t, s), (r, n, c) in sums.items())
    truth = [chance(i, days) for i in range(len(w.questions))]
    return Person(totals, days + idle, blueprint, answers, right, truth)


def session(
    scenario: Scenario, random: Random, blueprint: Blueprint, ability: dict[str, float], met: dict[int, int]
) -> list[int]:
    """The questions of an exam or of a drill; unseen ones first, as the program draws them."""
    w = world()
    if random.random() >= scenario.drills:
        return form(random, blueprint, met)
    if scenario.weak_first:
        felt = {d: x + random.gauss(0, 0.7) for d, x in ability.items()}
        domain = min(random.sample(list(felt), 8), key=felt.__getitem__)
    else:
        domain = random.choice(list(w.by_domain))
    return picked(random, w.by_domain[domain], random.randint(10, 20), met, set())


def form(random: Random, blueprint: Blueprint, met: dict[int, int]) -> list[int]:
    chosen: list[int] = []
    for pool, quota in zip(world().strata[blueprint.id], blueprint.quotas(), strict=True):
        chosen += picked(random, pool, quota, met, set(chosen))
    return chosen


def picked(random: Random, pool: Sequence[int], count: int, met: dict[int, int], taken: set[int]) -> list[int]:
    keyed = sorted((met.get(i, -1), random.random(), i) for i in pool if i not in taken)
    return [i for _, _, i in keyed[:count]]


@dataclass(frozen=True)
class Outcome:
    """What was said of one learner, and what was true. ``areas`` are (kind, held, held by Wilson or None, errors)."""

    answers: int
    areas: tuple[tuple[str, bool, bool | None, float, float | None], ...]
    chance: float | None
    chance_held: bool | None
    more: int
    score_held: bool
    passed: float
    verdict: float
    normal: float
    with_sampling: float
    milliseconds: float


def outcome(scenario: Scenario, number: int) -> Outcome:
    w = world()
    p = person(scenario, number)
    strata, quotas, mark = w.stratum_areas[p.blueprint.id], p.blueprint.quotas(), p.blueprint.pass_mark
    begun = time.perf_counter()
    learner = learn(weigh(p.totals, p.today), w.bank.syllabus.topics)
    said = readiness(learner, strata, quotas, mark)
    took = (time.perf_counter() - begun) * 1e3
    raw: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for total in p.totals:
        for area in (total.topic, total.topic.partition(".")[0]):
            raw[area][0] += total.right
            raw[area][1] += total.answers
    areas = []
    for kind, group, member in (
        ("domain", w.domains, [w.members[a.id] for a in w.domains]),
        ("topic", w.topics, [w.members[a.id] for a in w.topics]),
        ("stratum", strata, w.strata[p.blueprint.id]),
    ):
        for estimate, indexes in zip(mastery(learner, group), member, strict=True):
            true = sum(p.truth[i] for i in indexes) / len(indexes)
            known = (true - estimate.chance) / (1 - estimate.chance)
            held = estimate.interval.low <= known <= estimate.interval.high
            right, answered = raw.get(estimate.area, (0, 0))
            by_wilson, share_error = None, None
            if answered:
                interval = wilson(right, answered)
                by_wilson, share_error = interval.low <= true <= interval.high, right / answered - true
            named = kind if kind != "topic" or answered else "topic unanswered"
            areas.append((named, held, by_wilson, estimate.expected - true, share_error))
    random = Random(f"{SEED} forms {scenario.name} {number}")
    passes = sum(
        sum(random.random() < p.truth[i] for i in form(random, p.blueprint, {})) >= said.needed for _ in range(FORMS)
    )
    true_score = sum(
        quota * sum(p.truth[i] for i in pool) / len(pool)
        for quota, pool in zip(quotas, w.strata[p.blueprint.id], strict=True)
    ) / sum(quotas)
    share = p.right / p.answers
    interval = wilson(p.right, p.answers)
    deviation = (interval.high - interval.low) / 2 / Z_80
    middle = (interval.high + interval.low) / 2
    sampling = share * (1 - share) / sum(quotas) + deviation**2
    return Outcome(
        p.answers,
        tuple(areas),
        said.chance,
        None,
        said.more,
        said.score_interval.low <= true_score <= said.score_interval.high,
        passes / FORMS,
        float(share >= mark),
        NormalDist().cdf((middle - mark) / deviation),
        NormalDist().cdf((middle - mark) / sqrt(sampling)),
        took,
    )
