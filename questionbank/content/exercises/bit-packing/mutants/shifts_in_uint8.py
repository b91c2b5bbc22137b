# fails: codes_stand_one_behind_the_other[bits_beyond_the_byte_lost], arrays_of_any_shape_are_packed_row_by_row[bits_beyond_the_byte_lost]=carried, long_rows_survive_the_way_there_and_back=carried
"""No carry into the next byte."""

import numpy as np


def packed_bytes(n, bits):
    return (n * bits + 7) // 8


def pack(codes, bits):
    codes = codes.ravel().astype(np.int64)
    ones = (codes[:, None] >> np.arange(bits) & 1).astype(np.uint8)
    out = np.zeros(packed_bytes(codes.size, bits), np.uint8)
    for i, code in enumerate(codes):
        out[i * bits // 8] |= (int(code) << i * bits % 8) & 255
    return out


def unpack(packed, bits, count):
    ones = np.unpackbits(packed, bitorder="little")[: count * bits].reshape(count, bits)
    return (ones.astype(np.int64) << np.arange(bits)).sum(axis=1).astype(np.uint16)
