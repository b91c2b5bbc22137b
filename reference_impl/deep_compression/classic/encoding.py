"""Shared weights to what the file holds of them, and back.

Positions as gaps with filler zeros (arXiv:1510.00149, section 2 and figure 2, row-major over the whole tensor), then
codes and gaps in Huffman codewords of their own (section 4). Shared values are rounded to half precision, biases to
8 bits on a symmetric grid, which the paper leaves in 32 bits and does not count.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from reference_impl.deep_compression.classic.layer import EncodedLayer, SharedLayer
from reference_impl.entropy_coding import compress, decompress
from reference_impl.errors import CorruptData, OutOfRange
from reference_impl.quantization import ArrayQParams, PerTensor, QuantizedTensor, Scheme, quantize_tensor
from reference_impl.reals import float32_array, some_reals, whole_number
from reference_impl.sparse import RelativeArray, from_relative, to_relative
from reference_impl.weight_sharing import decode

MOST_VALUES = 255
MOST_GAP_BITS = 8  #: a gap's code is one byte for the Huffman coder
BIASES = Scheme.symmetric_restricted(8)
Floats = NDArray[np.float32]


def encode_layer(layer: SharedLayer, *, gap_bits: int) -> EncodedLayer:
    """OutOfRange: no value or more than 255, one beyond half precision, gap_bits outside 1 ... 8.

    NotFinite, WrongDtype: of values and biases.
    """
    whole_number(gap_bits, 1, MOST_GAP_BITS, "bits of a gap")
    whole_number(len(layer.codebook), 1, MOST_VALUES, "the number of shared values")
    sparse = to_relative(layer.codes, gap_bits=gap_bits)
    biases = quantize_tensor(layer.bias, BIASES)
    return EncodedLayer(
        codebook=half_precision(layer.codebook),
        bias_codes=biases.codes.astype(np.int8),
        bias_scale=np.float32(biases.qparams.scale.item()),
        gap_bits=gap_bits,
        gaps=compress(sparse.codes.astype(np.uint8)),
        codes=compress(sparse.values.astype(np.uint8)),
    )


def decode_layer(layer: EncodedLayer, shape: tuple[int, ...]) -> tuple[Floats, Floats]:
    """Weights of that shape and biases. CorruptData: a layer that `encode_layer` has not made.

    OutOfRange: more entries than the shape has, which are refused before there is memory for them.
    """
    most = int(np.prod(shape))
    gaps = decompress(layer.gaps, most_symbols=most).astype(np.int64)
    stored = decompress(layer.codes, most_symbols=most)
    codes = from_relative(RelativeArray(gaps, stored.astype(np.float64), shape, layer.gap_bits))
    if stored.size and stored.max() > len(layer.codebook):
        raise CorruptData(f"a weight has code {stored.max()} of {len(layer.codebook)} values")
    values = np.array([0.0, *layer.codebook.tolist()])
    return float32_array(decode(codes.astype(np.int64), values)), _biases(layer)


def half_precision(values: ArrayLike) -> NDArray[np.float16]:
    """OutOfRange: a magnitude above 65504. EmptyInput: no values; NotFinite, WrongDtype."""
    given = some_reals(values, "shared values")
    if np.abs(given).max() > float(np.finfo(np.float16).max):
        raise OutOfRange("a shared value does not fit half precision; scale the weights down first")
    return given.astype(np.float16)


def _biases(layer: EncodedLayer) -> Floats:
    parameters = ArrayQParams(np.array([np.float64(layer.bias_scale)]), np.zeros(1, np.int64))
    return QuantizedTensor(layer.bias_codes, parameters, BIASES, PerTensor()).dequantize()
