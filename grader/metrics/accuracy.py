"""The share of cases that are right, in percentage points, with its confidence interval."""

from typing import Any

import numpy as np

from grader import expect
from grader.metric import Metric
from grader.metrics.intervals import CONFIDENCE, wilson


def accuracy(predicted: Any, labels: np.ndarray, *, confidence: float = CONFIDENCE) -> Metric:
    """Class numbers against class numbers, both of shape (n,) with n > 0. WrongAnswer: another shape, or no numbers."""
    right = is_right(predicted, labels)
    hits, n = int(right.sum()), right.size
    low, high = (100 * bound for bound in wilson(hits, n, confidence))
    value = 100 * hits / n
    return Metric(
        key="accuracy_points",
        value=value,
        low=min(low, value),
        high=max(high, value),
        details={"cases": n, "confidence": 100 * confidence},
    )


def is_right(predicted: Any, labels: np.ndarray) -> np.ndarray:
    """Booleans (n,). A prediction that is no finite number is wrong by itself: it equals no label."""
    wanted = np.asarray(labels)
    if wanted.ndim != 1 or not wanted.size:
        raise ValueError(f"labels have the shape (n,) with n > 0, not {wanted.shape}")
    return np.asarray(expect.array(predicted, wanted.shape, finite=False) == wanted)
