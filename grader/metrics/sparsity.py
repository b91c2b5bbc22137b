"""The share of weights that are exactly zero."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from grader import expect
from grader.metric import Metric, exact


def sparsity(weights: Any) -> Metric:
    """Of one array, or of all arrays in a list, tuple or dict. 0 ... 1. WrongAnswer: not finite numbers, or none at all."""
    arrays = [expect.array(part) for part in _parts(weights)]
    count = sum(array.size for array in arrays)
    zeros = sum(array.size - int(np.count_nonzero(array)) for array in arrays)
    expect.that(count > 0, "no_numbers", got=weights)
    return exact("sparsity", zeros / count, zeros=zeros, weights=count)


def _parts(weights: Any) -> Iterator[Any]:
    if isinstance(weights, dict):
        yield from weights.values()
    elif isinstance(weights, list | tuple) and any(isinstance(part, np.ndarray) for part in weights):
        yield from weights
    else:
        yield weights
