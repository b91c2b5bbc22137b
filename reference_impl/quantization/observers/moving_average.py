"""Exponential moving average of each batch's bounds.

Jacob et al. 2018, arXiv:1712.05877, section 3.1. Convention of torch: new = old + momentum * (batch - old), so the
momentum is the weight of the newest batch (some texts call 1 - momentum the decay); the first batch sets both bounds.
The order of the batches matters, by intent.
"""

import numpy.typing as npt

from reference_impl.quantization.observers.observer import Range, nothing_observed
from reference_impl.reals import DIVISIBLE, refuse_outside, some_squarable_reals


class MovingAverageObserver:
    """WrongDtype, OutOfRange: a momentum not in (0, 1]."""

    def __init__(self, momentum: float = 0.01) -> None:
        refuse_outside(momentum, DIVISIBLE, 1, "the weight of the newest batch (it is above zero)")
        self._momentum = momentum
        self._range: Range | None = None

    def observe(self, batch: npt.ArrayLike) -> None:
        values = some_squarable_reals(batch, "a batch")
        lo, hi = float(values.min()), float(values.max())
        old = self._range or Range(lo, hi)
        self._range = Range(
            old.lo + self._momentum * (lo - old.lo),
            old.hi + self._momentum * (hi - old.hi),
        )

    def range(self) -> Range:
        if self._range is None:
            raise nothing_observed()
        return self._range
