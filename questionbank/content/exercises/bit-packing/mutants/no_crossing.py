# fails: bits_fill_whole_bytes[no_code_crosses_a_byte], codes_stand_one_behind_the_other[no_code_crosses_a_byte], unpacking_gives_the_codes_back, long_rows_survive_the_way_there_and_back
"""Only whole codes in a byte."""

import numpy as np


def packed_bytes(n, bits):
    each = max(8 // bits, 1)
    return -(-n // each) * (1 if bits <= 8 else 2)


def pack(codes, bits):
    codes = codes.ravel().astype(np.int64)
    ones = (codes[:, None] >> np.arange(bits) & 1).astype(np.uint8)
    if bits > 8:
        return np.packbits(ones, bitorder="little")
    each = 8 // bits
    codes = np.append(codes, np.zeros(-len(codes) % each, np.int64)).reshape(-1, each)
    return (codes << np.arange(each) * bits).sum(axis=1).astype(np.uint8)


def unpack(packed, bits, count):
    if bits <= 8:
        each = 8 // bits
        return (packed[:, None] >> np.arange(each) * bits & 2**bits - 1).ravel()[:count].astype(np.uint16)
    ones = np.unpackbits(packed, bitorder="little")[: count * bits].reshape(count, bits)
    return (ones.astype(np.int64) << np.arange(bits)).sum(axis=1).astype(np.uint16)
