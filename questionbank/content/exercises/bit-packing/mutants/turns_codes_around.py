# fails: codes_stand_one_behind_the_other[bits_of_a_code_turned_around], unpacking_gives_the_codes_back[bits_of_a_code_turned_around]=carried
"""Highest bit of a code first, in bytes from the lowest bit up."""

import numpy as np


def packed_bytes(n, bits):
    return (n * bits + 7) // 8


def pack(codes, bits):
    codes = codes.ravel().astype(np.int64)
    ones = (codes[:, None] >> np.arange(bits)[::-1] & 1).astype(np.uint8)
    return np.packbits(ones, bitorder="little")


def unpack(packed, bits, count):
    ones = np.unpackbits(packed, bitorder="little")[: count * bits].reshape(count, bits)
    return (ones.astype(np.int64) << np.arange(bits)[::-1]).sum(axis=1).astype(np.uint16)
