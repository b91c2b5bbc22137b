"""Comparisons of 16 float32 lanes, for values that are looked up between cuts."""

from typing import Any

from llvmlite import ir
from numba import types

from reference_impl.kernels.simd import LANES, V16F32, V16I32, VECTOR_F32, VECTOR_I32, intrinsic

_I8, _I16, _I32 = ir.IntType(8), ir.IntType(16), ir.IntType(32)
_BYTES_16 = ir.VectorType(_I8, LANES)


@intrinsic
def where_greater(typing: Any, left: Any, right: Any, number: Any) -> Any:
    """Per lane: the number where left > right, else 0."""

    def build(context: Any, builder: Any, signature: Any, values: Any) -> Any:
        greater = builder.fcmp_ordered(">", values[0], values[1])
        return builder.and_(builder.sext(greater, VECTOR_I32), values[2])

    return V16I32(V16F32, V16F32, V16I32), build


@intrinsic
def equal_lanes(typing: Any, left: Any, right: Any) -> Any:
    """Bit i: whether lane i of both is equal."""

    def build(context: Any, builder: Any, signature: Any, values: Any) -> Any:
        equal = builder.fcmp_ordered("==", values[0], values[1])
        return builder.zext(builder.bitcast(equal, _I16), _I32)

    return types.uint32(V16F32, V16F32), build


@intrinsic
def lowest_bit(typing: Any, bits: Any) -> Any:
    """Place of the lowest bit that is set; there must be one."""

    def build(context: Any, builder: Any, signature: Any, values: Any) -> Any:
        place = builder.cttz(values[0], ir.Constant(ir.IntType(1), 1))
        return builder.zext(place, ir.IntType(64))

    return types.int64(types.uint32), build


@intrinsic
def bin_of(typing: Any, value: Any, low: Any, scale: Any, last: Any) -> Any:
    """Per lane: (value - low) * scale, rounded towards zero, at most `last`."""

    def build(context: Any, builder: Any, signature: Any, values: Any) -> Any:
        place = builder.fmul(builder.fsub(values[0], values[1]), values[2])
        whole = builder.sitofp(builder.fptosi(place, VECTOR_I32), VECTOR_F32)
        return builder.select(builder.fcmp_ordered("<", whole, values[3]), whole, values[3])

    return V16F32(V16F32, V16F32, V16F32, V16F32), build


@intrinsic
def store_bytes(typing: Any, array: Any, index: Any, numbers: Any) -> Any:
    """The lowest byte of each lane to array[index : index + 16]."""

    def build(context: Any, builder: Any, signature: Any, values: Any) -> Any:
        data = context.make_array(signature.args[0])(context, builder, values[0]).data
        target = builder.bitcast(builder.gep(data, [values[1]]), _BYTES_16.as_pointer())
        builder.store(builder.trunc(values[2], _BYTES_16), target).align = 1
        return context.get_dummy_value()

    return types.void(array, types.intp, V16I32), build
