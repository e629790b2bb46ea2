"""Is the program honest about what a learner knows? Simulated learners, whose truth is known, sit the shipped exams.

Run as ``python tests/benchmarks/readiness.py [learners for each scenario]``. Each scenario makes learners in another
way, none of them as the model supposes: questions differ in difficulty, abilities are skewed or two-humped, learning
is uneven and slows down, guessing is better than chance, what was seen is partly remembered. The answers go in as daily
totals; the truth is the learner's mean chance on the questions of an area today, and fresh forms actually drawn.
"""

import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
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
from studyapp.core.interval import Z_80, Interval, wilson
from studyapp.core.mastery import Area, DailyTotal, Learner, chance_level, learn, mastery, weigh
from studyapp.core.mastery_areas import domain_areas, stratum_areas, topic_areas
from studyapp.core.readiness import at_least, readiness

SEED = 20261123
LEARNERS = 500
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
class Judged:
    """One area of one learner: what was said, in share right on fresh questions, beside the truth."""

    kind: str
    held: bool
    error: float
    width: float
    share_held: bool | None = None
    share_error: float | None = None
    share_width: float | None = None


@dataclass(frozen=True)
class Outcome:
    """What was said of one learner's chances, and how many of the fresh forms were passed (0 to 1).

    ``said`` is the program's chance, None where it asks for more questions. The others are what the share of all
    answers says: held against the pass mark, by Wilson's interval, and by that with a form's own luck added.
    """

    areas: tuple[Judged, ...]
    said: float | None
    passed: float
    score_held: bool
    chance_held: bool | None
    verdict: float
    by_wilson: float
    with_luck: float
    milliseconds: float


def outcome(scenario: Scenario, number: int) -> Outcome:
    w, p = world(), person(scenario, number)
    strata, quotas, mark = w.stratum_areas[p.blueprint.id], p.blueprint.quotas(), p.blueprint.pass_mark
    begun = time.perf_counter()
    learner = learn(weigh(p.totals, p.today), w.bank.syllabus.topics)
    said = readiness(learner, strata, quotas, mark)
    took = (time.perf_counter() - begun) * 1e3
    true_strata = [mean(p.truth[i] for i in pool) for pool in w.strata[p.blueprint.id]]
    true_score = sum(quota * true for quota, true in zip(quotas, true_strata, strict=True)) / sum(quotas)
    true_chance = at_least(said.needed, list(zip(quotas, true_strata, strict=True)))
    random = Random(f"{SEED} forms {scenario.name} {number}")
    forms = [form(random, p.blueprint, {}) for _ in range(FORMS)]
    share, interval = p.right / p.answers, wilson(p.right, p.answers)
    middle, deviation = (interval.low + interval.high) / 2, (interval.high - interval.low) / 2 / Z_80
    luck = sqrt(deviation**2 + share * (1 - share) / sum(quotas))
    return Outcome(
        areas=tuple(judge_areas(p, learner, strata, true_strata)),
        said=said.chance,
        passed=mean(sum(random.random() < p.truth[i] for i in sat) >= said.needed for sat in forms),
        score_held=holds(said.score_interval, true_score),
        chance_held=holds(said.interval, true_chance) if said.interval else None,
        verdict=float(share >= mark),
        by_wilson=NormalDist().cdf((middle - mark) / deviation),
        with_luck=NormalDist().cdf((middle - mark) / luck),
        milliseconds=took,
    )


def nth_outcome(scenario: int, number: int) -> Outcome:
    return outcome(SCENARIOS[scenario], number)


def judge_areas(p: Person, learner: Learner, strata: Sequence[Area], true_strata: Sequence[float]) -> Iterator[Judged]:
    w = world()
    raw: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for total in p.totals:
        for area in (total.topic, total.topic.partition(".")[0]):
            raw[area][0] += total.right
            raw[area][1] += total.answers
    for kind, areas in (("domain", w.domains), ("topic", w.topics)):
        for estimate in mastery(learner, areas):
            true = mean(p.truth[i] for i in w.members[estimate.area])
            said = holds(estimate.expected_interval, true), estimate.expected - true, width(estimate.expected_interval)
            right, answers = raw[estimate.area]
            if answers:
                usual = wilson(right, answers)
                yield Judged(kind, *said, holds(usual, true), right / answers - true, width(usual))
            else:
                yield Judged("unanswered", *said)
    for estimate, true in zip(mastery(learner, strata), true_strata, strict=True):
        interval = estimate.expected_interval
        yield Judged("stratum", holds(interval, true), estimate.expected - true, width(interval))


def width(interval: Interval) -> float:
    return interval.high - interval.low


def holds(interval: Interval, value: float) -> bool:
    return interval.low <= value <= interval.high


def mean(values: Iterable[float]) -> float:
    found = list(values)
    return sum(found) / len(found)


@dataclass(frozen=True)
class Figures:
    """What a group of learners shows, over all areas (``""``) and by kind of area; shares are 0 to 1.

    Errors and widths are of areas with answers, for domains and topics alike; what Wilson holds is of domains.
    """

    learners: int
    held: dict[str, float]
    error: float
    width: float
    share_held: float
    share_error: float
    share_width: float
    told: float
    score_held: float
    chance_held: float
    calibration: float
    brier: float
    brier_verdict: float
    brier_wilson: float
    brier_luck: float
    calibration_wilson: float
    milliseconds: float


KINDS = ("domain", "topic", "unanswered", "stratum")


def figures(outcomes: Sequence[Outcome]) -> Figures:
    areas = [area for o in outcomes for area in o.areas]
    answered = [area for area in areas if area.share_error is not None]
    told = [o for o in outcomes if o.said is not None]

    def brier(chance: Callable[[Outcome], float]) -> float:
        # A form passed or failed against what was said, over all forms of a learner.
        return mean(o.passed * (1 - chance(o)) ** 2 + (1 - o.passed) * chance(o) ** 2 for o in told)

    return Figures(
        learners=len(outcomes),
        held={"": mean(a.held for a in areas)} | {k: mean(a.held for a in areas if a.kind == k) for k in KINDS},
        error=sqrt(mean(a.error**2 for a in answered)),
        width=mean(a.width for a in answered),
        share_held=mean(a.share_held for a in answered if a.kind == "domain"),
        share_error=sqrt(mean(a.share_error**2 for a in answered)),
        share_width=mean(a.share_width for a in answered),
        told=len(told) / len(outcomes),
        score_held=mean(o.score_held for o in outcomes),
        chance_held=mean(o.chance_held for o in told),
        calibration=calibration_error(told, lambda o: o.said),
        brier=brier(lambda o: o.said),
        brier_verdict=brier(lambda o: o.verdict),
        brier_wilson=brier(lambda o: o.by_wilson),
        brier_luck=brier(lambda o: o.with_luck),
        calibration_wilson=calibration_error(told, lambda o: o.by_wilson),
        milliseconds=median(o.milliseconds for o in outcomes),
    )


def calibration_error(outcomes: Sequence[Outcome], chance: Callable[[Outcome], float], bins: int = 10) -> float:
    """Expected calibration error: by how much chance and forms passed differ, over ten bins of the chance."""
    gaps: dict[int, float] = defaultdict(float)
    for o in outcomes:
        gaps[min(int(chance(o) * bins), bins - 1)] += chance(o) - o.passed
    return sum(map(abs, gaps.values())) / len(outcomes)


def reliability(outcomes: Sequence[Outcome]) -> None:
    print("\nchance said     learners   mean said   forms passed")
    told = [o for o in outcomes if o.said is not None]
    for tenth in range(10):
        group = [o for o in told if min(int(o.said * 10), 9) == tenth]
        if group:
            said, passed = mean(o.said for o in group), mean(o.passed for o in group)
            print(f"{tenth * 10:3}–{tenth * 10 + 10:3} % {len(group):14,} {said:11.1%} {passed:14.1%}")


def main() -> None:
    learners = int(sys.argv[1]) if len(sys.argv) > 1 else LEARNERS
    begun = time.perf_counter()
    with ProcessPoolExecutor(2) as pool:
        groups = [list(pool.map(partial(nth_outcome, i), range(learners), chunksize=25)) for i in range(len(SCENARIOS))]
    together = [o for group in groups for o in group]
    rows = [(s.name, figures(group)) for s, group in zip(SCENARIOS, groups, strict=True)]
    rows.append(("all of them", figures(together)))
    print(f"{len(together):,} learners, {len(together) * FORMS:,} forms, seed {SEED}\n")
    print(
        f"{'MASTERY: 80 % intervals that hold the truth':46} {'all':>6} " + " ".join(f"{k:>10}" for k in KINDS), end=""
    )
    print(f" {'error':>6} {'width':>6}   usual, share of all answers: Wilson holds (domain), error, width")
    for name, f in rows:
        print(f"{name:46} {f.held['']:6.1%} " + " ".join(f"{f.held[k]:10.1%}" for k in KINDS), end="")
        print(f" {f.error:6.3f} {f.width:6.3f} {f.share_held:45.1%} {f.share_error:9.3f} {f.share_width:6.3f}")
    print(f"\n{'READINESS':46} {'told':>6} {'score held':>10} {'chance held':>11} {'ECE':>6} {'Brier':>6}", end="")
    print("   usual: share ≥ mark, Wilson, Wilson + luck, ECE of Wilson")
    for name, f in rows:
        print(f"{name:46} {f.told:6.1%} {f.score_held:10.1%} {f.chance_held:11.1%} {f.calibration:6.3f}", end="")
        print(f" {f.brier:6.3f} {f.brier_verdict:21.3f} {f.brier_wilson:7.3f} {f.brier_luck:14.3f}", end="")
        print(f" {f.calibration_wilson:13.3f}")
    reliability(together)
    print(f"\nmedian of weigh, learn and readiness: {rows[-1][1].milliseconds:.1f} ms for 168 topics, two at a time")
    print(f"{time.perf_counter() - begun:.0f} s in all")


if __name__ == "__main__":
    main()
