"""How many percentage points of accuracy a change of a network costs, on the same cases before and after."""

from typing import Any

import numpy as np

from grader.metric import Metric
from grader.metrics.accuracy import is_right
from grader.metrics.intervals import CONFIDENCE, paired_difference


def accuracy_drop(
    predicted: Any, labels: np.ndarray, *, before: np.ndarray, confidence: float = CONFIDENCE
) -> Metric:
    """All class numbers (n,), n > 0: by the changed network, right ones, by the network before the change.

    The band is that of a paired comparison, much narrower than that of two separate accuracies: both networks saw
    the same cases. It is widened to hold the counted drop, where the interval's own centre lies a little beside it.
    WrongAnswer: `predicted` has another shape or is not numbers.
    """
    after, earlier = is_right(predicted, labels), is_right(before, labels)
    lost, won = int((earlier & ~after).sum()), int((after & ~earlier).sum())
    value = 100 * (lost - won) / after.size
    low, high = (100 * bound for bound in paired_difference(lost, won, after.size, confidence))
    return Metric(
        key="accuracy_drop_points",
        value=value,
        low=min(low, value),
        high=max(high, value),
        reference=100 * float(earlier.mean()),
        details={"cases": int(after.size), "lost": lost, "won": won, "confidence": 100 * confidence},
    )
