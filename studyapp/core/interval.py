"""How sure a share of right answers is."""

from dataclasses import dataclass
from math import sqrt

# The two-sided 80 % quantile of the normal distribution: the interval that every page of the program shows.
Z_80 = 1.2815515655446004


@dataclass(frozen=True, slots=True)
class Interval:
    """A range of shares, both ends between 0 and 1."""

    low: float
    high: float


def wilson(correct: float, answers: float, z: float = Z_80) -> Interval:
    """Wilson's score interval for ``correct`` of ``answers``, 80 % unless ``z`` says otherwise.

    No answers give the whole range. (E. B. Wilson, "Probable inference, the law of succession, and statistical
    inference", Journal of the American Statistical Association 22, 1927.)
    """
    if answers <= 0:
        return Interval(0.0, 1.0)
    share = correct / answers
    spread = z * z / answers
    middle = (share + spread / 2) / (1 + spread)
    half = z * sqrt(share * (1 - share) / answers + spread / (4 * answers)) / (1 + spread)
    # The share lies inside by the formula; rounding must not push it out at 0 and 1.
    return Interval(max(0.0, min(share, middle - half)), min(1.0, max(share, middle + half)))
