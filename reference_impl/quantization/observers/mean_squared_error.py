"""The range whose round trip errs least in the mean square.

Nagel et al. 2021, arXiv:2106.08295, section 3.1 (range setting by mean squared error): a grid search. Candidates are the
min-max range (widened to hold zero) times 1/n, 2/n ... 1, both ends by one factor; so it is never worse than min-max. Of
equal errors the widest range wins.
"""

from math import inf

import numpy as np
import numpy.typing as npt

from reference_impl.quantization.fake_quantize import fake_quantize
from reference_impl.quantization.observers.observer import Range
from reference_impl.quantization.observers.samples import Samples
from reference_impl.quantization.scheme import Scheme
from reference_impl.reals import some_squarable_reals, whole_number


class MeanSquaredErrorObserver:
    """`range` also raises what `Scheme.qparams` does: negative data on an unsigned symmetric grid, for one.

    WrongDtype, OutOfRange: fewer than one candidate.
    """

    def __init__(self, scheme: Scheme, candidates: int = 100) -> None:
        candidates = whole_number(candidates, 1, inf, "the number of candidates")
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


def mean_squared_error(values: npt.ArrayLike, within: Range, scheme: Scheme) -> float:
    """Mean of (value - its round trip)^2 when the scheme covers the given range, in the square of the values' unit.

    In float64 throughout. EmptyInput, NotFinite, WrongDtype; OutOfRange: as `Scheme.qparams`.
    """
    real = some_squarable_reals(values)
    return float(np.mean((fake_quantize(real, scheme.qparams(*within), scheme) - real) ** 2))
