"""The one door by which numbers come in: real, finite, as float64."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from reference_impl.errors import EmptyInput, NotFinite, OutOfRange, WrongDtype

Reals = NDArray[np.float64]


def real_array(values: ArrayLike, what: str) -> Reals:
    """The values as float64, same shape; the caller's own array where it is float64 already, so do not write to it.

    WrongDtype: complex numbers, text, objects, ragged lists. NotFinite: NaN or infinity.
    """
    try:
        given = np.asarray(values)
    except ValueError as error:
        raise WrongDtype(f"{what}: rows of different lengths make no array") from error
    if given.dtype.kind not in "fiub":
        raise WrongDtype(f"{what}: real numbers are needed, not {given.dtype}")
    real = given.astype(np.float64, copy=False)
    if not np.isfinite(real).all():
        raise NotFinite(f"{what}: NaN or infinity among the values; replace it first")
    return real


def some_reals(values: ArrayLike, what: str) -> Reals:
    """As real_array, and at least one: EmptyInput."""
    real = real_array(values, what)
    if real.size == 0:
        raise EmptyInput(f"{what}: there are no values")
    return real


def refuse_outside(value: float, low: float, high: float, what: str) -> None:
    """OutOfRange unless low <= value <= high; a NaN is outside."""
    if not low <= value <= high:
        raise OutOfRange(f"{what} must be in {low} ... {high}, not {value}")
