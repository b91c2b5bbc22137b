"""What watches activations during calibration and then proposes a range for them."""

from typing import NamedTuple, Protocol

import numpy.typing as npt

from reference_impl.errors import EmptyInput


class Range(NamedTuple):
    lo: float
    hi: float


class Observer(Protocol):
    def observe(self, batch: npt.ArrayLike) -> None:
        """Take one batch of any shape into account. EmptyInput, NotFinite, WrongDtype: the batch is not used."""

    def range(self) -> Range:
        """The range to quantize. EmptyInput: nothing was observed."""


def nothing_observed() -> EmptyInput:
    return EmptyInput("nothing was observed; calibrate on at least one batch first")
