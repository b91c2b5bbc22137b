# fails: codes_stand_one_behind_the_other[third_byte_forgotten]
"""Puts each code into the byte where it begins and the next."""

import numpy as np


def packed_bytes(n, bits):
    return (n * bits + 7) // 8


def pack(codes, bits):
    packed = np.zeros(packed_bytes(codes.size, bits) + 1, np.uint8)
    for place, code in enumerate(codes.ravel().tolist()):
        byte, shift = divmod(place * bits, 8)
        packed[byte] |= code << shift & 255
        packed[byte + 1] |= code << shift >> 8 & 255
    return packed[:-1]


def unpack(packed, bits, count):
    ones = np.unpackbits(packed, bitorder="little")[: count * bits].reshape(count, bits)
    return (ones.astype(np.int64) << np.arange(bits)).sum(axis=1).astype(np.uint16)
