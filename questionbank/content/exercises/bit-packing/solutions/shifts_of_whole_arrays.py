"""Each code spread over the three bytes that it may touch, all codes at once."""

import numpy as np


def packed_bytes(n, bits):
    return -(-n * bits // 8)


def pack(codes, bits):
    starts = np.arange(codes.size) * bits
    placed = codes.ravel().astype(np.uint32) << (starts % 8).astype(np.uint32)
    out = np.zeros(packed_bytes(codes.size, bits) + 2, np.uint8)
    for k in range(3):
        np.bitwise_or.at(out, starts // 8 + k, (placed >> np.uint32(8 * k)).astype(np.uint8))
    return out[:-2]


def unpack(packed, bits, count):
    starts = np.arange(count) * bits
    wide = np.append(packed, np.zeros(2, np.uint8)).astype(np.uint32)
    three = wide[starts // 8] | wide[starts // 8 + 1] << 8 | wide[starts // 8 + 2] << 16
    return (three >> (starts % 8).astype(np.uint32) & (2**bits - 1)).astype(np.uint16)
