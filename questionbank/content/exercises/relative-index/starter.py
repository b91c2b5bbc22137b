import numpy as np


def relative_encode(w: np.ndarray, gap_bits: int) -> tuple[np.ndarray, np.ndarray]:
    """Return (codes, values): zeros before each stored weight, at most 2**gap_bits - 1, and what is stored."""
    raise NotImplementedError


def relative_decode(codes: np.ndarray, values: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
    """Return the float32 array of this shape that the codes and values stand for."""
    raise NotImplementedError


def encoded_bits(w: np.ndarray, gap_bits: int, value_bits: int) -> int:
    """Return the bits that the codes and values of w take, fillers included."""
    raise NotImplementedError


def best_gap_bits(w: np.ndarray, value_bits: int) -> int:
    """Return the width of 1 ... 8 bits with which w takes the fewest bits; the smallest of several."""
    raise NotImplementedError
