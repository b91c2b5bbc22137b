"""Whole networks as one stream of bytes: no header, no tables, one flush at the end.

Nothing of a shape is stored: the decoder is given the geometries. `rows` is the definition in rows.py or its compiled
twin kernels/adaptive_layer.py: the bytes are the same. In the order of the stream, each layer has the scale and values
of its codebook, its rows, then the scale and values of its biases.
"""

from collections.abc import Sequence
from typing import Protocol

import numpy as np

from reference_impl.entropy_coding.adaptive import rows as definition
from reference_impl.entropy_coding.adaptive.binary_coder import (
    DAMAGED,
    POSITION,
    BinaryCoder,
    decoder,
    encoder,
    finish,
)
from reference_impl.entropy_coding.adaptive.counters import Counters, counters
from reference_impl.entropy_coding.adaptive.history import History, no_history
from reference_impl.entropy_coding.adaptive.layer_codes import LARGEST, Geometry, LayerCodes
from reference_impl.entropy_coding.adaptive.layout import Layout, Matrix
from reference_impl.entropy_coding.adaptive.positions import Positions, new_positions
from reference_impl.entropy_coding.adaptive.side_information import (
    code_biases,
    code_byte,
    code_codebook,
    side_counters,
)
from reference_impl.entropy_coding.adaptive.tables import Integers
from reference_impl.entropy_coding.adaptive.values import Values, new_values
from reference_impl.entropy_coding.bits import byte_string
from reference_impl.errors import CorruptData

USUAL_FAN_IN = 9  #: of channels that no row of the layer before makes
FIRST_ROOM = 1 << 14  #: bytes


class Rows(Protocol):
    def code_rows(
        self,
        coder: BinaryCoder,
        matrix: Matrix,
        counts: Counters,
        history: History,
        positions: Positions,
        values: Values,
        /,
    ) -> Integers: ...


def encode_network(layers: Sequence[LayerCodes], *, rows: Rows = definition) -> bytes:
    """Layers in order of computation: the number of weights that a row keeps helps the layer that reads it."""
    room = FIRST_ROOM
    while True:
        coder = encoder(room)
        _code_network(coder, layers, rows)
        if coder.state[POSITION] <= room:
            return finish(coder)
        room = 2 * int(coder.state[POSITION])


def decode_network(
    data: bytes, geometries: Sequence[Geometry], *, rows: Rows = definition
) -> list[LayerCodes]:
    """Raises CorruptData unless the data are exactly what `encode_network` gives for some layers of these geometries.

    Other damage gives another network: a file needs a checksum. Work and memory are bounded by the geometries.
    """
    data = byte_string(data)
    coder = decoder(data)
    blank = [_blank(geometry) for geometry in geometries]
    layers = _code_network(coder, blank, rows)
    if coder.state[DAMAGED]:
        raise CorruptData(
            "a number in the data is beyond what a network of these geometries has; check the file"
        )
    if encode_network(layers, rows=rows) != data:
        raise CorruptData(
            "no network of these geometries is coded as these bytes; check the file and its shapes"
        )
    return layers


def _blank(geometry: Geometry) -> LayerCodes:
    codes = np.zeros((geometry.outputs, geometry.columns), np.int64)
    return LayerCodes(geometry, codes, (), np.zeros(geometry.outputs, np.int64))


def _code_network(coder: BinaryCoder, layers: Sequence[LayerCodes], rows: Rows) -> list[LayerCodes]:
    side = side_counters()
    sizes = np.zeros(0, np.int64)
    coded = []
    for layer in layers:
        fan_in = sizes if sizes.size == layer.geometry.channels else _usual_fan_in(layer.geometry)
        layer, sizes = _code_layer(coder, layer, fan_in, side, rows)
        coded.append(layer)
        if coder.state[DAMAGED]:
            break
    return coded


def _usual_fan_in(geometry: Geometry) -> Integers:
    return np.full(geometry.channels, USUAL_FAN_IN, np.int64)


def _code_layer(
    coder: BinaryCoder, layer: LayerCodes, fan_in: Integers, side: Counters, rows: Rows
) -> tuple[LayerCodes, Integers]:
    codebook_scale = code_byte(coder, layer.codebook_scale)
    codebook = code_codebook(coder, layer.codebook, side)
    geometry = layer.geometry
    layout = Layout(geometry.channels, geometry.height, geometry.width)
    below = sum(value < 0 for value in codebook)
    matrix = Matrix(np.array(layer.codes, np.int64, order="C"), layout, fan_in, len(codebook), below)
    counts, history = counters(definition.COUNT_CONTEXTS), no_history(geometry.outputs, layout)
    sizes = rows.code_rows(coder, matrix, counts, history, new_positions(), new_values())
    bias_scale = code_byte(coder, layer.bias_scale)
    biases = np.array(code_biases(coder, layer.biases.tolist(), (sizes > 0).tolist(), side), np.int64)
    too_large = max([*map(abs, codebook), *np.abs(biases).tolist()]) >= LARGEST
    if too_large or (not codebook and sizes.any()):
        coder.state[DAMAGED] = 1
        return layer, sizes
    return LayerCodes(geometry, matrix.codes, codebook, biases, codebook_scale, bias_scale), sizes
