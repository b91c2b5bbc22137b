"""The face for authors of checks.py who want a failing check to be drawn:

    expect.equal(got, want, picture=pictures.staircase(x, got, want, step=scale, zero_point=zero_point))

Each function only notes what is to be drawn; `draw` does it, for the one example that is shown. Where a picture needs
calls of its own (a fine grid of values), `picture=` takes a function without arguments that makes them and returns a sketch.
A learner's values may be of any kind: what cannot be drawn gives no picture.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np

from grader.picture import (
    LARGEST,
    MAX_BINS,
    MAX_POINTS,
    MAX_SYMBOL_CHARS,
    MAX_SYMBOLS,
    CodeLengths,
    Picture,
    Staircase,
    WeightHistogram,
    shortened,
)

Sketch = Callable[[], Any]  #: gives a Picture, None, or another sketch
FEWEST_WEIGHTS = 12  #: of fewer, the values themselves say more than bars
_MOST_VALUES = 1 << 20
_DEEPEST = 4


def weight_histogram(weights: np.ndarray, mask: Any, *, bins: int = 40) -> Sketch:
    """Which weights the learner's mask (true or not zero: kept) keeps, by their value. Same shape, any number of dimensions.

    The smallest input that fails has too few of them: draw the mask of a whole layer, by a call of its own.
    """
    return partial(_weight_histogram, weights, mask, min(bins, MAX_BINS))


def staircase(
    x: Any, got: Any, expected: Any, *, step: float | None = None, zero_point: float | None = None
) -> Sketch:
    """Quantized values `got` and `expected` over `x`, all in the unit of x, and their errors below.

    step: the width of one step; the band of the right error, half a step to both sides, is drawn with it.
    zero_point: given where `got` and `expected` are codes, which stand for step * (code - zero_point).
    """
    return partial(_staircase, x, got, expected, step, zero_point)


def code_lengths(probabilities: Any, lengths: Any) -> Sketch:
    """Bits of each symbol's code word beside -log2 p. Both are sequences, or mappings with the same symbols as keys;
    symbols of probability zero are left out."""
    return partial(_code_lengths, probabilities, lengths)


def draw(sketch: Any) -> Picture | None:
    """Whatever a sketch's own calls raise passes through."""
    for _ in range(_DEEPEST):
        if not callable(sketch):
            break
        sketch = sketch()
    return sketch if isinstance(sketch, Picture) else None


def _weight_histogram(weights: Any, mask: Any, bins: int) -> WeightHistogram | None:
    values, keeps = _numbers(weights), _numbers(mask)
    if values is None or keeps is None or values.shape != keeps.shape or np.isnan(keeps).any():
        return None
    values, keep = values.reshape(-1), keeps.reshape(-1) != 0
    drawable = np.abs(values) <= LARGEST
    values, keep = values[drawable], keep[drawable]
    if values.size < FEWEST_WEIGHTS:
        return None
    reach = float(np.abs(values).max()) or 1.0
    edges = np.array(shortened(np.linspace(-reach, reach, bins + 1).tolist()))
    if not (np.diff(edges) > 0).all():
        return None
    inside = np.clip(values, edges[0], edges[-1])  # rounding may have moved the outer edges
    sizes = np.abs(values)
    return WeightHistogram(
        edges=tuple(edges.tolist()),
        kept=tuple(np.histogram(inside[keep], edges)[0].tolist()),
        dropped=tuple(np.histogram(inside[~keep], edges)[0].tolist()),
        smallest_kept=shortened([sizes[keep].min()])[0] if keep.any() else None,
        largest_dropped=shortened([sizes[~keep].max()])[0] if not keep.all() else None,
    )


def _staircase(
    x: Any, got: Any, expected: Any, step: float | None, zero_point: float | None
) -> Staircase | None:
    columns = [_numbers(values) for values in (x, got, expected)]
    if any(column is None or column.shape != columns[0].shape for column in columns):  # type: ignore[union-attr]
        return None
    points = np.stack([column.reshape(-1) for column in columns if column is not None])
    if zero_point is not None and step is not None:
        with np.errstate(all="ignore"):
            points[1:] = step * (points[1:] - zero_point)
    drawable = (np.abs(points) <= LARGEST).all(axis=0)
    left_out = int((~drawable).sum())
    points = points[:, drawable]
    points = points[:, np.argsort(points[0], kind="stable")]
    if points.shape[1] > MAX_POINTS:
        points = points[:, np.linspace(0, points.shape[1] - 1, MAX_POINTS).round().astype(int)]
    if points.shape[1] < 2:
        return None
    across, found, wanted = (shortened(row.tolist()) for row in points)
    width = float(step) if step is not None and 0 < step <= LARGEST else None
    return Staircase(x=across, got=found, expected=wanted, step=width, left_out=left_out)


def _code_lengths(probabilities: Any, lengths: Any) -> CodeLengths | None:
    symbols, p = _by_symbol(probabilities)
    bits = _lengths_of(lengths, symbols)
    if p is None or bits is None or p.shape != bits.shape or not (bits >= 0).all():
        return None
    used = p > 0
    if not used.any() or not (p <= 1 + 1e-6).all():
        return None
    p = np.minimum(p, 1.0)  # a sum of shares may be a rounding error above
    order = [i for i in np.argsort(-p, kind="stable") if used[i]]
    p, bits = p[order], bits[order]
    shown = order[:MAX_SYMBOLS]
    return CodeLengths(
        symbols=tuple(_symbol(symbols[i]) for i in shown),
        probabilities=shortened(p[: len(shown)].tolist()),
        lengths=shortened(bits[: len(shown)].tolist()),
        mean_bits=shortened([float(p @ bits)])[0],
        entropy_bits=shortened([float(-(p * np.log2(p)).sum())])[0],
        kraft_sum=shortened([float(np.exp2(-bits).sum())])[0],
        left_out=len(order) - len(shown),
    )


def _by_symbol(values: Any) -> tuple[Sequence[Any], np.ndarray | None]:
    if isinstance(values, Mapping):
        return list(values), _numbers(list(values.values()))
    numbers = _numbers(values)
    return ([], None) if numbers is None or numbers.ndim != 1 else (range(numbers.size), numbers)


def _lengths_of(lengths: Any, symbols: Sequence[Any]) -> np.ndarray | None:
    """In the order of the symbols; a symbol without a code has no length to draw."""
    if isinstance(lengths, Mapping):
        if any(symbol not in lengths for symbol in symbols):
            return None
        lengths = [lengths[symbol] for symbol in symbols]
    found = _numbers(lengths)
    return found if found is not None and (np.abs(found) <= 1024).all() else None


def _symbol(value: Any) -> str:
    text = str(value) if type(value) is int else repr(value)
    return text if len(text) <= MAX_SYMBOL_CHARS else text[: MAX_SYMBOL_CHARS - 1] + "…"


def _numbers(value: Any) -> np.ndarray | None:
    """As float64; None: not numbers, or too many."""
    if not _is_numbers(value, 0):
        return None
    try:
        array = np.asarray(value)
    except (ValueError, OverflowError):
        return None
    if array.dtype.kind not in "biuf" or array.size > _MOST_VALUES:
        return None
    with np.errstate(all="ignore"):
        return array.astype(np.float64)


def _is_numbers(value: Any, depth: int) -> bool:
    """numpy would give every element of a list that holds a text the room of the longest."""
    if isinstance(value, list | tuple):
        return depth < _DEEPEST and all(_is_numbers(part, depth + 1) for part in value)
    return isinstance(value, bool | int | float | np.ndarray | np.generic)
