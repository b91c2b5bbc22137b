"""Every value seen, kept. Exact and the same in any order of batches; memory grows with the data."""

import numpy as np
import numpy.typing as npt

from reference_impl.quantization.observers.observer import nothing_observed
from reference_impl.reals import Reals, some_squarable_reals


class Samples:
    def __init__(self) -> None:
        self._batches: list[Reals] = []

    def observe(self, batch: npt.ArrayLike) -> None:
        self._batches.append(
            some_squarable_reals(batch, "a batch").flatten()
        )  # a copy: callers reuse buffers

    def sorted(self) -> Reals:
        if not self._batches:
            raise nothing_observed()
        return np.sort(np.concatenate(self._batches))
