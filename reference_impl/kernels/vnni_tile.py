"""A register tile of byte products: a few positions by 64 channels, four vectors of 16 sums per position.

The tile is a tuple of vectors; each step takes one and gives the next, and LLVM keeps all of them in registers.
"""

from typing import Any

from llvmlite import ir
from numba import types

from reference_impl.kernels.simd import LANES, V16I32, VECTOR_I32, intrinsic, llvm_function

_VECTORS = 4
STEP_BYTES = _VECTORS * 64
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


@intrinsic
def prefetch(typing: Any, array: Any, offset: Any) -> Any:
    """Asks for the cache line at this byte, into the second-nearest cache; never fails."""

    def build(context: Any, builder: Any, signature: Any, values: Any) -> Any:
        pointer = _pointer(context, builder, signature.args[0], values[0], values[1], _I8)
        function = llvm_function(
            builder, "llvm.prefetch.p0", ir.VoidType(), [_I8.as_pointer(), _I32, _I32, _I32]
        )
        builder.call(function, [pointer, _I32(0), _I32(2), _I32(1)])
        return context.get_dummy_value()

    return types.void(array, types.intp), build
