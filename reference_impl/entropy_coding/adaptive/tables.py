"""Logistic function and its inverse as tables of whole numbers, exact on every machine.

Probabilities p are 16-bit numbers, p / 2^16 strictly between 0 and 1. Logits ln(p / (1 - p)) are in units of 1/256 and
end at +-2840, which is p = 1 / 2^16. Whole-number powers of e^(1/256), whose series is summed with 200 bits, give them:
no floating-point library has a say. Mahoney, Adaptive Weighing of Context Models for Lossless Data Compression, 2005,
calls the two functions squash and stretch.
"""

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.int64]
ONE = 1 << 16  #: probability 1, itself never reached
UNIT = 256  #: a logit of 1
STEEPEST = 2840  #: logit of the least and the greatest probability
LONGEST_MEMORY = 1023  #: observations


def _powers_of_e(count: int) -> list[int]:
    """e^(k / 256) in units of 2^-200, for k = 0 ... count - 1."""
    unit = 1 << 200
    root = term = unit
    for k in range(1, 60):
        term //= UNIT * k
        root += term
    powers = [unit]
    for _ in range(count - 1):
        powers.append(powers[-1] * root >> 200)
    return powers


def _squash() -> Integers:
    powers = _powers_of_e(STEEPEST + 1)
    unit = powers[0]
    upper = [min((2 * ONE * e + e + unit) // (2 * (e + unit)), ONE - 1) for e in powers]
    lower = [max(ONE - p, 1) for p in reversed(upper[1:])]
    return np.array(lower + upper, np.int64)


#: probability of the logit k - STEEPEST
SQUASH = _squash()
#: logit of each 16-bit probability: the least one that gives at least as much
STRETCH = np.minimum(np.searchsorted(SQUASH, np.arange(ONE)), 2 * STEEPEST).astype(np.int64) - STEEPEST
#: step of a running mean after n observations, in units of 2^-16: 1 / (n + 1.5)
RATES = np.array([(2 * ONE) // (2 * n + 3) for n in range(LONGEST_MEMORY + 1)], np.int64)
