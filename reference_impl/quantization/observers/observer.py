"""What watches activations during calibration and then proposes a range for them."""

from typing import NamedTuple, Protocol

import numpy.typing as npt

from reference_impl.errors import EmptyInput
from reference_impl.reals import Reals


class Range(NamedTuple):
    lo: float
    hi: float


class Observer(Protocol):
    def observe(self, batch: npt.ArrayLike) -> None:
        """Take one batch of any shape into account. EmptyInput, NotFinite, WrongDtype, OutOfRange: the batch is not used."""

    def range(self) -> Range:
        """The range to quantize. EmptyInput: nothing was observed."""


def magnitude_range(values: Reals, limit: float) -> Range:
    """-limit ... limit, but zero on a side where there are no data, for codes there would never be used."""
    return Range(-limit if (values < 0).any() else 0.0, limit if (values > 0).any() else 0.0)


def nothing_observed() -> EmptyInput:
    return EmptyInput("nothing was observed; calibrate on at least one batch first")
