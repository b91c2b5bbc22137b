"""Arithmetic coding of single bits, each with its own probability.

Witten, Neal, Cleary, Arithmetic Coding for Data Compression, 1987, in the form of Martin, Range encoding, 1979: the
range has 32 bits and is refilled below 2^24; a carry runs through the bytes already written. Numbers past the end of
the data are read as zero bytes, so that `finish` may leave out those that end the stream.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from reference_impl.entropy_coding.adaptive.jit import jitable
from reference_impl.entropy_coding.adaptive.tables import ONE, Integers

REFILL = 1 << 24
WHOLE = 1 << 32
DECODING, LOW, WIDTH, POSITION, DAMAGED = range(5)  #: places in `state`


class BinaryCoder(NamedTuple):
    """state: int64, as named above; LOW is the value less the range's low end while decoding. data: uint8."""

    state: Integers
    data: NDArray[np.uint8]


def encoder(room_bytes: int) -> BinaryCoder:
    """Bytes past the room are counted and lost: POSITION tells how many were needed."""
    return BinaryCoder(np.array([0, 0, WHOLE - 1, 0, 0], np.int64), np.zeros(room_bytes, np.uint8))


def decoder(data: bytes) -> BinaryCoder:
    first = int.from_bytes(data[:4].ljust(4, b"\0"), "big")
    return BinaryCoder(np.array([1, first, WHOLE - 1, 4, 0], np.int64), np.frombuffer(data, np.uint8).copy())


@jitable
def code_bit(coder: BinaryCoder, bit: int, probability: int) -> int:
    """The bit, which is read instead while decoding. probability of a 1: 1 ... 2^16 - 1."""
    state = coder.state
    share = state[WIDTH] * probability // ONE
    if state[DECODING]:
        bit = 1 if state[LOW] < share else 0
        if not bit:
            state[LOW] -= share
    elif not bit:
        state[LOW] += share
        if state[LOW] >= WHOLE:
            _carry(coder)
    state[WIDTH] = share if bit else state[WIDTH] - share
    while state[WIDTH] < REFILL:
        _shift(coder)
    return bit


@jitable
def _shift(coder: BinaryCoder) -> None:
    state, data = coder.state, coder.data
    position = state[POSITION]
    inside = position < data.size
    if state[DECODING]:
        state[LOW] = (state[LOW] << 8) + (int(data[position]) if inside else 0)
    else:
        if inside:
            data[position] = state[LOW] >> 24
        state[LOW] = (state[LOW] << 8) % WHOLE
    state[WIDTH] <<= 8
    state[POSITION] += 1


@jitable
def _carry(coder: BinaryCoder) -> None:
    coder.state[LOW] -= WHOLE
    position = min(coder.state[POSITION], coder.data.size) - 1
    while position >= 0 and coder.data[position] == 255:
        coder.data[position] = 0
        position -= 1
    if position >= 0:
        coder.data[position] += 1


def finish(coder: BinaryCoder) -> bytes:
    """The shortest string that the range holds: of its numbers the one with most zeros at the end, without those."""
    low, width = int(coder.state[LOW]), int(coder.state[WIDTH])
    for zeros in range(32, -1, -8):
        number = -(-low >> zeros) << zeros
        if number < low + width:
            break
    if number >= WHOLE:
        _carry(coder)
    written = coder.data[: int(coder.state[POSITION])].tobytes()
    return (written + (number % WHOLE).to_bytes(4, "big")).rstrip(b"\0")
