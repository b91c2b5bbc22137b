"""Mean squared error against known values."""

from typing import Any

import numpy as np

from grader import expect
from grader.metric import Metric, exact

LARGEST = 1e300  #: errors beyond count as this: a report holds finite numbers only


def mse(got: Any, want: np.ndarray, *, reference: float | None = None) -> Metric:
    """`reference`: the error of the reference implementation, to be shown beside it.
    WrongAnswer: another shape, or not finite numbers."""
    wanted = np.asarray(want, np.float64)
    found = expect.array(got, wanted.shape)
    halves = found / 2 - wanted / 2  # of two finite numbers, finite
    return exact("mse", min(4 * _mean_square(halves), LARGEST), reference=reference)


def _mean_square(values: np.ndarray) -> float:
    """Without overflow of an array on the way; 0 of no values."""
    largest = float(np.abs(values).max(initial=0.0))
    return float(np.mean(np.square(values / largest))) * largest * largest if largest else 0.0
