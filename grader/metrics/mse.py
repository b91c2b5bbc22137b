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
    return exact("mse", mean_square(found - wanted), reference=reference)


def mean_square(values: np.ndarray) -> float:
    """Without overflow on the way; 0 of no values."""
    largest = float(np.abs(values).max(initial=0.0))
    if largest == 0.0 or not np.isfinite(largest):
        return LARGEST if largest else 0.0
    square = float(np.mean(np.square(values / largest)))
    return min(square * largest * largest, LARGEST)
