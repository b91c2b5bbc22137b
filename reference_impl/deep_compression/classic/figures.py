"""A coded layer as a row of the paper's tables."""

import numpy as np

from reference_impl.deep_compression.classic.layer import EncodedLayer
from reference_impl.deep_compression.classic.payload import layer_bytes
from reference_impl.deep_compression.stages import LayerFigures
from reference_impl.entropy_coding import decompress, limited_lengths
from reference_impl.entropy_coding.streams import LONGEST_CODE
from reference_impl.sparse.sizes import relative_bits


def figures(name: str, layer: EncodedLayer, *, weights: int) -> LayerFigures:
    """weights: of the layer before pruning. Mean lengths are of what is really written, over kept weights and fillers.

    CorruptData: a layer whose blocks are damaged.
    """
    codes = decompress(layer.codes)
    kept = int(np.count_nonzero(codes))
    gap_bytes, code_bytes = layer.stream_bytes
    fixed = relative_bits(kept, codes.size - kept, gap_bits=layer.gap_bits, value_bits=layer.code_bits)
    return LayerFigures(
        name=name,
        weights=weights,
        parameters=weights + layer.bias_codes.size,
        kept=kept,
        entries=codes.size,
        code_bits=layer.code_bits,
        code_bits_huffman=8 * code_bytes / max(codes.size, 1),
        gap_bits=layer.gap_bits,
        gap_bits_huffman=8 * gap_bytes / max(codes.size, 1),
        shared_size_bits=fixed + 8 * layer.side_bytes,
        coded_size_bits=8 * len(layer_bytes(layer)),
    )


def huffman_lengths(layer: EncodedLayer) -> tuple[list[int], list[int]]:
    """Bits of the codewords of codes and of gaps; 0 for what never occurs."""
    codes, gaps = (np.bincount(decompress(block)).tolist() for block in (layer.codes, layer.gaps))
    return limited_lengths(codes, limit=LONGEST_CODE), limited_lengths(gaps, limit=LONGEST_CODE)
