"""The symmetric range that loses least information: least Kullback-Leibler divergence of histograms.

Migacz 2017, "8-bit Inference with TensorRT", GTC; Wu et al. 2020, arXiv:2004.09602, on calibration. Of the histogram of
magnitudes, the first i bins are kept for each i from `levels` to all; the reference P takes what lies beyond into its
last bin; Q merges the first i bins (without that) into `levels` and spreads each sum evenly over the bins that P fills.
A candidate whose Q lacks a bin that P fills diverges without limit and loses. The range ends in the middle of the bin
after the last kept, as in the original; of equal divergences the narrowest wins; with nothing to clip it is min-max.
Where the original merges i / levels bins into a level and gives the remainder to the last, so does this.
"""

from math import inf

import numpy as np
import numpy.typing as npt

from reference_impl.errors import EmptyInput, OutOfRange
from reference_impl.quantization.observers.observer import Range, magnitude_range
from reference_impl.quantization.observers.samples import Samples
from reference_impl.reals import DIVISIBLE, Reals, some_squarable_reals, whole_number


class EntropyObserver:
    """`levels` are the codes for one sign: 128 for 8 bits signed, 256 unsigned. Data of one sign get a range from zero.

    WrongDtype: no integers; OutOfRange: fewer bins than levels, or none.
    """

    def __init__(self, levels: int = 128, bins: int = 2048) -> None:
        self._levels = whole_number(levels, 1, inf, "levels")
        self._bins = whole_number(bins, self._levels, inf, "bins, at least as many as levels,")
        self._samples = Samples()

    def observe(self, batch: npt.ArrayLike) -> None:
        self._samples.observe(batch)

    def range(self) -> Range:
        values = self._samples.sorted()
        magnitudes = np.abs(values)
        greatest = float(magnitudes.max())
        if greatest < DIVISIBLE:  # no bin could be told from its neighbour
            return magnitude_range(values, greatest)
        counts, edges = np.histogram(magnitudes, bins=self._bins, range=(0.0, greatest))
        divergences = [
            clipped_divergence(counts, kept, self._levels) for kept in range(self._levels, self._bins + 1)
        ]
        kept = self._levels + int(np.argmin(divergences))
        limit = min((kept + 0.5) * float(edges[1]), greatest)
        return magnitude_range(values, limit)


def clipped_divergence(counts: npt.ArrayLike, kept: int, levels: int) -> float:
    """KL(P || Q) in nats when the first `kept` bins are merged into `levels`; infinite where Q lacks a bin of P.

    Errors as `kullback_leibler`. OutOfRange: not 1 <= levels <= kept <= bins.
    """
    histogram = _histogram(counts, "counts")
    kept = whole_number(kept, 1, len(histogram), "the number of bins kept")
    levels = whole_number(levels, 1, kept, "levels")
    reference = histogram[:kept].copy()
    reference[-1] += histogram[kept:].sum()
    spread = _merged_and_spread(histogram[:kept], reference > 0, levels)
    return kullback_leibler(reference, spread)


def _merged_and_spread(kept: Reals, filled: npt.NDArray[np.bool_], levels: int) -> Reals:
    starts = np.arange(levels) * (len(kept) // levels)
    level_of = np.searchsorted(starts, np.arange(len(kept)), side="right") - 1
    sums = np.add.reduceat(kept, starts)
    members = np.add.reduceat(filled.astype(np.float64), starts)
    even = np.divide(sums, members, out=np.zeros(levels), where=members > 0)
    return np.where(filled, even[level_of], 0.0)


def kullback_leibler(p: npt.ArrayLike, q: npt.ArrayLike) -> float:
    """sum p log(p / q) in nats of two histograms, each normalised; 0 log 0 is 0, and q = 0 < p is infinite.

    EmptyInput: no bins, or nothing in those of p; NotFinite, WrongDtype; OutOfRange: negative counts, or lengths that
    differ.
    """
    true, model = _histogram(p, "p"), _histogram(q, "q")
    if true.shape != model.shape:
        raise OutOfRange(f"histograms of {len(true)} and {len(model)} bins cannot be compared")
    if not true.any():
        raise EmptyInput("nothing was counted in p")
    if ((model == 0) & (true > 0)).any():
        return float("inf")
    at = true > 0
    true, model = true / true.sum(), model / model.sum()
    return float(np.sum(true[at] * np.log(true[at] / model[at])))


def _histogram(counts: npt.ArrayLike, what: str) -> Reals:
    bins = some_squarable_reals(counts, what)
    if bins.ndim != 1 or (bins < 0).any():
        raise OutOfRange(f"{what}: a histogram is one row of counts that are not negative")
    return bins
