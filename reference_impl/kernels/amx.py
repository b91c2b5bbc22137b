"""Tile registers inside compiled functions: products of 16 x 64 and 64 x 16 signed bytes, summed in 32 bits.

Tiles 0-3 collect a block of 32 x 32 sums, 4-5 hold the left operand, 6-7 the right one. The numbers of tiles are part of
the instruction, hence one intrinsic per use. Callers check `tiers` first.
"""

from typing import Any

import numpy as np
from llvmlite import ir
from numba import types
from numpy.typing import NDArray

from reference_impl.kernels.compiled import compiled
from reference_impl.kernels.int8_epilogue import Epilogue, epilogue_of, write_vectors
from reference_impl.kernels.int8_tiles import BLOCK, PANEL, Positions
from reference_impl.kernels.simd import intrinsic, llvm_function

_I8, _I64 = ir.IntType(8), ir.IntType(64)
_POINTER = _I8.as_pointer()


def _configuration() -> NDArray[np.uint8]:
    # Intel SDM volume 1, section 18.2: palette 1, then 64 bytes per row and 16 rows for each of the eight tiles.
    table = np.zeros(64, np.uint8)
    table[0] = 1
    table[16:32] = np.full(8, 64, np.uint16).view(np.uint8)
    table[48:56] = 16
    return table


CONFIGURATION = _configuration()


def _call(builder: Any, name: str, arguments: list[Any], argument_types: list[Any]) -> None:
    builder.call(llvm_function(builder, name, ir.VoidType(), argument_types), arguments)


def _address(context: Any, builder: Any, array_type: Any, array: Any, offset_bytes: Any) -> Any:
    data = context.make_array(array_type)(context, builder, array).data
    return builder.gep(builder.bitcast(data, _POINTER), [offset_bytes])


def _mover(name: str, tile: int) -> Any:
    @intrinsic
    def move(typing: Any, array: Any, offset_bytes: Any, stride_bytes: Any) -> Any:
        def build(context: Any, builder: Any, signature: Any, values: Any) -> Any:
            address = _address(context, builder, signature.args[0], values[0], values[1])
            _call(builder, name, [ir.Constant(_I8, tile), address, values[2]], [_I8, _POINTER, _I64])
            return context.get_dummy_value()

        return types.void(array, types.intp, types.intp), build

    return move


def _zeroer(tile: int) -> Any:
    @intrinsic
    def zero(typing: Any) -> Any:
        def build(context: Any, builder: Any, signature: Any, values: Any) -> Any:
            _call(builder, "llvm.x86.tilezero", [ir.Constant(_I8, tile)], [_I8])
            return context.get_dummy_value()

        return types.void(), build

    return zero


def _multiplier(total: int, left: int, right: int) -> Any:
    @intrinsic
    def multiply(typing: Any) -> Any:
        def build(context: Any, builder: Any, signature: Any, values: Any) -> Any:
            tiles = [ir.Constant(_I8, tile) for tile in (total, left, right)]
            _call(builder, "llvm.x86.tdpbssd", tiles, [_I8] * 3)
            return context.get_dummy_value()

        return types.void(), build

    return multiply


load_4, load_5, load_6, load_7 = (_mover("llvm.x86.tileloadd64", tile) for tile in (4, 5, 6, 7))
store_0, store_1, store_2, store_3 = (_mover("llvm.x86.tilestored64", tile) for tile in (0, 1, 2, 3))
zero_0, zero_1, zero_2, zero_3 = (_zeroer(tile) for tile in range(4))
multiply_046, multiply_147 = _multiplier(0, 4, 6), _multiplier(1, 4, 7)
multiply_256, multiply_357 = _multiplier(2, 5, 6), _multiplier(3, 5, 7)


@intrinsic
def load_configuration(typing: Any, table: Any) -> Any:
    def build(context: Any, builder: Any, signature: Any, values: Any) -> Any:
        address = _address(context, builder, signature.args[0], values[0], ir.Constant(_I64, 0))
        _call(builder, "llvm.x86.ldtilecfg", [address], [_POINTER])
        return context.get_dummy_value()

    return types.void(table), build


@intrinsic
def release_tiles(typing: Any) -> Any:
    def build(context: Any, builder: Any, signature: Any, values: Any) -> Any:
        _call(builder, "llvm.x86.tilerelease", [], [])
        return context.get_dummy_value()

    return types.void(), build


@compiled
def _block(
    source: NDArray[Any], start: int, stride: int, run_stride: int, panel: NDArray[Any], sums: NDArray[Any]
) -> None:
    """All 32 x 64 sums of a block, of signed bytes; `panel`: (runs, padded fours, 64, 4)."""
    tiles = panel.shape[1] // 16
    for half in range(2):
        zero_0()
        zero_1()
        zero_2()
        zero_3()
        for run in range(panel.shape[0]):
            for k in range(tiles):
                at = start + run * run_stride + k * 64
                load_4(source, at, stride)
                load_5(source, at + 16 * stride, stride)
                weights = (run * tiles + k) * 4096 + half * 128
                load_6(panel, weights, 256)
                load_7(panel, weights + 64, 256)
                multiply_046()
                multiply_147()
                multiply_256()
                multiply_357()
        store_0(sums, half * 128, 256)
        store_1(sums, half * 128 + 64, 256)
        store_2(sums, 16 * 256 + half * 128, 256)
        store_3(sums, 16 * 256 + half * 128 + 64, 256)


@compiled
def _products(
    source: NDArray[Any], at: Positions, configuration: NDArray[Any], data: NDArray[Any], epilogue: Epilogue
) -> None:
    sums = np.empty((BLOCK, PANEL), np.int32)
    load_configuration(configuration)
    for panel in range(data.shape[0]):
        for line in range(at.starts.size):
            for first in range(0, at.per_line, BLOCK):
                start = at.starts[line] + first * at.stride
                _block(source, start, at.stride, at.run_stride, data[panel], sums)
                count = min(BLOCK, at.per_line - first)
                write_vectors(sums, count, line * at.per_line + first, panel * PANEL, epilogue)
    release_tiles()


def amx_products(
    source: NDArray[np.uint8], at: Positions, length: int, data: NDArray[np.int8], epilogue: Epilogue
) -> None:
    """`source` signed, `data` from `pack_vectors`; `length` is not needed, tiles take the zeros behind it too."""
    _products(source, at, CONFIGURATION, data, epilogue)


def tiles_are_right() -> bool:
    """The self-test: two overlapping runs of 64 bytes over 32 positions, against numpy."""
    random = np.random.default_rng(5)
    source = random.integers(0, 256, 3 + 32 * 70 + 128, dtype=np.uint8)
    panel = random.integers(-128, 128, (2, 16, 64, 4), dtype=np.int8)
    epilogue = epilogue_of(32, np.zeros(64, np.int32), None)
    amx_products(source, Positions(np.array([3]), 32, 70, 5), 64, panel[None], epilogue)
    flat = panel.transpose(0, 1, 3, 2).reshape(128, 64).astype(np.int32)
    signed = source.view(np.int8)
    rows = [
        np.concatenate([signed[at : at + 64], signed[at + 5 : at + 69]]) for at in range(3, 3 + 32 * 70, 70)
    ]
    return np.array_equal(epilogue.sums_out, np.array(rows, np.int32) @ flat)
