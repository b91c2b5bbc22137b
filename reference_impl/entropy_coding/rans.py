"""Range asymmetric numeral systems: as near the entropy as arithmetic coding, with one number as state.

J. Duda, Asymmetric numeral systems: entropy coding combining speed of Huffman coding with compression rate of
arithmetic coding, arXiv:1311.2540, on range variants. The state stays in 2^23 ... 2^31 - 1 and moves whole bytes; symbols
are coded from the last to the first, so that they come out from the first on. The model cannot learn on the way.
"""

from collections.abc import Sequence
from math import inf

from reference_impl.entropy_coding.bits import byte_string
from reference_impl.entropy_coding.models import StaticModel
from reference_impl.errors import CorruptData, OutOfRange
from reference_impl.reals import whole_number, whole_numbers

LOWEST = 2**23
STATE_BYTES = 4


def encode(symbols: Sequence[int], model: StaticModel) -> bytes:
    """Raises OutOfRange for a symbol that the model holds impossible, WrongDtype for one that is no whole number."""
    out = bytearray()
    state = LOWEST
    for symbol in reversed(whole_numbers(symbols, -inf, inf, "a symbol")):
        if not 0 <= symbol < len(model.widths) or not model.widths[symbol]:
            raise OutOfRange(f"the model holds symbol {symbol} impossible")
        start, width = model.interval(symbol)
        while state >= (LOWEST // model.total << 8) * width:
            out.append(state & 0xFF)
            state >>= 8
        state = state // width * model.total + start + state % width
    return bytes(state.to_bytes(STATE_BYTES, "big") + bytes(reversed(out)))


def decode(data: bytes, model: StaticModel, count: int) -> list[int]:
    """`count` symbols. Raises CorruptData unless the coder's first state is reached at the end of the data.

    As in range_coder.py the count is the caller's. OutOfRange: a negative one.
    """
    data, count = byte_string(data), whole_number(count, 0, inf, "the number of symbols")
    state, at = int.from_bytes(data[:STATE_BYTES], "big"), STATE_BYTES
    if len(data) < STATE_BYTES or not LOWEST <= state < LOWEST << 8:
        raise CorruptData("the data do not begin with a state of this coder")
    symbols: list[int] = []
    for _ in range(count):
        place = state % model.total
        symbol = model.symbol_at(place)
        start, width = model.interval(symbol)
        state = width * (state // model.total) + place - start
        while state < LOWEST:
            if at == len(data):
                raise CorruptData("the data end before the last symbol")
            state, at = state << 8 | data[at], at + 1
        symbols.append(symbol)
    if state != LOWEST or at != len(data):
        raise CorruptData("the data do not end with the last symbol")
    return symbols
