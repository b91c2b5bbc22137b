"""The symmetric range that loses least information: least Kullback-Leibler divergence of histograms.

Migacz 2017, "8-bit Inference with TensorRT", GTC; Wu et al. 2020, arXiv:2004.09602, section 3.4. Of the histogram of
magnitudes, the first i bins are kept for each i from `levels` to all; the reference P takes what lies beyond into its
last bin; Q merges the first i bins (without that) into `levels` and spreads each sum evenly over the bins that P fills.
A candidate whose Q lacks a bin that P fills diverges without limit and loses. The range ends in the middle of the bin
after the last kept, as in the original; of equal divergences the narrowest wins; with nothing to clip it is min-max.
Where the original merges i / levels bins into a level and gives the remainder to the last, so does this.
"""

import numpy as np
import numpy.typing as npt

from reference_impl.errors import OutOfRange
from reference_impl.quantization.observers.observer import Range
from reference_impl.quantization.observers.samples import Samples
from reference_impl.reals import Reals


class EntropyObserver:
    """`levels` are the codes for one sign: 128 for 8 bits signed. OutOfRange: fewer bins than levels, or none."""

    def __init__(self, levels: int = 128, bins: int = 2048) -> None:
        if not 1 <= levels <= bins:
            raise OutOfRange(f"a histogram of {bins} bins cannot be merged into {levels} levels")
        self._levels, self._bins = levels, bins
        self._samples = Samples()

    def observe(self, batch: npt.ArrayLike) -> None:
        self._samples.observe(batch)

    def range(self) -> Range:
        magnitudes = np.abs(self._samples.sorted())
        greatest = float(magnitudes.max())
        counts, edges = np.histogram(magnitudes, bins=self._bins, range=(0.0, greatest or 1.0))
        divergences = [
            clipped_divergence(counts, kept, self._levels) for kept in range(self._levels, self._bins + 1)
        ]
        kept = self._levels + int(np.argmin(divergences))
        limit = min((kept + 0.5) * float(edges[1]), greatest)
        return Range(-limit, limit)


def clipped_divergence(counts: npt.ArrayLike, kept: int, levels: int) -> float:
    """KL(P || Q) in nats when the first `kept` bins are merged into `levels`; infinite where Q lacks a bin of P."""
    histogram = np.asarray(counts, dtype=np.float64)
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
    """sum p log(p / q) in nats of two histograms, each normalised; 0 log 0 is 0, and q = 0 < p is infinite."""
    true, model = np.asarray(p, dtype=np.float64), np.asarray(q, dtype=np.float64)
    if model.sum() == 0 or ((model == 0) & (true > 0)).any():
        return float("inf")
    at = true > 0
    true, model = true / true.sum(), model / model.sum()
    return float(np.sum(true[at] * np.log(true[at] / model[at])))
