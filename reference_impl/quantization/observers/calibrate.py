"""From batches of representative data to quantization parameters."""

from collections.abc import Iterable

import numpy.typing as npt

from reference_impl.quantization.observers.observer import Observer
from reference_impl.quantization.scheme import ArrayQParams, Scheme


def calibrate(batches: Iterable[npt.ArrayLike], observer: Observer, scheme: Scheme) -> ArrayQParams:
    """Parameters of one tensor (0-d arrays), from every batch. EmptyInput: no batch, or an empty one.

    Nagel et al. 2021, arXiv:2106.08295, section 3.1. The observer keeps what it saw: use a fresh one for each tensor.
    """
    for batch in batches:
        observer.observe(batch)
    return scheme.qparams(*observer.range())
