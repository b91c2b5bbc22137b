"""Where the bytes of the best recipe's stream go: numpy and numba, no torch."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from reference_impl.deep_compression.best.payload import layer_codes
from reference_impl.deep_compression.stages import Parameters, StreamFigures
from reference_impl.entropy_coding.adaptive import LayerCodes, encode_network
from reference_impl.kernels import adaptive_layer


def figures(parameters: Parameters) -> tuple[StreamFigures, ...]:
    """Of what `payload.encode` makes of the parameters; errors as there. The sizes add up to the stream's."""
    layers = layer_codes(parameters)
    coded = list(layers.values())
    rows = zip(layers.items(), _growth([_alike(layer) for layer in coded]), _growth(coded), strict=True)
    return tuple(
        _row(name, layer, position_bytes, size_bytes) for (name, layer), position_bytes, size_bytes in rows
    )


def _row(name: str, layer: LayerCodes, position_bytes: int, size_bytes: int) -> StreamFigures:
    return StreamFigures(
        name=name,
        weights=layer.codes.size,
        parameters=layer.codes.size + layer.biases.size,
        kept=int(np.count_nonzero(layer.codes)),
        shared_values=len(layer.codebook),
        position_bytes=position_bytes,
        size_bytes=size_bytes,
    )


def _growth(layers: Sequence[LayerCodes]) -> list[int]:
    """Bytes that each layer adds: the beginning of a stream does not know what follows."""
    sizes = [len(encode_network(layers[:count], rows=adaptive_layer)) for count in range(1, len(layers) + 1)]
    return [after - before for before, after in pairwise((0, *sizes))]


def _alike(layer: LayerCodes) -> LayerCodes:
    kept = (layer.codes != 0).astype(np.int64)
    return replace(layer, codes=kept, codebook=(1,) if kept.any() else (), biases=np.zeros_like(layer.biases))
