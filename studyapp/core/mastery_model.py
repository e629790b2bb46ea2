"""The arithmetic behind mastery: a partially pooled logistic model of right answers, solved without simulation.

An answer to a fresh question on topic ``t`` of domain ``d``, given ``age`` days before the newest answer, is right with
probability ``c + (1 - c) * k``: the chance level ``c`` of guessing, and above it the share ``k`` that is known, with

    logit k = mu + delta_d + epsilon_t - trend * age

Of the seen questions that would be answered wrong, a share ``remembered`` is right because the answer was kept in mind.
``delta_d`` and ``epsilon_t`` are normal around zero with spreads that the answers themselves suggest: that is what
lets an area with three answers lean on its domain, and that on the whole (partial pooling; Gelman and Hill, "Data
Analysis Using Regression and Multilevel/Hierarchical Models", 2007, chapters 12 and 14). Guessing enters as in the
three-parameter logistic model (Birnbaum, in Lord and Novick, "Statistical Theories of Mental Test Scores", 1968).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp, log, pi, sqrt

FIXED = 3
"""How many effects all topics share: the common level, the trend, and the share of seen questions remembered."""


@dataclass(frozen=True, slots=True)
class Prior:
    """What is believed of a learner before the first answer: means and standard deviations.

    ``level`` is the common level (logit). ``gain`` is how much it rises over the days that the answers span (logit;
    twice their mean age, so that a fortnight's crammer and a year's learner are both allowed for). ``remembered`` is
    the share (0 to 1) of the seen questions not known that are remembered. ``spreads`` are the grid for the standard
    deviations between domains and between the topics of a domain, ``spread`` the scale of their half-normal prior
    (Gelman, "Prior distributions for variance parameters in hierarchical models", Bayesian Analysis 1, 2006).
    """

    level: tuple[float, float] = (0.4, 1.1)
    gain: tuple[float, float] = (0.3, 0.7)
    remembered: tuple[float, float] = (0.35, 0.25)
    spreads: tuple[float, ...] = (0.15, 0.35, 0.6, 0.9, 1.3)
    spread: float = 0.8


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
        variance = own + common * common * self.common + quadratic(self.fixed, on_fixed)
        variance += sum(slope * slope * self.domains[domain] for domain, slope in on_domain.items())
        return mean, sqrt(variance)


_MACKAY = pi / 8


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


def quadratic(matrix: Sequence[Sequence[float]], v: Sequence[float]) -> float:
    """``v`` times a symmetric 3 by 3 matrix times ``v``."""
    a, b, c = matrix
    x, y, z = v
    return a[0] * x * x + b[1] * y * y + c[2] * z * z + 2 * (a[1] * x * y + a[2] * x * z + b[2] * y * z)
