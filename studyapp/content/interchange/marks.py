"""The key of a question by the shares of the mark, in percent, that other programs give to its options."""

from collections.abc import Sequence
from dataclasses import dataclass

_WHOLE = 99.9
_NEAR = 0.01
"""How far apart shares are equal: a third is written as 33.33333 or 33.33334."""


@dataclass(frozen=True)
class Key:
    """Which options are right, what of the shares is lost, and why the question has no key of ours, if so.

    Here a question is right or it is not.
    """

    right: tuple[bool, ...]
    lost: tuple[str, ...] = ()
    trouble: str = ""


def key_of(shares: Sequence[float], *, single: bool) -> Key:
    """The key; ``single`` tells that one answer is taken."""
    right = tuple(share >= _WHOLE if single else share > 0 for share in shares)
    if single and sum(right) > 1:
        # Either would do, and none of them has to be found: to take both for the key would ask for something else.
        return Key(right, trouble=f"the question, as it takes one answer and {sum(right)} of its options are right")
    lost = []
    credit = [share for share in shares if share > 0]
    if single and any(share < _WHOLE for share in credit):
        lost.append("partial credit for an option")
    if not single and credit and max(credit) - min(credit) > _NEAR:
        lost.append("how much each of the right options counts")
    # Where several are right, a wrong one that takes all away says what holds here.
    if any(share < 0 and (single or share > -_WHOLE) for share in shares):
        lost.append("marks taken off for an option")
    return Key(right, tuple(lost))
