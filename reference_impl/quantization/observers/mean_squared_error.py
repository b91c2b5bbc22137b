"""The range whose round trip errs least in the mean square.

Nagel et al. 2021, arXiv:2106.08295, section 3.1 (range setting by mean squared error): a grid search. Candidates are the min-max range (widened
to hold zero) times 1/n, 2/n ... 1, both ends by one factor; so it is never worse than min-max. Of equal errors the widest
range wins.
"""

import numpy as np
import numpy.typing as npt

from reference_impl.errors import OutOfRange
from reference_impl.quantization.granularity import PerTensor
from reference_impl.quantization.observers.observer import Range
from reference_impl.quantization.observers.samples import Samples
from reference_impl.quantization.scheme import Scheme
from reference_impl.quantization.tensor import quantize_with
from reference_impl.reals import Reals


class MeanSquaredErrorObserver:
    def __init__(self, scheme: Scheme, candidates: int = 100) -> None:
        if candidates < 1:
            raise OutOfRange(f"a search needs at least one candidate, not {candidates}")
        self._scheme, self._candidates = scheme, candidates
        self._samples = Samples()

    def observe(self, batch: npt.ArrayLike) -> None:
        self._samples.observe(batch)

    def range(self) -> Range:
        values = self._samples.sorted()
        lo, hi = min(float(values[0]), 0.0), max(float(values[-1]), 0.0)
        factors = np.arange(self._candidates, 0, -1) / self._candidates
        errors = [mean_squared_error(values, Range(lo * f, hi * f), self._scheme) for f in factors]
        best = factors[int(np.argmin(errors))]
        return Range(lo * best, hi * best)


def mean_squared_error(values: Reals, within: Range, scheme: Scheme) -> float:
    """Mean of (value - its round trip)^2 when the scheme covers the given range, in the square of the values' unit."""
    held = quantize_with(values, scheme.qparams(*within), scheme, PerTensor())
    return float(np.mean((held.dequantize() - values) ** 2))
