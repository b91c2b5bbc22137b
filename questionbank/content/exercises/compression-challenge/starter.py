import numpy as np


def compress(weights: dict[str, np.ndarray], images: np.ndarray) -> bytes:
    """Return the network in as few bytes as you can. `images` are inputs without labels, one in each row."""
    raise NotImplementedError


def decompress(data: bytes) -> dict[str, np.ndarray]:
    """Return the weights, name -> float32 array, from the bytes alone."""
    raise NotImplementedError
