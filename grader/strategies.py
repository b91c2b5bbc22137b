"""Inputs of the field, as hypothesis strategies. Floats are exact in float32, so that a learner who computes in
float32 and one who computes in float64 start from the same numbers."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

integers = st.integers
one_of = st.one_of
sampled_from = st.sampled_from
lists = st.lists


def finite(lo: float, hi: float) -> SearchStrategy[float]:
    """Floats in lo … hi, exact in float32, no subnormals, no negative zero."""
    low, high = np.float32(lo), np.float32(hi)
    # compared as Python floats: numpy would round the bound to float32 first
    low = low if float(low) >= lo else np.nextafter(low, np.float32(np.inf))
    high = high if float(high) <= hi else np.nextafter(high, np.float32(-np.inf))
    floats = st.floats(float(low), float(high), width=32, allow_subnormal=False)
    return floats.map(lambda value: value + 0.0)


def bit_widths(lo: int = 2, hi: int = 8) -> SearchStrategy[int]:
    return st.integers(lo, hi)


def multiples(of: float, lo: int, hi: int) -> SearchStrategy[float]:
    """k * of for lo <= k <= hi; with a power of two for `of`, sums and products of these are exact."""
    return st.integers(lo, hi).map(lambda k: k * of)


def shapes(
    *, min_dims: int = 1, max_dims: int = 2, max_side: int = 4, min_side: int = 1
) -> SearchStrategy[tuple[int, ...]]:
    return st.lists(st.integers(min_side, max_side), min_size=min_dims, max_size=max_dims).map(tuple)


def arrays(
    elements: SearchStrategy[Any],
    *,
    dtype: Any = np.float32,
    shape: SearchStrategy[tuple[int, ...]] | Sequence[int] | None = None,
    max_size: int = 6,
) -> SearchStrategy[np.ndarray]:
    """Arrays whose elements are drawn one by one and shrink one by one. Without a shape: 1 to max_size in a row."""
    if shape is None:
        return st.lists(elements, min_size=1, max_size=max_size).map(lambda values: np.array(values, dtype))
    of_shape = shape if isinstance(shape, SearchStrategy) else st.just(tuple(shape))
    return of_shape.flatmap(
        lambda sides: st.lists(elements, min_size=int(np.prod(sides)), max_size=int(np.prod(sides))).map(
            lambda values: np.array(values, dtype).reshape(sides)
        )
    )
