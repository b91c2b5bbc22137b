"""Frequencies as callers give them: counts or probabilities, one per symbol."""

from collections.abc import Iterable
from math import isfinite

from reference_impl.errors import EmptyInput, NotFinite, OutOfRange


def checked(frequencies: Iterable[float]) -> list[float]:
    """The same numbers. Raises EmptyInput where none is positive, NotFinite, OutOfRange for a negative one."""
    numbers = list(frequencies)
    for symbol, frequency in enumerate(numbers):
        if not isfinite(frequency):
            raise NotFinite(f"the frequency of symbol {symbol} is {frequency}; count the symbols again")
        if frequency < 0:
            raise OutOfRange(f"the frequency of symbol {symbol} is {frequency}, but none lies below 0")
    if not any(numbers):
        raise EmptyInput("no symbol occurs, so there is nothing to code")
    return numbers
