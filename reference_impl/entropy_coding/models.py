"""What an arithmetic coder knows about the next symbol: an interval of whole numbers for each.

A model must change in the same way on both sides: it may learn only from symbols already coded.
"""

from collections.abc import Iterable
from math import fsum
from typing import Protocol

from reference_impl.entropy_coding.frequencies import checked
from reference_impl.errors import OutOfRange
from reference_impl.reals import whole_number

MOST = 2**16  #: the greatest total the coders can divide their range by without loss worth naming


class Model(Protocol):
    @property
    def total(self) -> int: ...  #: 1 ... MOST
    def interval(
        self, symbol: int
    ) -> tuple[int, int]: ...  #: start and width out of total; width 0: impossible
    def symbol_at(self, value: int) -> int: ...  #: the symbol whose interval holds value
    def learn(self, symbol: int) -> None: ...


class StaticModel:
    """Fixed frequencies, scaled to whole numbers that add up to 2^precision; what occurs keeps at least 1.

    The scaled frequencies have to travel with the data. Raises OutOfRange where 2^precision is above 2^16 or below the
    number of symbols that occur.
    """

    def __init__(self, frequencies: Iterable[float], *, precision: int = 12) -> None:
        self.widths = scaled(frequencies, precision=precision)
        self.total = 2**precision
        self._starts = [0]
        for width in self.widths:
            self._starts.append(self._starts[-1] + width)
        self._symbols = [symbol for symbol, width in enumerate(self.widths) for _ in range(width)]

    def interval(self, symbol: int) -> tuple[int, int]:
        return self._starts[symbol], self.widths[symbol]

    def symbol_at(self, value: int) -> int:
        return self._symbols[value]

    def learn(self, symbol: int) -> None:
        """Nothing: both sides know the frequencies beforehand."""


class AdaptiveModel:
    """Counts what has passed; nothing has to travel with the data.

    Each symbol begins with the count 1 (Laplace) and gains `step` when it occurs; counts are halved, never to 0, when
    they would pass `most`: the smaller, the faster old symbols are forgotten.
    I. H. Witten, R. M. Neal, J. G. Cleary, Arithmetic Coding for Data Compression, Communications of the ACM 30(6),
    1987, "Adaptive models". Raises OutOfRange, WrongDtype.
    """

    def __init__(self, symbols: int, *, step: int = 24, most: int = MOST) -> None:
        symbols = whole_number(symbols, 1, 2**12, "the number of symbols of an adaptive model")
        step, most = whole_number(step, 1, MOST, "step"), whole_number(most, 1, MOST, "most")
        if 2 * (symbols + step) > most:
            raise OutOfRange(f"counts of {symbols} symbols in steps of {step} cannot stay within {most}")
        self.counts = [1] * symbols
        self.total = symbols
        self.step, self.most = step, most

    def interval(self, symbol: int) -> tuple[int, int]:
        return sum(self.counts[:symbol]), self.counts[symbol]

    def symbol_at(self, value: int) -> int:
        symbol = passed = 0
        while passed + self.counts[symbol] <= value:
            passed += self.counts[symbol]
            symbol += 1
        return symbol

    def learn(self, symbol: int) -> None:
        self.counts[symbol] += self.step
        self.total += self.step
        if self.total > self.most:
            self.counts = [(count + 1) // 2 for count in self.counts]
            self.total = sum(self.counts)


def scaled(frequencies: Iterable[float], *, precision: int) -> list[int]:
    """Whole numbers near the frequencies that add up to 2^precision; 0 only where the frequency is 0.

    What rounding leaves over or takes too much goes to the symbols with the greatest counts, where it costs least.
    OutOfRange: a precision outside 0 ... 16, or too low for so many symbols that occur.
    """
    numbers = checked(frequencies)
    goal = 2 ** whole_number(precision, 0, 16, "the precision in bits")
    occurring = [symbol for symbol, frequency in enumerate(numbers) if frequency > 0]
    if len(occurring) > goal:
        raise OutOfRange(f"{len(occurring)} symbols do not share 2^{precision} whole numbers")
    total = fsum(numbers)
    widths = [0] * len(numbers)
    for symbol in occurring:
        widths[symbol] = max(1, round(numbers[symbol] / total * goal))
    surplus = sum(widths) - goal
    for symbol in sorted(occurring, key=lambda s: -widths[s]):
        change = min(surplus, widths[symbol] - 1)
        widths[symbol] -= change
        surplus -= change
    return widths
