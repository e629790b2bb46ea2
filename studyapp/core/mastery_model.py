"""The arithmetic behind mastery: a partially pooled logistic model of right answers, solved without simulation.

An answer on topic ``t`` of domain ``d``, given ``age`` days before the newest one, is right with probability
``c + (1 - c) * k``: the chance level ``c`` of guessing, and above it the share ``k`` that is known, with

    logit k = mu + delta_d + epsilon_t - trend * age + practice * [question seen before]

``delta_d`` and ``epsilon_t`` are normal around zero with spreads that the answers themselves suggest: that is what
lets an area with three answers lean on its domain, and that on the whole (partial pooling; Gelman and Hill, "Data
Analysis Using Regression and Multilevel/Hierarchical Models", 2007, chapters 12 and 14). Guessing enters as in the
three-parameter logistic model (Birnbaum, in Lord and Novick, "Statistical Theories of Mental Test Scores", 1968).

The likelihood is replaced by the normal curve with the same slope and the expected curvature at the current estimate,
and that is repeated until it settles (Fisher scoring; Breslow and Clayton, "Approximate inference in generalized
linear mixed models", JASA 88, 1993). Given the two spreads everything is then linear and normal, and the nesting lets
it be solved in one pass over the topics. The spreads are averaged over a small grid by their marginal likelihood.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import exp, log, sqrt

FIXED = 3
"""How many effects all topics share: the common level, the trend, and what having seen a question adds."""

_SCORING_STEPS = 2
"""How often the likelihood is expanded anew before the spreads are looked for; once more after that."""


@dataclass(frozen=True, slots=True)
class Prior:
    """What is believed of a learner before the first answer, on the logit scale.

    ``level``, ``trend`` (a day) and ``practice`` are mean and standard deviation of the shared effects; ``spreads``
    are the grid for the standard deviations between domains and between the topics of a domain, ``spread`` the scale
    of their half-normal prior (Gelman, "Prior distributions for variance parameters in hierarchical models",
    Bayesian Analysis 1, 2006).
    """

    level: tuple[float, float] = (0.4, 1.1)
    gain: tuple[float, float] = (0.3, 0.5)
    practice: tuple[float, float] = (0.6, 0.5)
    spreads: tuple[float, ...] = (0.15, 0.35, 0.6, 0.9, 1.3)
    spread: float = 1.0


@dataclass(frozen=True, slots=True)
class Cell:
    """Answers of one topic, all fresh or all seen before, as weighted sums over them.

    ``answers`` is the number of answers they are worth, ``right`` the right ones among them, ``chance`` the mean
    chance level (0 to 1). ``age`` and ``age_squared`` are sums over the answers, ``right_age`` over the right ones.
    """

    topic: str
    seen: bool
    answers: float
    right: float
    chance: float
    age: float
    age_squared: float
    right_age: float


@dataclass(frozen=True, slots=True)
class TopicState:
    """The estimate of one topic: logit ``mean`` and ``variance``, and what it shares with the others.

    ``own`` is the variance that no other topic shares, ``on_domain`` how much it moves with its domain's deviation,
    ``on_fixed`` how much with each of the shared effects.
    """

    domain: str
    mean: float
    variance: float
    own: float
    on_domain: float
    on_fixed: tuple[float, float, float]


@dataclass(frozen=True)
class Posterior:
    """What the answers say of all topics together. Topics are dependent, through their domains and shared effects.

    ``domains`` is the variance of each domain's deviation, ``fixed`` the covariance matrix of the shared effects,
    ``common`` a variance that moves all topics alike, ``between`` the spreads between domains and between topics.
    """

    topics: Mapping[str, TopicState]
    domains: Mapping[str, float]
    fixed: Sequence[Sequence[float]]
    common: float
    between: tuple[float, float]

    def known(self, weights: Mapping[str, float]) -> tuple[float, float]:
        """Mean and standard deviation of the share known, averaged over topics with weights that add up to 1.

        The mean of a logistic normal variable and its slope are MacKay's approximations ("The evidence framework
        applied to classification networks", Neural Computation 4, 1992); between topics the delta method.

        Raises:
            KeyError: where a topic was not among those the model was fitted for.
        """
        mean = own = common = 0.0
        on_domain: dict[str, float] = {}
        on_fixed = [0.0] * FIXED
        for topic, weight in weights.items():
            state = self.topics[topic]
            shrink = 1 / sqrt(1 + _MACKAY * state.variance)
            share = sigmoid(shrink * state.mean)
            slope = weight * shrink * share * (1 - share)
            mean += weight * share
            common += slope
            own += slope * slope * state.own
            on_domain[state.domain] = on_domain.get(state.domain, 0.0) + slope * state.on_domain
            for j in range(FIXED):
                on_fixed[j] += slope * state.on_fixed[j]
        variance = own + common * common * self.common + _quadratic(self.fixed, on_fixed)
        variance += sum(slope * slope * self.domains[domain] for domain, slope in on_domain.items())
        return mean, sqrt(variance)


_MACKAY = 0.39269908169872414  # pi / 8


def sigmoid(x: float) -> float:
    """The logistic function, for any finite ``x``."""
    if x >= 0:
        return 1 / (1 + exp(-x))
    e = exp(x)
    return e / (1 + e)


def logistic_normal(mean: float, deviation: float) -> tuple[float, float]:
    """Centre and standard deviation, on the logit scale, of a share with this mean (0 to 1) and standard deviation.

    The inverse of MacKay's approximation: for a single topic it gives back the topic's own mean and variance.
    """
    mean = min(max(mean, 1e-9), 1 - 1e-9)
    slope = (deviation / (mean * (1 - mean))) ** 2
    variance = slope / max(1 - _MACKAY * slope, 1e-3)
    return log(mean / (1 - mean)) * sqrt(1 + _MACKAY * variance), sqrt(variance)


def fit(cells: Iterable[Cell], topics: Iterable[str], prior: Prior, common: float = 0.0) -> Posterior:
    """Fit the model; ``topics`` may name topics without answers. A topic's domain is its id up to the first dot.

    ``common`` is a variance added to all topics alike (logit squared). The result does not depend on any order.
    """
    by_topic: dict[str, list[Cell]] = {topic: [] for topic in sorted(topics)}
    for cell in sorted(cells, key=lambda c: (c.topic, c.seen)):
        by_topic.setdefault(cell.topic, []).append(cell)
    solver = _Solver(dict(sorted(by_topic.items())), prior)
    between = (prior.spread / 2, prior.spread / 2)
    for _ in range(_SCORING_STEPS):
        solver.linearise()
        solver.solve(between)
    between = solver.likely_spreads()
    solver.solve(between)
    solver.linearise()
    return solver.posterior(solver.solve(between), common)


Sums = tuple[float, float, float, float]
"""Sums of the working weights times response, 1, minus age, and seen: the columns of the regression."""

Products = tuple[float, float, float, float, float, float, float, float, float, float]
"""Sums of products of the columns r, 1, a and s, in the order rr, r1, ra, rs, 11, 1a, 1s, aa, as, ss."""


@dataclass(frozen=True)
class _OverTopics:
    """The regression with the topics integrated out: what is left of the products, and the sums by domain.

    ``loss`` is minus twice the log of the factor that the integration leaves.
    """

    products: Products
    domains: list[Sums]
    loss: float


@dataclass(frozen=True)
class _Shared:
    """The shared effects for given spreads: mean, covariance, and the log marginal likelihood but for a constant."""

    between: tuple[float, float]
    domains: list[Sums]
    mean: list[float]
    covariance: list[list[float]]
    evidence: float


class _Solver:
    """The working regression of one fit: its sums by topic, and the estimates they were taken at."""

    def __init__(self, cells: Mapping[str, Sequence[Cell]], prior: Prior) -> None:
        self._topics = list(cells)
        self._cells = list(cells.values())
        self._prior = prior
        self._domains: dict[str, list[int]] = {}
        for i, topic in enumerate(cells):
            self._domains.setdefault(topic.partition(".")[0], []).append(i)
        days = _window(cell for of_topic in self._cells for cell in of_topic)
        self._fixed = (prior.level, (prior.gain[0] / days, prior.gain[1] / days), prior.practice)
        self._trend, self._practice = self._fixed[1][0], prior.practice[0]
        self._theta = [prior.level[0]] * len(cells)
        self._sums: list[Sums] = []
        self._products: Products = (0.0,) * 10

    def linearise(self) -> None:
        """Take the likelihood's slope and expected curvature at the current estimates."""
        r1 = ra = rs = w11 = w1a = w1s = waa = was = 0.0
        self._sums = []
        for theta, cells in zip(self._theta, self._cells, strict=True):
            response = weight = ages = seen = 0.0
            for cell in cells:
                n, age = cell.answers, cell.age
                eta = theta - self._trend * age / n + (self._practice if cell.seen else 0.0)
                known = sigmoid(eta)
                p = cell.chance + (1 - cell.chance) * known
                slope = max((1 - cell.chance) * known * (1 - known), 1e-6)
                each = slope * slope / (p * (1 - p))
                y, w, a = each * (n * eta + (cell.right - n * p) / slope), each * n, -each * age
                response, weight, ages = response + y, weight + w, ages + a
                ra -= each * (age * eta + (cell.right_age - age * p) / slope)
                waa += each * cell.age_squared
                if cell.seen:
                    seen, rs, was = seen + w, rs + y, was + a
            r1, w11, w1a, w1s = r1 + response, w11 + weight, w1a + ages, w1s + seen
            self._sums.append((response, weight, ages, seen))
        self._products = (0.0, r1, ra, rs, w11, w1a, w1s, waa, was, w1s)

    def likely_spreads(self) -> tuple[float, float]:
        """The root mean squares of the spreads between domains and between topics, over the grid.

        Points are weighed by marginal likelihood and prior, and by the range they stand for, which widens with them.
        """
        grid = [
            self._shared(over_topics, domain, topic)
            for topic in self._prior.spreads
            for over_topics in [self._over_topics(topic)]
            for domain in self._prior.spreads
        ]
        best = max(point.evidence for point in grid)
        scale = 2 * self._prior.spread**2
        total = of_domain = of_topic = 0.0
        for point in grid:
            domain, topic = point.between
            weight = domain * topic * exp(point.evidence - best - (domain * domain + topic * topic) / scale)
            total += weight
            of_domain += weight * domain * domain
            of_topic += weight * topic * topic
        return sqrt(of_domain / total), sqrt(of_topic / total)

    def solve(self, between: tuple[float, float]) -> _Shared:
        """The shared effects for these spreads, and from them the estimates to linearise at."""
        shared = self._shared(self._over_topics(between[1]), *between)
        level, self._trend, self._practice = shared.mean
        precision = between[1] ** -2
        for members, sums in zip(self._domains.values(), shared.domains, strict=True):
            deviation = self._residual(sums) - level * sums[1]
            deviation /= sums[1] + between[0] ** -2
            for i in members:
                own = self._sums[i]
                self._theta[i] = (self._residual(own) + precision * (level + deviation)) / (own[1] + precision)
        return shared

    def _residual(self, sums: Sums) -> float:
        return sums[0] - self._trend * sums[2] - self._practice * sums[3]

    def posterior(self, shared: _Shared, common: float) -> Posterior:
        """All topics' means, variances and what they share, once ``solve`` has set the means."""
        spread, topic_spread = shared.between
        precision = topic_spread**-2
        states: dict[str, TopicState] = {}
        variances: dict[str, float] = {}
        for (domain, members), sums in zip(self._domains.items(), shared.domains, strict=True):
            variance = variances[domain] = 1 / (sums[1] + spread**-2)
            for i in members:
                _, weight, ages, seen = self._sums[i]
                own = 1 / (weight + precision)
                on_domain = own * precision
                moved = on_domain * variance
                on_fixed = (
                    on_domain - moved * sums[1],
                    -moved * sums[2] - own * ages,
                    -moved * sums[3] - own * seen,
                )
                full = own + on_domain * moved + _quadratic(shared.covariance, on_fixed) + common
                states[self._topics[i]] = TopicState(domain, self._theta[i], full, own, on_domain, on_fixed)
        return Posterior(states, variances, shared.covariance, common, shared.between)

    def _over_topics(self, spread: float) -> _OverTopics:
        """Integrate the topics' own deviations out."""
        precision = spread**-2
        rr, r1, ra, rs, w11, w1a, w1s, waa, was, wss = self._products
        loss = 0.0
        domains = []
        for members in self._domains.values():
            response = weight = ages = seen = 0.0
            for i in members:
                r, w, a, s = self._sums[i]
                if not w:
                    continue
                variance = 1 / (w + precision)
                share = precision * variance
                loss -= log(share)
                response, weight, ages, seen = (
                    response + share * r,
                    weight + share * w,
                    ages + share * a,
                    seen + share * s,
                )
                rr -= variance * r * r
                r1 -= variance * r * w
                ra -= variance * r * a
                w11 -= variance * w * w
                w1a -= variance * w * a
                waa -= variance * a * a
                if s:
                    rs -= variance * r * s
                    w1s -= variance * w * s
                    was -= variance * a * s
                    wss -= variance * s * s
            domains.append((response, weight, ages, seen))
        return _OverTopics((rr, r1, ra, rs, w11, w1a, w1s, waa, was, wss), domains, loss)

    def _shared(self, over_topics: _OverTopics, domain: float, topic: float) -> _Shared:
        """Integrate the domains' deviations out as well, and solve for the shared effects."""
        rr, r1, ra, rs, w11, w1a, w1s, waa, was, wss = over_topics.products
        loss = over_topics.loss
        for r, w, a, s in over_topics.domains:
            if not w:
                continue
            variance = 1 / (w + domain**-2)
            loss += log(1 + w * domain**2)
            rr -= variance * r * r
            r1 -= variance * r * w
            ra -= variance * r * a
            rs -= variance * r * s
            w11 -= variance * w * w
            w1a -= variance * w * a
            w1s -= variance * w * s
            waa -= variance * a * a
            was -= variance * a * s
            wss -= variance * s * s
        precisions = [deviation**-2 for _, deviation in self._fixed]
        right_side = [x + q * m for x, q, (m, _) in zip((r1, ra, rs), precisions, self._fixed, strict=True)]
        level, trend, practice = precisions
        covariance, determinant = _inverse(
            ((w11 + level, w1a, w1s), (w1a, waa + trend, was), (w1s, was, wss + practice))
        )
        mean = [sum(c * x for c, x in zip(row, right_side, strict=True)) for row in covariance]
        evidence = (_quadratic(covariance, right_side) - rr - loss - log(determinant)) / 2
        return _Shared((domain, topic), over_topics.domains, mean, covariance, evidence)


def _window(cells: Iterable[Cell]) -> float:
    """The days that the answers span: twice their mean age, at least one."""
    answers = ages = 0.0
    for cell in cells:
        answers, ages = answers + cell.answers, ages + cell.age
    return max(1.0, 2 * ages / answers) if answers else 1.0


def _quadratic(matrix: Sequence[Sequence[float]], v: Sequence[float]) -> float:
    """``v`` times a symmetric 3 by 3 matrix times ``v``."""
    a, b, c = matrix
    x, y, z = v
    return a[0] * x * x + b[1] * y * y + c[2] * z * z + 2 * (a[1] * x * y + a[2] * x * z + b[2] * y * z)


def _inverse(matrix: Sequence[Sequence[float]]) -> tuple[list[list[float]], float]:
    """Inverse and determinant of a symmetric positive definite 3 by 3 matrix, by cofactors."""
    (a, b, c), (_, d, e), (_, _, f) = matrix
    aa, bb, cc = d * f - e * e, c * e - b * f, b * e - c * d
    determinant = a * aa + b * bb + c * cc
    dd, ee, ff = a * f - c * c, b * c - a * e, a * d - b * b
    return [[x / determinant for x in row] for row in ((aa, bb, cc), (bb, dd, ee), (cc, ee, ff))], determinant
