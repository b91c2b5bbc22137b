"""Observers: each turns batches into a range, by its own idea of what may be clipped."""

from reference_impl.quantization.observers.calibrate import calibrate
from reference_impl.quantization.observers.entropy import EntropyObserver
from reference_impl.quantization.observers.mean_squared_error import MeanSquaredErrorObserver
from reference_impl.quantization.observers.min_max import MinMaxObserver
from reference_impl.quantization.observers.moving_average import MovingAverageObserver
from reference_impl.quantization.observers.observer import Observer, Range
from reference_impl.quantization.observers.percentile import PercentileObserver

__all__ = [
    "EntropyObserver",
    "MeanSquaredErrorObserver",
    "MinMaxObserver",
    "MovingAverageObserver",
    "Observer",
    "PercentileObserver",
    "Range",
    "calibrate",
]
