"""The layers of the classic recipe in a row of bytes, in the network's order; numbers with the lowest byte first.

bytes         content of one layer
1             number of shared values, 1 ... 255
1             bits of a gap, 1 ... 8
2 a value     shared values in half precision
4             scale of the biases, float32
1 an output   biases / scale, -127 ... 127
3, then that  length of the gaps' block, the block (entropy_coding/codec.py)
3, then that  length of the codes' block, the block
"""

from collections.abc import Iterable, Mapping

import numpy as np

from reference_impl.deep_compression.classic.encoding import MOST_GAP_BITS, Floats, decode_layer
from reference_impl.deep_compression.classic.layer import EncodedLayer
from reference_impl.deep_compression.reader import Reader
from reference_impl.errors import CorruptData, OutOfRange

LENGTH_BYTES = 3


def encode(layers: Iterable[EncodedLayer]) -> bytes:
    """OutOfRange: a block of 2^24 bytes or more."""
    return b"".join(layer_bytes(layer) for layer in layers)


def decode(payload: bytes, shapes: Mapping[str, tuple[int, ...]]) -> dict[str, Floats]:
    """Arrays by name, of the shapes that are given in the network's order ("ip1.weight" before "ip1.bias").

    CorruptData, OutOfRange, NotFinite: bytes that `encode` has not made for such shapes.
    """
    reader = Reader(payload)
    arrays: dict[str, Floats] = {}
    for name, shape in shapes.items():
        if name.endswith(".weight"):
            weights, biases = decode_layer(_read_layer(reader, outputs=shape[0]), shape)
            arrays |= {name: weights, name.removesuffix("weight") + "bias": biases}
    reader.finish()
    return arrays


def layer_bytes(layer: EncodedLayer) -> bytes:
    """OutOfRange: a block of 2^24 bytes or more."""
    return b"".join(
        (
            bytes([len(layer.codebook), layer.gap_bits]),
            layer.codebook.astype("<f2").tobytes(),
            np.array(layer.bias_scale, "<f4").tobytes(),
            layer.bias_codes.tobytes(),
            _block(layer.gaps),
            _block(layer.codes),
        )
    )


def _block(data: bytes) -> bytes:
    if len(data) >= 2 ** (8 * LENGTH_BYTES):
        raise OutOfRange("a layer of 16 MB of codes is too large for this file")
    return len(data).to_bytes(LENGTH_BYTES, "little") + data


def _read_layer(reader: Reader, *, outputs: int) -> EncodedLayer:
    values, gap_bits = reader.number(1), reader.number(1)
    if not values or not 1 <= gap_bits <= MOST_GAP_BITS:
        raise CorruptData(f"a layer of {values} values and gaps of {gap_bits} bits is none of this recipe")
    return EncodedLayer(
        gap_bits=gap_bits,
        codebook=np.frombuffer(reader.take(2 * values), "<f2").astype(np.float16),
        bias_scale=np.frombuffer(reader.take(4), "<f4").astype(np.float32)[0],
        bias_codes=np.frombuffer(reader.take(outputs), np.int8),
        gaps=reader.block(LENGTH_BYTES),
        codes=reader.block(LENGTH_BYTES),
    )
