import numpy as np


def packed_bytes(n: int, bits: int) -> int:
    """Return how many whole bytes n codes of so many bits take."""
    raise NotImplementedError


def pack(codes: np.ndarray, bits: int) -> np.ndarray:
    """Return the codes as a row of uint8, one behind the other without gaps, lowest bits first."""
    raise NotImplementedError


def unpack(packed: np.ndarray, bits: int, count: int) -> np.ndarray:
    """Return the first `count` codes as a row of uint16."""
    raise NotImplementedError
