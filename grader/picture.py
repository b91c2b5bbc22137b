"""A drawing as plain data: which numbers it shows. How it looks is for the site and the terminal to say.

Numbers are finite and few, texts short and printable, so that a report stays a small JSON message.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

MAX_BINS = 60
MAX_POINTS = 240
MAX_SYMBOLS = 24
MAX_SYMBOL_CHARS = 16
LARGEST = 1e30  #: beyond it axes have no use


@dataclass(frozen=True, kw_only=True)
class WeightHistogram:
    """How many weights lie between neighbouring edges, told apart by the learner's mask."""

    edges: tuple[float, ...]  #: ascending, one more than there are bins
    kept: tuple[int, ...]
    dropped: tuple[int, ...]
    smallest_kept: float | None = None  #: magnitude; None: the mask keeps nothing
    largest_dropped: float | None = None
    kind: str = "weight_histogram"

    def __post_init__(self) -> None:
        _need(len(self.edges) == len(self.kept) + 1 == len(self.dropped) + 1, "bins and edges do not match")
        _need(0 < len(self.kept) <= MAX_BINS, "no bins, or too many")
        _need(all(a < b for a, b in zip(self.edges, self.edges[1:], strict=False)), "edges do not ascend")
        _need(min(*self.kept, *self.dropped) >= 0, "a count below zero")


@dataclass(frozen=True, kw_only=True)
class Staircase:
    """What a quantizer makes of values along an axis, beside what it should make. All in the unit of x."""

    x: tuple[float, ...]  #: ascending
    got: tuple[float, ...]
    expected: tuple[float, ...]
    step: float | None = None  #: width of one step; the right error lies within half of it
    left_out: int = 0  #: points that are not finite or beyond any axis
    kind: str = "staircase"

    def __post_init__(self) -> None:
        _need(len(self.x) == len(self.got) == len(self.expected), "points do not match")
        _need(2 <= len(self.x) <= MAX_POINTS, "too few points, or too many")
        _need(all(a <= b for a, b in zip(self.x, self.x[1:], strict=False)), "points do not ascend")
        _need(self.step is None or self.step > 0, "a step of no width")

    @property
    def largest_error(self) -> float:
        return max(abs(got - x) for got, x in zip(self.got, self.x, strict=True))

    @property
    def largest_expected_error(self) -> float:
        return max(abs(want - x) for want, x in zip(self.expected, self.x, strict=True))


@dataclass(frozen=True, kw_only=True)
class CodeLengths:
    """The length of each symbol's code word beside -log2 of its probability. The means are over all symbols."""

    symbols: tuple[str, ...]  #: by falling probability
    probabilities: tuple[float, ...]
    lengths: tuple[float, ...]  #: bits
    mean_bits: float
    entropy_bits: float
    kraft_sum: float  #: of 2 ** -length; more than 1: no such code can be decoded
    left_out: int = 0  #: less probable symbols that are not shown
    kind: str = "code_lengths"

    def __post_init__(self) -> None:
        _need(
            len(self.symbols) == len(self.probabilities) == len(self.lengths),
            "symbols and lengths do not match",
        )
        _need(0 < len(self.symbols) <= MAX_SYMBOLS, "no symbols, or too many")
        _need(all(0 < p <= 1 for p in self.probabilities), "not a probability")
        _need(all(0 <= bits <= LARGEST for bits in self.lengths), "not a length")
        _need(all(len(symbol) <= MAX_SYMBOL_CHARS for symbol in self.symbols), "a symbol that is too long")

    @property
    def ideal_lengths(self) -> tuple[float, ...]:
        return tuple(-math.log2(p) + 0.0 for p in self.probabilities)


Picture = WeightHistogram | Staircase | CodeLengths
_KINDS: Mapping[str, type[Picture]] = {
    "weight_histogram": WeightHistogram,
    "staircase": Staircase,
    "code_lengths": CodeLengths,
}
_TEXTS, _COUNTS = {"symbols"}, {"kept", "dropped", "left_out"}


def picture_from_message(message: Mapping[str, Any]) -> Picture:
    """Parse at the door. ValueError: not a picture."""
    kind = _KINDS.get(str(message.get("kind"))) if isinstance(message, Mapping) else None
    if kind is None:
        raise ValueError("not a picture")
    known = {field.name for field in fields(kind)}
    if unknown := set(message) - known:
        raise ValueError(f"not a picture: {sorted(map(str, unknown))[0]}")
    try:
        return kind(**{name: _read(name, value) for name, value in message.items()})
    except TypeError as error:
        raise ValueError(f"not a picture: {error}") from None


def _read(name: str, value: Any) -> Any:
    if name == "kind":
        return value
    if isinstance(value, list | tuple):
        _need(len(value) <= MAX_POINTS, "too many numbers")
        return tuple(_item(name, item) for item in value)
    return None if value is None else _item(name, value)


def _item(name: str, value: Any) -> Any:
    if name in _TEXTS:
        _need(type(value) is str and value.isprintable(), "not a printable text")
        return value
    _need(type(value) is int or (type(value) is float and name not in _COUNTS), f"{name}: not a number")
    _need(abs(value) <= LARGEST, f"{name}: beyond any axis")  # not a number is not below it either
    return value


def _need(holds: bool, what_not: str) -> None:
    if not holds:
        raise ValueError(f"not a picture: {what_not}")


def shortened(values: Sequence[float]) -> tuple[float, ...]:
    """Seven digits are more than a drawing can show; + 0.0 makes -0.0 a plain zero."""
    return tuple(float(f"{value:.7g}") + 0.0 for value in values)


__all__ = ["CodeLengths", "Picture", "Staircase", "WeightHistogram", "picture_from_message", "shortened"]
