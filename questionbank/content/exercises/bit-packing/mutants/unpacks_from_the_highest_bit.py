# fails: unpacking_gives_the_codes_back[highest_bit_first], long_rows_survive_the_way_there_and_back=carried
"""Only the way back."""

import numpy as np


def packed_bytes(n, bits):
    return (n * bits + 7) // 8


def pack(codes, bits):
    codes = codes.ravel().astype(np.int64)
    ones = (codes[:, None] >> np.arange(bits) & 1).astype(np.uint8)
    return np.packbits(ones, bitorder="little")


def unpack(packed, bits, count):
    ones = np.unpackbits(packed)[: count * bits].reshape(count, bits)
    return (ones.astype(np.int64) << np.arange(bits)[::-1]).sum(axis=1).astype(np.uint16)
