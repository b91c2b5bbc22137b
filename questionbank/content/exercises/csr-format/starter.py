import numpy as np


def to_csr(dense: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return (indptr, indices, data) of a matrix: int32, int32, float32."""
    raise NotImplementedError


def csr_matvec(indptr: np.ndarray, indices: np.ndarray, data: np.ndarray, x: np.ndarray) -> np.ndarray:
    """Return the matrix times x: float32, one number per row."""
    raise NotImplementedError


def csr_bits(rows: int, nonzeros: int, value_bits: int, index_bits: int) -> int:
    """Return the bits that the three arrays take together."""
    raise NotImplementedError


def break_even_sparsity(rows: int, columns: int, value_bits: int, index_bits: int) -> float:
    """Return the sparsity at which the three arrays take as many bits as the dense matrix."""
    raise NotImplementedError
