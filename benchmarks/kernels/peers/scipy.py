"""Sparse matrices of scipy."""

from functools import partial
from operator import matmul

import numpy as np
from numpy.typing import NDArray

from benchmarks.kernels.timing import Call

PACKAGES = ("scipy",)


def csr(weights: NDArray[np.float32], right: NDArray[np.float32]) -> Call:
    from scipy.sparse import csr_matrix

    return partial(matmul, csr_matrix(weights), right)
