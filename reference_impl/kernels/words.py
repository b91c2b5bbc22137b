"""Eight bytes of an array as one number, at any byte, the lowest byte first; and two float64 added to at once.

Inside compiled functions: neither checked for bounds nor aligned. Without the compiler (NUMBA_DISABLE_JIT=1, as when
test coverage is measured) the same in plain Python.
"""

from typing import Any

import numpy as np
from llvmlite import ir
from numba import extending, types
from numpy.typing import NDArray

from reference_impl.kernels.compiled import JIT, compiled

_I64 = ir.IntType(64)
_PAIR = ir.VectorType(ir.DoubleType(), 2)


def _pointer(context: Any, builder: Any, array_type: Any, array: Any, index: Any) -> Any:
    data = context.make_array(array_type)(context, builder, array).data
    return builder.bitcast(builder.gep(data, [index]), _I64.as_pointer())


def _load_intrinsic(typing: Any, array: Any, at: Any) -> Any:
    def build(context: Any, builder: Any, signature: Any, values: Any) -> Any:
        loaded = builder.load(_pointer(context, builder, signature.args[0], values[0], values[1]))
        loaded.align = 1
        return loaded

    return types.uint64(array, types.intp), build


def _store_intrinsic(typing: Any, array: Any, at: Any, value: Any) -> Any:
    def build(context: Any, builder: Any, signature: Any, values: Any) -> Any:
        target = _pointer(context, builder, signature.args[0], values[0], values[1])
        builder.store(values[2], target).align = 1
        return context.get_dummy_value()

    return types.void(array, types.intp, types.uint64), build


def _count_intrinsic(typing: Any, table: Any, at: Any, value: Any) -> Any:
    def build(context: Any, builder: Any, signature: Any, values: Any) -> Any:
        target = builder.bitcast(
            _pointer(context, builder, signature.args[0], values[0], values[1]), _PAIR.as_pointer()
        )
        before = builder.load(target)
        before.align = 8
        added = builder.insert_element(
            ir.Constant(_PAIR, [1.0, 0.0]), values[2], ir.Constant(ir.IntType(32), 1)
        )
        builder.store(builder.fadd(before, added), target).align = 8
        return context.get_dummy_value()

    return types.void(table, types.intp, types.float64), build


def _load_plain(array: NDArray[np.uint8], at: int) -> np.uint64:
    return np.uint64(int.from_bytes(array[at : at + 8].tobytes(), "little"))


def _store_plain(array: NDArray[np.uint8], at: int, value: np.uint64) -> None:
    array[at : at + 8] = np.frombuffer(int(value).to_bytes(8, "little"), np.uint8)


def _count_plain(table: NDArray[np.float64], at: int, value: float) -> None:
    table[at] += 1.0
    table[at + 1] += value


load_word: Any = extending.intrinsic(_load_intrinsic) if JIT else _load_plain
store_word: Any = extending.intrinsic(_store_intrinsic) if JIT else _store_plain
#: table[at] += 1, table[at + 1] += value; float64
count_and_add: Any = extending.intrinsic(_count_intrinsic) if JIT else _count_plain


@compiled
def repeated(ones: Any, gap: Any) -> Any:
    """`ones` set bits at the low end of every `gap` bits of a word."""
    mask = np.uint64(0)
    for i in range(0, 64, gap):
        mask |= ((np.uint64(1) << np.uint64(ones)) - np.uint64(1)) << np.uint64(i)
    return mask
