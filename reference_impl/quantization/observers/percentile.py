"""Clip what is rare: the range that leaves out a share of the values.

Wu et al. 2020, "Integer Quantization for Deep Learning Inference", arXiv:2004.09602, on calibration, where the
percentile is of magnitudes and the range symmetric (`symmetric=True`; it stops at zero on a side without data).
Otherwise the share left out is split evenly over both ends.
Percentiles interpolate linearly between neighbours (numpy's and torch's default).
"""

import numpy as np
import numpy.typing as npt

from reference_impl.quantization.observers.observer import Range, magnitude_range
from reference_impl.quantization.observers.samples import Samples
from reference_impl.reals import DIVISIBLE, refuse_outside


class PercentileObserver:
    """WrongDtype, OutOfRange: a percentage not in (0, 100]."""

    def __init__(self, percent: float = 99.9, *, symmetric: bool = False) -> None:
        refuse_outside(percent, DIVISIBLE, 100, "the percentage of values to keep (it is above zero)")
        self._percent, self._symmetric = percent, symmetric
        self._samples = Samples()

    def observe(self, batch: npt.ArrayLike) -> None:
        self._samples.observe(batch)

    def range(self) -> Range:
        values = self._samples.sorted()
        if self._symmetric:
            return magnitude_range(values, float(np.percentile(np.abs(values), self._percent)))
        tail = (100 - self._percent) / 2
        lo, hi = np.percentile(values, [tail, 100 - tail])
        return Range(float(lo), float(hi))
