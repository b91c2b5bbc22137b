"""Real numbers at the door: finite, some of them, in float64."""

import numpy as np
import numpy.typing as npt

from reference_impl.errors import EmptyInput, NotFinite, WrongDtype

Reals = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]


def finite(values: npt.ArrayLike, what: str = "values") -> Reals:
    """The numbers in float64. WrongDtype: not real numbers; NotFinite: NaN or infinity."""
    given = np.asarray(values)
    if given.dtype.kind not in "fiub":
        raise WrongDtype(f"{what} must be real numbers, not {given.dtype}")
    reals = given.astype(np.float64)
    if not np.isfinite(reals).all():
        raise NotFinite(f"{what} hold NaN or infinity; replace them first")
    return reals


def some_finite(values: npt.ArrayLike, what: str = "values") -> Reals:
    """As `finite`; EmptyInput: there is none."""
    reals = finite(values, what)
    if reals.size == 0:
        raise EmptyInput(f"{what} are empty")
    return reals


def integers(values: npt.ArrayLike, what: str = "codes") -> Integers:
    """The integers in int64. WrongDtype: floats, even whole ones."""
    given = np.asarray(values)
    if given.dtype.kind not in "iu":
        raise WrongDtype(f"{what} must be integers, not {given.dtype}")
    return given.astype(np.int64)
