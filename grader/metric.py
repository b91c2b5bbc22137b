"""A measured number as plain data: what it is, how sure it is, and the curve that makes points of it."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Metric:
    """Counted or timed by us from what came back; nothing in it is a learner's own word.

    All numbers are finite. ValueError: they are not, or the value lies outside its band.
    """

    key: str  #: compression_ratio, accuracy_points, accuracy_drop_points, sparsity, sqnr_db, mse, cpu_time_ratio
    value: float
    low: float  #: the band of noise or confidence; equal to `value` where the number is exact
    high: float
    reference: float | None = None  #: what it is compared with, in the unit that `details` say
    details: Mapping[str, float | int] = field(default_factory=dict)  #: parameters of its sentence
    #: value -> share of the points; empty: worth nothing by itself
    curve: tuple[tuple[float, float], ...] = ()

    def __post_init__(self) -> None:
        numbers = (self.value, self.low, self.high, *self.details.values())
        if not all(math.isfinite(number) for number in numbers) or not math.isfinite(self.reference or 0.0):
            raise ValueError(f"{self.key}: a number is not finite")
        if not self.low <= self.value <= self.high:
            raise ValueError(f"{self.key}: {self.value} is not between {self.low} and {self.high}")

    @property
    def is_exact(self) -> bool:
        return self.low == self.high

    def on(self, curve: tuple[tuple[float, float], ...]) -> "Metric":
        return replace(self, curve=curve)


def exact(key: str, value: float, *, reference: float | None = None, **details: float | int) -> Metric:
    value = float(value)
    return Metric(key=key, value=value, low=value, high=value, reference=reference, details=details)


def metric_from_message(message: Mapping[str, Any] | None) -> Metric | None:
    if message is None:
        return None
    curve = tuple((float(value), float(share)) for value, share in message["curve"])
    return Metric(**{**message, "details": dict(message["details"]), "curve": curve})
