"""The least and the greatest value of all batches: no clipping, and one outlier widens every step."""

import numpy.typing as npt

from reference_impl.quantization.observers.observer import Range, nothing_observed
from reference_impl.reals import some_squarable_reals


class MinMaxObserver:
    def __init__(self) -> None:
        self._range: Range | None = None

    def observe(self, batch: npt.ArrayLike) -> None:
        values = some_squarable_reals(batch, "a batch")
        lo, hi = float(values.min()), float(values.max())
        seen = self._range or Range(lo, hi)
        self._range = Range(min(seen.lo, lo), max(seen.hi, hi))

    def range(self) -> Range:
        if self._range is None:
            raise nothing_observed()
        return self._range
