"""Information in bits per symbol. C. E. Shannon, A Mathematical Theory of Communication, 1948, section 6.

All raise EmptyInput where no symbol occurs, NotFinite, WrongDtype, and OutOfRange for a negative frequency.
"""

from collections.abc import Iterable
from math import fsum, inf, log2

from reference_impl.entropy_coding.frequencies import checked
from reference_impl.errors import OutOfRange
from reference_impl.reals import whole_number


def entropy(frequencies: Iterable[float]) -> float:
    """Bits per symbol; frequencies are counts or probabilities, and those that are zero add nothing.

    scipy.stats.entropy(frequencies, base=2) is the same.
    """
    numbers = checked(frequencies)
    total = fsum(numbers)
    return fsum(f / total * _information(f, total) for f in numbers if f > 0)


def cross_entropy(frequencies: Iterable[float], coded_for: Iterable[float]) -> float:
    """Bits per symbol of symbols that occur as `frequencies` under an ideal code made for `coded_for`.

    Both are counts or probabilities of one alphabet. It is at least the entropy of `frequencies`; the difference is the
    Kullback-Leibler divergence. Infinite where a symbol occurs that the code does not expect.
    Raises OutOfRange also for alphabets of different sizes.
    """
    real, expected = checked(frequencies), checked(coded_for)
    if len(real) != len(expected):
        raise OutOfRange(f"two distributions over {len(real)} and {len(expected)} symbols cannot be compared")
    total, expected_total = fsum(real), fsum(expected)
    if any(p > 0 and q == 0 for p, q in zip(real, expected, strict=True)):
        return inf
    pairs = zip(real, expected, strict=True)
    return fsum(p / total * _information(q, expected_total) for p, q in pairs if p > 0)


def divergence(frequencies: Iterable[float], coded_for: Iterable[float]) -> float:
    """Kullback-Leibler divergence in bits: what the wrong code costs per symbol, never below 0."""
    real = checked(frequencies)
    return max(0.0, cross_entropy(real, coded_for) - entropy(real))


def effective_bits(levels: int) -> float:
    """Bits of information in one of `levels` equally likely values. Raises OutOfRange below 1, WrongDtype."""
    return log2(whole_number(levels, 1, inf, "the number of levels"))


def _information(frequency: float, total: float) -> float:
    """Bits of a symbol; a quotient beyond float64 is the difference of two logarithms."""
    quotient = total / frequency
    return log2(quotient) if quotient < inf else log2(total) - log2(frequency)
