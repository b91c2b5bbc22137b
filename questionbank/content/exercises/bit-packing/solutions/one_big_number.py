"""The whole row as one number of Python, whose bytes come out lowest first."""

import numpy as np


def packed_bytes(n, bits):
    return (n * bits + 7) // 8


def pack(codes, bits):
    number = 0
    for code in reversed(codes.ravel().tolist()):
        number = number << bits | code
    return np.frombuffer(number.to_bytes(packed_bytes(codes.size, bits), "little"), np.uint8)


def unpack(packed, bits, count):
    number = int.from_bytes(packed.tobytes(), "little")
    mask = 2**bits - 1
    return np.array([number >> i * bits & mask for i in range(count)], dtype=np.uint16)
