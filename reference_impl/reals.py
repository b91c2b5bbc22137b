"""The one door by which numbers come in: real and finite as float64, whole as int64, parameters within their limits."""

from collections.abc import Iterable, Mapping, Set
from math import isfinite
from numbers import Integral, Real
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from reference_impl.errors import EmptyInput, NotFinite, OutOfRange, WrongDtype

Reals = NDArray[np.float64]
Integers = NDArray[np.int64]
#: One number, also as the array without axes that `Scheme.qparams` and `calibrate` make of the range of a whole tensor.
RealNumber = float | Reals
WholeNumber = int | Integers

#: Far above every float32. Squares of such numbers add up within float64.
SQUARABLE = 2.0**480
#: Far below every float32, denormal or not; what is smaller counts as zero where dividing by it could overflow.
DIVISIBLE = 2.0**-480


def any_array(values: ArrayLike, what: str) -> NDArray[Any]:
    """What numpy makes of the values. WrongDtype: nothing, as of ragged lists or tensors that require a gradient."""
    try:
        return np.asarray(values)
    except (ValueError, TypeError, RuntimeError) as error:
        raise WrongDtype(f"{what}: these make no array: {error}") from error


def real_array(values: ArrayLike, what: str) -> Reals:
    """The values as float64, same shape; the caller's own array where it is float64 already, so do not write to it.

    WrongDtype: complex numbers, text, objects, ragged lists. NotFinite: NaN, infinity, or what float64 cannot hold.
    """
    given = any_array(values, what)
    if given.dtype.kind not in "fiub":
        raise WrongDtype(f"{what}: real numbers are needed, not {given.dtype}")
    with np.errstate(over="ignore", invalid="ignore"):
        real = given.astype(np.float64, copy=False)
    if not np.isfinite(real).all():
        raise NotFinite(f"{what}: NaN or infinity among the values; replace it first")
    return real


def some_reals(values: ArrayLike, what: str) -> Reals:
    """As real_array, and at least one: EmptyInput."""
    return _refuse_none(real_array(values, what), what)


def squarable_reals(values: ArrayLike, what: str = "values") -> Reals:
    """As real_array. OutOfRange: a magnitude above 2^480, whose products leave float64."""
    real = real_array(values, what)
    if real.size and max(float(real.max()), -float(real.min())) > SQUARABLE:
        raise OutOfRange(f"{what}: magnitudes above 2^480 cannot be multiplied safely; scale them down first")
    return real


def some_squarable_reals(values: ArrayLike, what: str = "values") -> Reals:
    """As squarable_reals, and at least one: EmptyInput."""
    return _refuse_none(squarable_reals(values, what), what)


def integer_array(values: ArrayLike, what: str = "codes") -> Integers:
    """The integers as int64, same shape. WrongDtype: floats, even whole ones; OutOfRange: beyond int64."""
    given = any_array(values, what)
    if given.dtype.kind not in "iu":
        raise WrongDtype(f"{what}: integers are needed, not {given.dtype}")
    if given.dtype == np.uint64 and given.size and int(given.max()) > np.iinfo(np.int64).max:
        raise OutOfRange(f"{what}: an integer does not fit 64 signed bits")
    return given.astype(np.int64, copy=False)


def float32_array(real: Reals, what: str = "values") -> NDArray[np.float32]:
    """Rounded once to float32. OutOfRange: one lies beyond its range, and would become infinite."""
    greatest = float(np.finfo(np.float32).max)
    if real.size and np.abs(real).max() > greatest:
        raise OutOfRange(f"{what}: a magnitude above {greatest:.3g} does not fit float32; scale down first")
    return np.asarray(real).astype(np.float32)


def refuse_outside(value: RealNumber, low: float, high: float, what: str) -> None:
    """OutOfRange unless low <= value <= high; NaN and infinity are outside. WrongDtype: no real number."""
    number = _without_array(value)
    if not isinstance(number, Real):
        raise WrongDtype(f"{what} must be a real number, not {type(value).__name__}")
    if not low <= number <= high or _beyond_float(number):
        raise OutOfRange(f"{what} must be in {low} ... {high}, not {value}")


def refuse_negative(value: RealNumber, what: str) -> None:
    """OutOfRange unless 0 <= value <= 2^480; WrongDtype: no real number."""
    refuse_outside(value, 0.0, SQUARABLE, what)


def refuse_unless_positive(value: RealNumber, what: str) -> None:
    """OutOfRange unless 2^-480 <= value <= 2^480; WrongDtype: no real number."""
    refuse_outside(value, DIVISIBLE, SQUARABLE, f"{what}, a positive number,")


def whole_number(value: WholeNumber, low: float, high: float, what: str) -> int:
    """The value, where it is a whole number in low ... high: OutOfRange. WrongDtype: a float, even a whole one."""
    given = _without_array(value)
    if not isinstance(given, Integral):
        raise WrongDtype(f"{what} must be a whole number, not {value!r}")
    number = int(given)  # which does not wrap as those of numpy do
    if not low <= number <= high:
        raise OutOfRange(f"{what} must be in {low} ... {high}, not {number}")
    return number


def whole_numbers(values: Iterable[int], low: float, high: float, what: str) -> list[int]:
    """Each as whole_number. WrongDtype also for what has no order: sets, and mappings, whose keys would be taken."""
    return [whole_number(value, low, high, what) for value in listed(values, what)]


def listed(values: Iterable[Any], what: str) -> list[Any]:
    """The values in their order. WrongDtype: none, or text, a set or a mapping."""
    if isinstance(values, (str, Mapping, Set)) or not isinstance(values, Iterable):
        raise WrongDtype(f"{what}: a sequence of numbers is needed, not {type(values).__name__}")
    try:
        return list(values)
    except TypeError as error:  # an array or tensor of no dimension
        raise WrongDtype(f"{what}: a sequence of numbers is needed, not one number") from error


def _without_array(value: Any) -> float:
    """The number in an array without axes. Whether anything else is one, the caller finds out."""
    number: float = value.item() if isinstance(value, np.ndarray) and value.ndim == 0 else value
    return number


def _beyond_float(value: float) -> bool:
    try:
        return not isfinite(value)
    except OverflowError:
        return True


def _refuse_none(real: Reals, what: str) -> Reals:
    if real.size == 0:
        raise EmptyInput(f"{what}: there are no values")
    return real
