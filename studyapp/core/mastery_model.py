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

_Z, _LEVEL, _TREND, _PRACTICE = range(4)
"""Columns of the working regression: its response, then the shared effects."""

_SCORING_STEPS = 3


@dataclass(frozen=True, slots=True)
class Prior:
    """What is believed of a learner before the first answer, on the logit scale.

    ``level``, ``trend`` (a day) and ``practice`` are mean and standard deviation of the shared effects; ``spreads``
    are the grid for the standard deviations between domains and between the topics of a domain, ``spread`` the scale
    of their half-normal prior (Gelman, "Prior distributions for variance parameters in hierarchical models",
    Bayesian Analysis 1, 2006).
    """

    level: tuple[float, float] = (0.4, 1.1)
    trend: tuple[float, float] = (0.0, 0.012)
    practice: tuple[float, float] = (0.8, 0.6)
    spreads: tuple[float, ...] = (0.15, 0.35, 0.6, 0.9, 1.3)
    spread: float = 0.7


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
    for cell in cells:
        by_topic.setdefault(cell.topic, []).append(cell)
    solver = _Solver(dict(sorted(by_topic.items())), prior)
    between = (prior.spread / 2, prior.spread / 2)
    for _ in range(_SCORING_STEPS):
        solver.linearise()
        solver.solve(between)
    between = solver.likely_spreads()
    solver.solve(between)
    solver.linearise()
    between = solver.likely_spreads()
    return solver.solve(between, common)


class _Solver:
    """The working regression of one fit: its sums by topic, and the estimates they were taken at."""

    def __init__(self, cells: Mapping[str, Sequence[Cell]], prior: Prior) -> None:
        self._cells = [cells[topic] for topic in cells]
        self._names = list(cells)
        self._prior = prior
        domains: dict[str, list[int]] = {}
        for i, topic in enumerate(cells):
            domains.setdefault(topic.partition(".")[0], []).append(i)
        self._domains = domains
        self._fixed_mean = [prior.level[0], prior.trend[0], prior.practice[0]]
        self._theta = [prior.level[0]] * len(cells)
        # For each topic the sums of weight times response, 1, minus age, seen.
        self._sums: list[tuple[float, float, float, float]] = []
        self._products = [[0.0] * 4 for _ in range(4)]

    def linearise(self) -> None:
        """Take the likelihood's slope and curvature at the current estimates."""
        _, trend, practice = self._fixed_mean
        products = [[0.0] * 4 for _ in range(4)]
        sums = []
        for theta, cells in zip(self._theta, self._cells, strict=True):
            z = ones = ages = seen = 0.0
            for cell in cells:
                n, age = cell.answers, cell.age
                eta = theta - trend * age / n + (practice if cell.seen else 0.0)
                known = sigmoid(eta)
                chance = cell.chance
                p = chance + (1 - chance) * known
                slope = max((1 - chance) * known * (1 - known), 1e-6)
                weight = slope * slope / (p * (1 - p))
                response = weight * (n * eta + (cell.right - n * p) / slope)
                response_age = weight * (age * eta + (cell.right_age - age * p) / slope)
                # The working response is of theta plus the shared effects that the columns carry.
                z += response
                ones += weight * n
                ages -= weight * age
                products[_Z][_LEVEL] += response
                products[_Z][_TREND] -= response_age
                products[_LEVEL][_LEVEL] += weight * n
                products[_LEVEL][_TREND] -= weight * age
                products[_TREND][_TREND] += weight * cell.age_squared
                if cell.seen:
                    seen += weight * n
                    products[_Z][_PRACTICE] += response
                    products[_LEVEL][_PRACTICE] += weight * n
                    products[_TREND][_PRACTICE] -= weight * age
                    products[_PRACTICE][_PRACTICE] += weight * n
            sums.append((z, ones, ages, seen))
        self._sums, self._products = sums, products

    def likely_spreads(self) -> tuple[float, float]:
        """The root mean squares of the two spreads, over the grid, by marginal likelihood and prior."""
        grid = [
            (self._evidence(topics, domain), domain, topic)
            for topic in self._prior.spreads
            for topics in [self._over_topics(topic)]
            for domain in self._prior.spreads
        ]
        best = max(entry[0] for entry in grid)
        scale = 2 * self._prior.spread**2
        total = of_domain = of_topic = 0.0
        for evidence, domain, topic in grid:
            # Points of the grid stand for ranges that widen with it.
            weight = domain * topic * exp(evidence - best - (domain * domain + topic * topic) / scale)
            total += weight
            of_domain += weight * domain * domain
            of_topic += weight * topic * topic
        return sqrt(of_domain / total), sqrt(of_topic / total)

    def solve(self, between: tuple[float, float], common: float = 0.0) -> Posterior:
        """The posterior for these spreads (between domains, between topics), and new estimates to linearise at."""
        spread, topic_spread = between
        topics = self._over_topics(topic_spread)
        precision, right_side, _ = self._shared(topics, spread)
        covariance, _ = _inverse(precision)
        fixed = [sum(row[j] * right_side[j] for j in range(FIXED)) for row in covariance]
        states: dict[str, TopicState] = {}
        variances: dict[str, float] = {}
        for (domain, members), (sums, weight) in zip(self._domains.items(), topics.domains, strict=True):
            variance = variances[domain] = 1 / (weight + 1 / spread**2)
            loads = [-variance * sums[j + 1] for j in range(FIXED)]
            deviation = variance * sums[_Z] + sum(loads[j] * fixed[j] for j in range(FIXED))
            for i in members:
                z, *columns = self._sums[i]
                own = 1 / (columns[0] + 1 / topic_spread**2)
                on_domain = own / topic_spread**2
                on_fixed = [on_domain * loads[j] - own * columns[j] for j in range(FIXED)]
                rest = z - sum(columns[j] * fixed[j] for j in range(FIXED))
                mean = fixed[0] + on_domain * deviation + own * rest
                on_fixed[0] += 1
                full = own + on_domain**2 * variance + _quadratic(covariance, on_fixed) + common
                states[self._names[i]] = TopicState(
                    domain, mean, full, own, on_domain, (on_fixed[0], on_fixed[1], on_fixed[2])
                )
                self._theta[i] = mean
        self._fixed_mean = fixed
        return Posterior(states, variances, covariance, common, between)

    def _over_topics(self, spread: float) -> "_OverTopics":
        """Integrate the topics' own deviations out."""
        precision = 1 / spread**2
        products = [row[:] for row in self._products]
        determinant = 0.0
        domains = []
        for members in self._domains.values():
            z = ones = ages = seen = weight = 0.0
            for i in members:
                s = self._sums[i]
                if not s[1]:
                    continue
                variance = 1 / (s[1] + precision)
                determinant -= log(variance * precision)
                share = precision * variance
                z += share * s[0]
                ones += share * s[1]
                ages += share * s[2]
                seen += share * s[3]
                for j in range(4):
                    scaled = variance * s[j]
                    row = products[j]
                    for k in range(j, 4):
                        row[k] -= scaled * s[k]
            weight = ones
            domains.append(((z, ones, ages, seen), weight))
        return _OverTopics(products, domains, determinant)

    def _shared(self, topics: "_OverTopics", spread: float) -> tuple[list[list[float]], list[float], float]:
        """Integrate the domains' deviations out as well.

        Returns precision matrix and right side of the shared effects, and minus twice the log likelihood so far.
        """
        products = [row[:] for row in topics.products]
        loss = topics.determinant
        for sums, weight in topics.domains:
            loss += log(1 + weight * spread**2)
            variance = 1 / (weight + 1 / spread**2)
            for j in range(4):
                for k in range(j, 4):
                    products[j][k] -= variance * sums[j] * sums[k]
        precision = [[products[min(j, k) + 1][max(j, k) + 1] for k in range(FIXED)] for j in range(FIXED)]
        right_side = [products[_Z][j + 1] for j in range(FIXED)]
        for j, (mean, deviation) in enumerate((self._prior.level, self._prior.trend, self._prior.practice)):
            precision[j][j] += 1 / deviation**2
            right_side[j] += mean / deviation**2
        return precision, right_side, loss + products[_Z][_Z]

    def _evidence(self, topics: "_OverTopics", spread: float) -> float:
        """The log marginal likelihood of the two spreads, but for a constant."""
        precision, right_side, loss = self._shared(topics, spread)
        covariance, determinant = _inverse(precision)
        return (_quadratic(covariance, right_side) - loss - log(determinant)) / 2


@dataclass(frozen=True)
class _OverTopics:
    """The working regression with the topics integrated out: products of its columns, and sums by domain."""

    products: list[list[float]]
    domains: list[tuple[tuple[float, float, float, float], float]]
    determinant: float


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
