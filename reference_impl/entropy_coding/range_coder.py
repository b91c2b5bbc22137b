"""Arithmetic coding with whole numbers and bytes: near the entropy, not whole bits per symbol as Huffman's code.

G. N. N. Martin, Range encoding: an algorithm for removing redundancy from a digitised message, 1979. The range has 32
bits and is refilled below 2^24; a carry runs through the bytes already written. Cost above the model's cross entropy:
the flush, 4 bytes, and below 0.006 bits per symbol for a total of 2^16 (none worth naming for 2^12).
"""

from collections.abc import Iterable
from math import inf

from reference_impl.entropy_coding.bits import byte_string
from reference_impl.entropy_coding.models import Model
from reference_impl.errors import CorruptData, OutOfRange
from reference_impl.reals import whole_number, whole_numbers

WHOLE = 2**32
REFILL = 2**24
FLUSH_BYTES = 4


def encode(symbols: Iterable[int], model: Model) -> bytes:
    """The model is used up: decoding needs another one in the same first state.

    Raises OutOfRange for a symbol that the model holds impossible, WrongDtype for one that is no whole number.
    """
    out = bytearray()
    low, width = 0, WHOLE - 1
    for symbol in whole_numbers(symbols, -inf, inf, "a symbol"):
        start, share = _interval(model, symbol)
        unit = width // model.total
        low += unit * start
        width = unit * share
        if low >= WHOLE:
            _carry(out)
            low -= WHOLE
        while width < REFILL:
            out.append(low >> 24)
            low, width = (low << 8) % WHOLE, width << 8
        model.learn(symbol)
    return bytes(out) + low.to_bytes(FLUSH_BYTES, "big")


def decode(data: bytes, model: Model, count: int) -> list[int]:
    """`count` symbols, with a model in the state that `encode` began with.

    Raises CorruptData where the data end too early or too late, or hold a value outside every interval. Other damage
    gives other symbols: add a checksum where that matters. The count is the caller's: symbols of probability 1 take no
    bytes, so that no length of the data bounds it. OutOfRange: a negative count.
    """
    data, count = byte_string(data), whole_number(count, 0, inf, "the number of symbols")
    if len(data) < FLUSH_BYTES:
        raise CorruptData("the data end before the first symbol")
    symbols: list[int] = []
    value, width, at = int.from_bytes(data[:FLUSH_BYTES], "big"), WHOLE - 1, FLUSH_BYTES
    for _ in range(count):
        unit = width // model.total
        place = value // unit
        if place >= model.total:
            raise CorruptData("the data hold a value outside every symbol's interval")
        symbol = model.symbol_at(place)
        start, share = model.interval(symbol)
        value -= unit * start
        width = unit * share
        while width < REFILL:
            if at == len(data):
                raise CorruptData("the data end before the last symbol")
            value, width, at = value << 8 | data[at], width << 8, at + 1
        symbols.append(symbol)
        model.learn(symbol)
    if at != len(data) or value:
        raise CorruptData("the data go on after the last symbol")
    return symbols


def _interval(model: Model, symbol: int) -> tuple[int, int]:
    try:
        start, share = model.interval(symbol) if symbol >= 0 else (0, 0)
    except IndexError:
        share = start = 0
    if not share:
        raise OutOfRange(f"the model holds symbol {symbol} impossible")
    return start, share


def _carry(out: bytearray) -> None:
    at = len(out) - 1
    while out[at] == 0xFF:
        out[at] = 0
        at -= 1
    out[at] += 1
