"""Frequencies as callers give them: counts or probabilities, one per symbol."""

from collections.abc import Iterable
from math import fsum, isfinite
from numbers import Integral, Real
from typing import Any

from reference_impl.errors import EmptyInput, NotFinite, OutOfRange, WrongDtype
from reference_impl.reals import listed

MOST = 2**1000  #: sums of frequencies above it come near the end of float64


def checked(frequencies: Iterable[float]) -> list[float]:
    """The same as Python's numbers, whose sums do not wrap as those of a numpy array of small integers would.

    Raises EmptyInput where none is positive, NotFinite, OutOfRange for a negative one or a sum above 2^1000, WrongDtype
    for anything but a row of real numbers.
    """
    numbers = [
        _number(symbol, frequency) for symbol, frequency in enumerate(listed(frequencies, "frequencies"))
    ]
    if not any(numbers):
        raise EmptyInput("no symbol occurs, so there is nothing to code")
    if max(numbers) > MOST or fsum(numbers) > MOST:
        raise OutOfRange("the frequencies are too large to be added; scale them down")
    return numbers


def _number(symbol: int, frequency: Any) -> float:
    if hasattr(frequency, "item") and getattr(frequency, "ndim", 1) == 0:
        frequency = frequency.item()
    if not isinstance(frequency, Real):
        raise WrongDtype(f"the frequency of symbol {symbol} is no real number: {frequency!r}")
    if isinstance(frequency, Integral):
        number: float = int(frequency)
    else:
        number = float(frequency)
        if not isfinite(number):
            raise NotFinite(f"the frequency of symbol {symbol} is {frequency}; count the symbols again")
    if number < 0:
        raise OutOfRange(f"the frequency of symbol {symbol} is {frequency}, but none lies below 0")
    return number
