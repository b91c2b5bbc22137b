"""Information in bits per symbol."""

from collections.abc import Sequence
from math import fsum, log2


def entropy(frequencies: Sequence[float]) -> float:
    """Bits per symbol; frequencies are counts or probabilities, and those that are zero add nothing."""
    total = fsum(frequencies)
    return fsum(f / total * log2(total / f) for f in frequencies if f > 0)


def effective_bits(levels: int) -> float:
    """Bits of information in one of `levels` equally likely values."""
    return log2(levels)
