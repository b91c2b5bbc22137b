"""What a kernel may be given, checked before anything is compiled or read."""

from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

from reference_impl.errors import EmptyInput, NotFinite, OutOfRange, WrongDtype

# The sum of this many products of a byte and a byte less a zero point always fits in 32 bits.
MOST_PRODUCTS_IN_A_SUM = 65_535


def array_of(value: Any, name: str, dtype: DTypeLike, dimensions: int) -> NDArray[Any]:
    """`value` itself, once it is an array of that dtype with that many dimensions and at least one element.

    WrongDtype: no array, or of another dtype; OutOfRange: other dimensions; EmptyInput: no element.
    """
    if not isinstance(value, np.ndarray) or value.dtype != dtype:
        found = value.dtype if isinstance(value, np.ndarray) else type(value).__name__
        raise WrongDtype(f"{name} must be an array of {np.dtype(dtype).name}, not {found}")
    if value.ndim != dimensions:
        raise OutOfRange(
            f"{name} must have {dimensions} dimension(s), not {value.ndim} (shape {value.shape})"
        )
    if value.size == 0:
        raise EmptyInput(f"{name} has no elements (shape {value.shape})")
    return value


def vector_of(value: Any, name: str, dtype: np.dtype[Any], length: int) -> NDArray[Any]:
    """`value`, contiguous, once it is a vector of that dtype and length.

    Written for calls of a microsecond: one cheap test for what is right, and the questions only for what is not.
    """
    if not (isinstance(value, np.ndarray) and value.dtype is dtype and value.shape == (length,)):
        array_of(value, name, dtype, 1)
        same_length(value.size, length, f"length of the {name}")
    return np.ascontiguousarray(value)


def same_length(found: int, wanted: int, what: str) -> None:
    """OutOfRange unless both are equal."""
    if found != wanted:
        raise OutOfRange(f"{what}: expected {wanted}, got {found}")


def products_fit(count: int) -> None:
    """OutOfRange where a sum of so many products of bytes may not fit in 32 bits."""
    if count > MOST_PRODUCTS_IN_A_SUM:
        raise OutOfRange(
            f"a sum of {count} products may not fit in 32 bits; the limit is {MOST_PRODUCTS_IN_A_SUM}"
        )


def all_finite(array: NDArray[Any], name: str) -> None:
    """NotFinite: NaN or infinity among the elements."""
    if not np.isfinite(array).all():
        raise NotFinite(f"{name} holds NaN or infinity")
