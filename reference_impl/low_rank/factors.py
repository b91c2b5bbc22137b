"""The best factors of a given rank, by singular values (Eckart and Young 1936; Denton et al. 2014, arXiv:1404.0736)."""

from dataclasses import dataclass
from math import hypot

import numpy as np
from numpy.typing import ArrayLike

from reference_impl.errors import EmptyInput, OutOfRange
from reference_impl.reals import Reals, refuse_outside, squarable_reals, whole_number


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
    matrix (rows, columns). EmptyInput, NotFinite; WrongDtype: no real numbers, or a rank that is no integer; OutOfRange:
    rank outside 1 ... min(rows, columns), not two dimensions, or a magnitude above 2^480.
    """
    given = _matrix(matrix)
    rank = whole_number(rank, 1, min(given.shape), "the rank")
    left, singular, right = np.linalg.svd(given, full_matrices=False)
    roots = np.sqrt(singular[:rank])
    return Factors(left[:, :rank] * roots, roots[:, None] * right[:rank])


def tail_error(matrix: ArrayLike, rank: int) -> float:
    """Frobenius norm of what the factors miss: the root of the sum of the squared singular values past the rank.

    Errors as `factorise`, but for rank 0, which misses everything.
    """
    given = _matrix(matrix)
    rank = whole_number(rank, 0, min(given.shape), "the rank")
    return hypot(*np.linalg.svd(given, compute_uv=False)[rank:].tolist())


def rank_for_error(matrix: ArrayLike, relative_error: float) -> int:
    """The least rank, 1 at least, whose error is at most this share (0 ... 1) of the matrix's Frobenius norm.

    Singular values at most max(rows, columns) * eps of the greatest count as zero (the convention of numpy's matrix_rank),
    so that an error of 0 asks for the rank of the matrix. Errors as `factorise`; OutOfRange: a share outside 0 ... 1.
    """
    given = _matrix(matrix)
    refuse_outside(relative_error, 0.0, 1.0, "the relative error")
    singular = np.linalg.svd(given, compute_uv=False)
    shares = singular / (singular[0] or 1.0)
    squares = np.where(shares > max(given.shape) * np.finfo(np.float64).eps, shares, 0.0) ** 2
    tails = np.append(np.cumsum(squares[::-1])[::-1], 0.0)  # by rank: what is missed
    return max(int(np.flatnonzero(tails <= relative_error**2 * tails[0])[0]), 1)


def _matrix(matrix: ArrayLike) -> Reals:
    given = squarable_reals(matrix, "matrix")
    if given.ndim != 2:
        raise OutOfRange(
            f"a matrix has two dimensions, not {given.ndim}; reshape a convolution's weights first"
        )
    if given.size == 0:
        raise EmptyInput("the matrix is empty")
    return given
