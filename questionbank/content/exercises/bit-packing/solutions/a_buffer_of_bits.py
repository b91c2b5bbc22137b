"""As a coder writes a file: bits wait in a buffer until a byte is full."""

import math

import numpy as np


def packed_bytes(n, bits):
    return math.ceil(n * bits / 8)


def pack(codes, bits):
    out, held, waiting = bytearray(), 0, 0
    for code in codes.flat:
        held += int(code) << waiting
        waiting += bits
        while waiting >= 8:
            out.append(held % 256)
            held //= 256
            waiting -= 8
    if waiting:
        out.append(held)
    return np.array(out, dtype=np.uint8)


def unpack(packed, bits, count):
    codes, held, waiting = [], 0, 0
    coming = iter(packed.tolist())
    while len(codes) < count:
        while waiting < bits:
            held += next(coming) << waiting
            waiting += 8
        codes.append(held % 2**bits)
        held >>= bits
        waiting -= bits
    return np.array(codes, dtype=np.uint16)
