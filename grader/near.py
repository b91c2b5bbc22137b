"""When a number is as good as another one. Pure."""

import numpy as np

_EXACT_IN_FLOAT64 = 2.0**53  #: beyond, a float stands for several whole numbers
_NO_WHOLE_NUMBER_OF_64_BITS = 2.0**64


def near(found: np.ndarray, wanted: np.ndarray, rtol: float, atol: float) -> np.ndarray:
    """Per element of two numeric arrays of one shape: |found - wanted| <= atol + rtol |wanted|.

    Infinity is near to nothing but itself, not a number equals itself. Without tolerance whole numbers and floats are
    compared exactly, also where float64 could not tell them apart.
    """
    if not rtol and not atol and found.dtype.kind in "biuf" and wanted.dtype.kind in "biuf":
        return _same(found, wanted)
    with np.errstate(all="ignore"):
        a, b = wide(found), wide(wanted)
        close = np.isfinite(b) & (np.abs(a - b) <= atol + rtol * np.abs(b))
        return np.asarray(close | (a == b) | ((a != a) & (b != b)))


def wide(values: np.ndarray) -> np.ndarray:
    return values.astype(np.complex128 if values.dtype.kind == "c" else np.float64)


def _same(found: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    if found.dtype.kind != "f" and wanted.dtype.kind != "f":
        return np.asarray(found == wanted)  # numpy compares signed with unsigned exactly
    a, b = wide(found), wide(wanted)
    same = np.asarray((a == b) | ((a != a) & (b != b)))
    if found.dtype.kind == wanted.dtype.kind:
        return same
    doubtful = same & (np.abs(a) >= _EXACT_IN_FLOAT64) & (np.abs(a) <= _NO_WHOLE_NUMBER_OF_64_BITS)
    for index in map(tuple, np.argwhere(doubtful)):
        same[index] = int(found[index]) == int(wanted[index])  # numpy would round one of them first
    return same
