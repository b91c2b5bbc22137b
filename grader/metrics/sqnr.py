"""Signal to quantization noise: how far the error lies below the values themselves, in decibels."""

import math
from typing import Any

import numpy as np

from grader import expect
from grader.metric import Metric, exact

EXACT_DB = 320.0  #: no error at all; double precision ends about here (20 log10 2^53)


def sqnr(got: Any, want: np.ndarray, *, reference: float | None = None) -> Metric:
    """10 log10 (sum want^2 / sum (got - want)^2), within +-EXACT_DB. `reference`: that of the reference implementation.
    WrongAnswer: another shape, or not finite numbers."""
    wanted = np.asarray(want, np.float64)
    found = expect.array(got, wanted.shape)
    largest = max(float(np.abs(wanted).max(initial=0.0)), float(np.abs(found).max(initial=0.0)))
    signal, noise = (_energy(values, largest) for values in (wanted, found / 2 - wanted / 2))
    return exact("sqnr_db", _decibels(signal, 4 * noise), reference=reference)


def _energy(values: np.ndarray, largest: float) -> float:
    return float(np.sum(np.square(values / largest))) if largest else 0.0


def _decibels(signal: float, noise: float) -> float:
    if noise == 0.0:
        return EXACT_DB
    if signal == 0.0:
        return -EXACT_DB
    return min(max(10 * (math.log10(signal) - math.log10(noise)), -EXACT_DB), EXACT_DB)
