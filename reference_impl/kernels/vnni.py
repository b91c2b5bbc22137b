"""Products of bytes with `vpdpbusd`: four unsigned by four signed bytes, added to each of 16 sums.

A register tile of 6 positions by 64 channels fills 24 of the 32 vector registers with sums; four more hold weights and one
the bytes of a position. So a step of ten loads feeds 24 dot products, and no sum leaves its register before it is done. The
source is shifted by 128 to unsigned; the bias takes 128 times the sum of the weights off again.
"""

from typing import Any

import numpy as np
from llvmlite import ir  # type: ignore[import-untyped]
from numba import types
from numpy.typing import NDArray

from reference_impl.kernels.compiled import compiled, inlined
from reference_impl.kernels.int8_epilogue import Epilogue, write_vectors
from reference_impl.kernels.int8_tiles import PANEL, Positions
from reference_impl.kernels.simd import LANES, V16I32, VECTOR_I32, intrinsic, llvm_function

POSITIONS = 6
_VECTORS = PANEL // LANES
_STEP_BYTES = 4 * PANEL
_I8, _I32, _I64 = ir.IntType(8), ir.IntType(32), ir.IntType(64)
_ZERO = ir.Constant(VECTOR_I32, [0] * LANES)


def _pointer(context: Any, builder: Any, array_type: Any, array: Any, offset_bytes: Any, to: Any) -> Any:
    data = builder.bitcast(context.make_array(array_type)(context, builder, array).data, _I8.as_pointer())
    return builder.bitcast(builder.gep(data, [offset_bytes]), to.as_pointer())


def _offset(builder: Any, start: Any, stride: Any, times: int) -> Any:
    return builder.add(start, builder.mul(stride, ir.Constant(_I64, times)))


def _repeated(builder: Any, word: Any) -> Any:
    nothing = ir.Constant(VECTOR_I32, ir.Undefined)
    return builder.shuffle_vector(builder.insert_element(nothing, word, _I32(0)), nothing, _ZERO)


def _zero_tile(positions: int) -> Any:
    tile = types.UniTuple(V16I32, positions * _VECTORS)

    @intrinsic
    def zero(typing: Any) -> Any:
        def build(context: Any, builder: Any, signature: Any, values: Any) -> Any:
            return context.make_tuple(builder, tile, [_ZERO] * tile.count)

        return tile(), build

    return zero


zero_1, zero_2, zero_3, zero_4, zero_5, zero_6 = (_zero_tile(positions) for positions in range(1, 7))


@intrinsic
def dot_step(typing: Any, tile: Any, source: Any, start: Any, stride: Any, panel: Any, offset: Any) -> Any:
    """The tile plus the products of four bytes per position with 4 x 64 weights."""

    def build(context: Any, builder: Any, signature: Any, values: Any) -> Any:
        tile_in, source_in, start_in, stride_in, panel_in, offset_in = values

        def load(index: int, array: Any, offset: Any, kind: Any) -> Any:
            loaded = builder.load(_pointer(context, builder, signature.args[index], array, offset, kind))
            loaded.align = 1
            return loaded

        dot = llvm_function(builder, "llvm.x86.avx512.vpdpbusd.512", VECTOR_I32, [VECTOR_I32] * 3)
        weights = [
            load(4, panel_in, _offset(builder, offset_in, _I64(64), j), VECTOR_I32) for j in range(_VECTORS)
        ]
        totals = []
        for i in range(tile.count // _VECTORS):
            word = _repeated(builder, load(1, source_in, _offset(builder, start_in, stride_in, i), _I32))
            for j in range(_VECTORS):
                total = builder.extract_value(tile_in, i * _VECTORS + j)
                totals.append(builder.call(dot, [total, word, weights[j]]))
        return context.make_tuple(builder, tile, totals)

    return tile(tile, source, types.intp, types.intp, panel, types.intp), build


@intrinsic
def store_tile(typing: Any, sums: Any, tile: Any) -> Any:
    def build(context: Any, builder: Any, signature: Any, values: Any) -> Any:
        for i in range(tile.count):
            target = _pointer(context, builder, signature.args[0], values[0], _I64(64 * i), VECTOR_I32)
            builder.store(builder.extract_value(values[1], i), target).align = 1
        return context.get_dummy_value()

    return types.void(sums, tile), build


@inlined
def _tile(
    tile: Any,
    source: NDArray[Any],
    start: int,
    at: Positions,
    fours: int,
    panel: NDArray[Any],
    sums: NDArray[Any],
) -> None:
    runs, padded_fours = panel.shape[:2]
    for run in range(runs):
        begin = start + run * at.run_stride
        weights = run * padded_fours * _STEP_BYTES
        for k in range(fours):
            tile = dot_step(tile, source, begin + 4 * k, at.stride, panel, weights + k * _STEP_BYTES)
    store_tile(sums, tile)


@inlined
def _block(
    count: int,
    source: NDArray[Any],
    start: int,
    at: Positions,
    fours: int,
    panel: NDArray[Any],
    sums: NDArray[Any],
) -> None:
    if count == 6:
        _tile(zero_6(), source, start, at, fours, panel, sums)
    elif count == 5:
        _tile(zero_5(), source, start, at, fours, panel, sums)
    elif count == 4:
        _tile(zero_4(), source, start, at, fours, panel, sums)
    elif count == 3:
        _tile(zero_3(), source, start, at, fours, panel, sums)
    elif count == 2:
        _tile(zero_2(), source, start, at, fours, panel, sums)
    else:
        _tile(zero_1(), source, start, at, fours, panel, sums)


@compiled
def vnni_products(
    source: NDArray[Any], at: Positions, length: int, data: NDArray[Any], epilogue: Epilogue
) -> None:
    """`source` shifted by 128, `data` from `pack_vectors`."""
    sums = np.empty((POSITIONS, PANEL), np.int32)
    # Tiles of nearly the same size: too few sums at a time would wait for each other.
    tiles = -(-at.per_line // POSITIONS)
    for panel in range(data.shape[0]):
        for line in range(at.starts.size):
            for tile in range(tiles):
                first = tile * at.per_line // tiles
                count = (tile + 1) * at.per_line // tiles - first
                start = at.starts[line] + first * at.stride
                _block(count, source, start, at, (length + 3) // 4, data[panel], sums)
                write_vectors(sums, count, line * at.per_line + first, panel * PANEL, epilogue)
