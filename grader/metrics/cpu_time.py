"""CPU time against a baseline from pairs of calls, with a band of noise. Pure: the race itself is in grader/race.py."""

import math
from collections.abc import Sequence
from statistics import median

from grader.metric import Metric

FEWEST_PAIRS = 7
BAND_CONFIDENCE = 0.95
#: of the value, to either side: CPU time of pairs spreads less on any machine, and since the better end of a band counts, who
#: computes in vain now and then would gain by it
WIDEST = 0.25


def cpu_time_ratio(learner_s: Sequence[float], baseline_s: Sequence[float]) -> Metric:
    """The median of the ratios of pairs: calls with the same input, one right after the other, so that a clock which
    speeds up or slows down does so for both. Below 1 the learner is faster.

    The band: the two ratios, counted from either end in order of size, between which the true median lies with at
    least 95 % probability, whatever the noise looks like (interval of the sign test; H. A. David and
    H. N. Nagaraja, Order Statistics, 3rd ed., section 7.1), but no further from the value than WIDEST.
    ValueError: fewer than FEWEST_PAIRS, or a time of zero.
    """
    if len(learner_s) != len(baseline_s) or len(learner_s) < FEWEST_PAIRS:
        raise ValueError(
            f"{len(learner_s)} and {len(baseline_s)} times; at least {FEWEST_PAIRS} pairs are needed"
        )
    if min(*learner_s, *baseline_s) <= 0:
        raise ValueError("a call cannot take no time at all")
    ratios = sorted(mine / theirs for mine, theirs in zip(learner_s, baseline_s, strict=True))
    left_out = ratios_left_out(len(ratios))
    value = _middle(ratios)
    return Metric(
        key="cpu_time_ratio",
        value=value,
        low=max(ratios[left_out], value / (1 + WIDEST)),
        high=min(ratios[-1 - left_out], value * (1 + WIDEST)),
        reference=median(baseline_s),
        details={"pairs": len(ratios), "cpu_ms": 1000 * median(learner_s)},
    )


def _middle(ratios: Sequence[float]) -> float:
    """The median of ratios in order; between the two in the middle the geometric mean, so that either side may be the
    one that is divided by."""
    lower, upper = ratios[(len(ratios) - 1) // 2], ratios[len(ratios) // 2]
    return min(max(math.sqrt(lower * upper), lower), upper)


def ratios_left_out(n: int, confidence: float = BAND_CONFIDENCE) -> int:
    """At each end: the most for which both tails of Binomial(n, 1/2) together stay within 1 - confidence."""
    tail, left_out = 0.0, -1
    while True:
        tail += math.comb(n, left_out + 1) / 2.0**n
        if 2 * tail > 1 - confidence:
            return max(left_out, 0)
        left_out += 1
