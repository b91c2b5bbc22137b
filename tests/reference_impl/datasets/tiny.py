"""A data set of a few pixels, published as MNIST is."""

import hashlib

import numpy as np
from numpy.typing import NDArray

from reference_impl.datasets.sources import IdxFile, NpmPackage, Source

CODES = {"uint8": 0x08, "int8": 0x09, "int16": 0x0B, "int32": 0x0C, "float32": 0x0D, "float64": 0x0E}


def idx_bytes(array: NDArray) -> bytes:
    header = bytes([0, 0, CODES[array.dtype.name], array.ndim])
    sides = b"".join(side.to_bytes(4, "big") for side in array.shape)
    return header + sides + array.astype(array.dtype.newbyteorder(">")).tobytes()


def pixels(count: int) -> NDArray:
    return np.arange(count * 6, dtype=np.uint8).reshape(count, 2, 3)


FILES = {
    "train-images": idx_bytes(pixels(5)),
    "train-labels": idx_bytes(np.array([3, 1, 4, 1, 5], dtype=np.uint8)),
    "test-images": idx_bytes(pixels(2)),
    "test-labels": idx_bytes(np.array([9, 2], dtype=np.uint8)),
}
TINY = Source(
    "tiny",
    NpmPackage("tiny-data", "1.0.0", "package/data"),
    *[IdxFile(name, len(data), hashlib.sha256(data).hexdigest()) for name, data in FILES.items()],
)
