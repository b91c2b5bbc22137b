"""The best factors of a given rank, by singular values (Eckart and Young 1936; Denton et al. 2014, arXiv:1404.0736)."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from reference_impl.errors import EmptyInput, OutOfRange
from reference_impl.reals import Reals, real_array, refuse_outside


@dataclass(frozen=True)
class Factors:
    """left @ right stands for the matrix: the layer x -> W x becomes x -> left (right x)."""

    left: Reals  #: (rows, rank)
    right: Reals  #: (rank, columns)

    @property
    def rank(self) -> int:
        return self.left.shape[1]

    @property
    def parameters(self) -> int:
        return self.left.size + self.right.size

    def product(self) -> Reals:
        return self.left @ self.right


def factorise(matrix: ArrayLike, rank: int) -> Factors:
    """Of all matrices of that rank the product is nearest, in the Frobenius and the spectral norm.

    Each factor takes the root of the singular values, so that both have alike ranges when they are quantized.
    OutOfRange: rank outside 1 ... min(rows, columns).
    """
    given = _matrix(matrix)
    refuse_outside(rank, 1, min(given.shape), "the rank")
    left, singular, right = np.linalg.svd(given, full_matrices=False)
    roots = np.sqrt(singular[:rank])
    return Factors(left[:, :rank] * roots, roots[:, None] * right[:rank])


def tail_error(matrix: ArrayLike, rank: int) -> float:
    """Frobenius norm of what the factors miss: the root of the sum of the squared singular values past the rank."""
    given = _matrix(matrix)
    refuse_outside(rank, 0, min(given.shape), "the rank")
    singular = np.linalg.svd(given, compute_uv=False)
    return float(np.sqrt((singular[rank:] ** 2).sum()))


def rank_for_error(matrix: ArrayLike, relative_error: float) -> int:
    """The least rank, 1 at least, whose error is at most this share of the matrix's Frobenius norm."""
    given = _matrix(matrix)
    refuse_outside(relative_error, 0.0, 1.0, "the relative error")
    squares = np.linalg.svd(given, compute_uv=False) ** 2
    tails = np.append(np.cumsum(squares[::-1])[::-1], 0.0)  # by rank: what is missed
    return max(int(np.flatnonzero(tails <= relative_error**2 * tails[0])[0]), 1)


def _matrix(matrix: ArrayLike) -> Reals:
    given = real_array(matrix, "matrix")
    if given.ndim != 2:
        raise OutOfRange(
            f"a matrix has two dimensions, not {given.ndim}; reshape a convolution's weights first"
        )
    if given.size == 0:
        raise EmptyInput("the matrix is empty")
    return given
