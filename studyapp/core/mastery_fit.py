"""Fitting the model of ``mastery_model``: linear and normal around the current estimate, nested, in closed form.

The likelihood is replaced by the normal curve with the same slope and the expected curvature at the current estimate,
and that is repeated until it settles (Fisher scoring; Breslow and Clayton, "Approximate inference in generalized
linear mixed models", JASA 88, 1993). Given the two spreads everything is then linear and normal, and the nesting lets
it be solved in one pass over the topics. The spreads are averaged over a small grid by their marginal likelihood.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import exp, log, sqrt

from studyapp.core.mastery_model import Cell, Posterior, Prior, TopicState, quadratic, sigmoid

_SCORING_STEPS = 2
"""How often the likelihood is expanded anew before the spreads are looked for; and as often with new ones."""

_LOWEST = -3.0
"""Logit (5 % known) below which nothing can be told from guessing: the likelihood is flat there, and no curve fits it.

It is expanded no lower, and from there a share right far below chance counts as two logits lower still.
"""


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
    for _ in range(_SCORING_STEPS):
        between = solver.likely_spreads()
        solver.solve(between)
        solver.linearise()
    return solver.posterior(solver.solve(between), common)


Sums = tuple[float, float, float, float]
"""Sums of the working weights times response, 1, minus age, and lift: the columns of the regression.

The lift, 0 for fresh answers, is what a seen one gains on the logit scale with the share remembered.
"""

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
        self._fixed = (prior.level, (prior.gain[0] / days, prior.gain[1] / days), prior.remembered)
        self._trend, self._remembered = self._fixed[1][0], prior.remembered[0]
        self._theta = [prior.level[0]] * len(cells)
        self._sums: list[Sums] = []
        self._products: Products = (0.0,) * 10

    def linearise(self) -> None:
        """Take the likelihood's slope and expected curvature at the current estimates."""
        r1 = ra = rs = w11 = w1a = w1s = waa = was = wss = 0.0
        self._sums = []
        for theta, cells in zip(self._theta, self._cells, strict=True):
            response = weight = ages = seen = 0.0
            for cell in cells:
                n, age = cell.answers, cell.age
                eta = max(theta - self._trend * age / n, _LOWEST)
                known = sigmoid(eta)
                remembered = min(max(self._remembered, 0.0), 0.9) if cell.seen else 0.0
                unknown = (1 - cell.chance) * (1 - remembered) * (1 - known)
                p, slope = 1 - unknown, max(unknown * known, 1e-6)
                right, right_age = cell.right, cell.right_age
                if eta == _LOWEST and right < n * (p - 2 * slope):
                    right, right_age = n * (p - 2 * slope), age * (p - 2 * slope)
                each = slope * slope / (p * (1 - p))
                y, w, a = each * (n * eta + (right - n * p) / slope), each * n, -each * age
                y_age = each * (age * eta + (right_age - age * p) / slope)
                if cell.seen:
                    lift = 1 / ((1 - remembered) * max(known, 0.05))
                    y, y_age = y + lift * remembered * w, y_age - lift * remembered * a
                    seen += lift * w
                    rs, was, wss = rs + lift * y, was + lift * a, wss + lift * lift * w
                response, weight, ages = response + y, weight + w, ages + a
                ra, waa = ra - y_age, waa + each * cell.age_squared
            r1, w11, w1a, w1s = r1 + response, w11 + weight, w1a + ages, w1s + seen
            self._sums.append((response, weight, ages, seen))
        self._products = (0.0, r1, ra, rs, w11, w1a, w1s, waa, was, wss)

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
        level, self._trend, self._remembered = shared.mean
        precision = between[1] ** -2
        for members, sums in zip(self._domains.values(), shared.domains, strict=True):
            deviation = self._residual(sums) - level * sums[1]
            deviation /= sums[1] + between[0] ** -2
            for i in members:
                own = self._sums[i]
                self._theta[i] = (self._residual(own) + precision * (level + deviation)) / (own[1] + precision)
        return shared

    def _residual(self, sums: Sums) -> float:
        return sums[0] - self._trend * sums[2] - self._remembered * sums[3]

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
                full = own + on_domain * moved + quadratic(shared.covariance, on_fixed) + common
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
        level, trend, remembered = precisions
        covariance, determinant = _inverse(
            ((w11 + level, w1a, w1s), (w1a, waa + trend, was), (w1s, was, wss + remembered))
        )
        mean = [sum(c * x for c, x in zip(row, right_side, strict=True)) for row in covariance]
        evidence = (quadratic(covariance, right_side) - rr - loss - log(determinant)) / 2
        return _Shared((domain, topic), over_topics.domains, mean, covariance, evidence)


def _window(cells: Iterable[Cell]) -> float:
    """The days that the answers span: twice their mean age, at least one."""
    answers = ages = 0.0
    for cell in cells:
        answers, ages = answers + cell.answers, ages + cell.age
    return max(1.0, 2 * ages / answers) if answers else 1.0


def _inverse(matrix: Sequence[Sequence[float]]) -> tuple[list[list[float]], float]:
    """Inverse and determinant of a symmetric positive definite 3 by 3 matrix, by cofactors."""
    (a, b, c), (_, d, e), (_, _, f) = matrix
    aa, bb, cc = d * f - e * e, c * e - b * f, b * e - c * d
    determinant = a * aa + b * bb + c * cc
    dd, ee, ff = a * f - c * c, b * c - a * e, a * d - b * b
    return [[x / determinant for x in row] for row in ((aa, bb, cc), (bb, dd, ee), (cc, ee, ff))], determinant
