"""A matrix of single bits, one row a code, for np.packbits and np.unpackbits."""

import numpy as np


def packed_bytes(n, bits):
    whole, rest = divmod(n * bits, 8)
    return whole + (rest > 0)


def pack(codes, bits):
    ones = codes.reshape(-1, 1) >> np.arange(bits, dtype=codes.dtype) & 1
    return np.packbits(ones.astype(np.uint8), bitorder="little")


def unpack(packed, bits, count):
    ones = np.unpackbits(packed, count=count * bits, bitorder="little").reshape(count, bits)
    return (ones.astype(np.uint16) << np.arange(bits, dtype=np.uint16)).sum(axis=1, dtype=np.uint16)
