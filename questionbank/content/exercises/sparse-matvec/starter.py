import numpy as np
from numba import njit


def to_csr(dense: np.ndarray):
    """Return (indptr, indices, data) of a matrix: int32, int32, float32."""
    raise NotImplementedError


@njit
def csr_matvec(indptr, indices, data, x):
    """Return the product of the matrix with x: float32, one number per row."""
    raise NotImplementedError
