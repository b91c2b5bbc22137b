"""Operations on the lanes of one 512-bit register that bit fields need.

The register is that of `simd` (`V16I32`) whatever its lanes are taken for. Shift counts stay below the lane's width.
`permute_bytes` and `cut_bytes` need a CPU with AVX512-VBMI: `self_tests` asks for it before it compiles them.
"""

from typing import Any

from llvmlite import ir
from numba import types

from reference_impl.kernels.simd import V16I32, VECTOR_I32, intrinsic, llvm_function

REGISTER_BITS = 512


def _lanes(bits: int) -> ir.VectorType:
    return ir.VectorType(ir.IntType(bits), REGISTER_BITS // bits)


def _lane_operation(name: str, bits: int) -> Any:
    @intrinsic
    def operation(typing: Any, left: Any, right: Any) -> Any:
        def build(context: Any, builder: Any, signature: Any, values: Any) -> Any:
            operands = [builder.bitcast(value, _lanes(bits)) for value in values]
            return builder.bitcast(getattr(builder, name)(*operands), VECTOR_I32)

        return V16I32(V16I32, V16I32), build

    return operation


or_bits = _lane_operation("or_", 64)
add_u64 = _lane_operation("add", 64)
shift_left_u64 = _lane_operation("shl", 64)
shift_right_u64 = _lane_operation("lshr", 64)
shift_right_u16 = _lane_operation("lshr", 16)


def _splat_u64(builder: Any, scalar: Any) -> Any:
    undefined = ir.Constant(_lanes(64), ir.Undefined)
    one = builder.insert_element(undefined, scalar, ir.Constant(ir.IntType(32), 0))
    return builder.shuffle_vector(one, undefined, ir.Constant(ir.VectorType(ir.IntType(32), 8), [0] * 8))


@intrinsic
def splat_u64(typing: Any, scalar: Any) -> Any:
    def build(context: Any, builder: Any, signature: Any, values: Any) -> Any:
        return builder.bitcast(_splat_u64(builder, values[0]), VECTOR_I32)

    return V16I32(types.uint64), build


@intrinsic
def any_greater_u64(typing: Any, left: Any, right: Any) -> Any:
    """Whether a 64-bit lane of `left` is above that of `right`, unsigned."""

    def build(context: Any, builder: Any, signature: Any, values: Any) -> Any:
        operands = [builder.bitcast(value, _lanes(64)) for value in values]
        mask = builder.bitcast(builder.icmp_unsigned(">", *operands), ir.IntType(8))
        return builder.icmp_unsigned("!=", mask, ir.Constant(ir.IntType(8), 0))

    return types.boolean(V16I32, V16I32), build


@intrinsic
def and_not(typing: Any, register: Any, mask: Any) -> Any:
    """The bits of `register` that `mask` does not have."""

    def build(context: Any, builder: Any, signature: Any, values: Any) -> Any:
        return builder.and_(values[0], builder.not_(values[1]))

    return V16I32(V16I32, V16I32), build


@intrinsic
def plane_of_bytes(typing: Any, register: Any, bit: Any) -> Any:
    """Bit i: bit `bit` of byte i."""

    def build(context: Any, builder: Any, signature: Any, values: Any) -> Any:
        ones = ir.Constant(ir.IntType(64), 0x0101010101010101)
        wanted = _splat_u64(builder, builder.shl(ones, values[1]))
        found = builder.bitcast(builder.and_(builder.bitcast(values[0], _lanes(64)), wanted), _lanes(8))
        return builder.bitcast(
            builder.icmp_unsigned("!=", found, ir.Constant(_lanes(8), [0] * 64)), ir.IntType(64)
        )

    return types.uint64(V16I32, types.int64), build


def _call(builder: Any, name: str, bits: int, values: list[Any]) -> Any:
    function = llvm_function(builder, name, _lanes(bits), [_lanes(bits)] * len(values))
    return builder.bitcast(
        builder.call(function, [builder.bitcast(value, _lanes(bits)) for value in values]), VECTOR_I32
    )


@intrinsic
def permute_bytes(typing: Any, register: Any, places: Any) -> Any:
    """Per byte: the byte of `register` at places & 63."""

    def build(context: Any, builder: Any, signature: Any, values: Any) -> Any:
        return _call(builder, "llvm.x86.avx512.permvar.qi.512", 8, values)

    return V16I32(V16I32, V16I32), build


@intrinsic
def cut_bytes(typing: Any, starts: Any, register: Any) -> Any:
    """Per byte: the eight bits from bit starts & 63 on of the 64-bit lane it lies in, around its end."""

    def build(context: Any, builder: Any, signature: Any, values: Any) -> Any:
        return _call(builder, "llvm.x86.avx512.pmultishift.qb.512", 8, values)

    return V16I32(V16I32, V16I32), build


@intrinsic
def count_bits_u64(typing: Any, register: Any) -> Any:
    """Per 64 bits: how many are set."""

    def build(context: Any, builder: Any, signature: Any, values: Any) -> Any:
        return _call(builder, "llvm.ctpop.v8i64", 64, values)

    return V16I32(V16I32), build


@intrinsic
def look_up_64_u16(typing: Any, low: Any, indices: Any, high: Any) -> Any:
    """Per 16 bits: entry indices & 63 of the table whose halves are `low` and `high`."""

    def build(context: Any, builder: Any, signature: Any, values: Any) -> Any:
        return _call(builder, "llvm.x86.avx512.vpermi2var.hi.512", 16, values)

    return V16I32(V16I32, V16I32, V16I32), build


@intrinsic
def least_u16(typing: Any, left: Any, right: Any) -> Any:
    """Per 16 bits: the lesser of both, unsigned."""

    def build(context: Any, builder: Any, signature: Any, values: Any) -> Any:
        return _call(builder, "llvm.umin.v32i16", 16, values)

    return V16I32(V16I32, V16I32), build


@intrinsic
def any_zero_u16(typing: Any, register: Any) -> Any:
    """Whether one of the 32 numbers of 16 bits is zero."""

    def build(context: Any, builder: Any, signature: Any, values: Any) -> Any:
        zero = ir.Constant(_lanes(16), [0] * 32)
        mask = builder.icmp_unsigned("==", builder.bitcast(values[0], _lanes(16)), zero)
        return builder.icmp_unsigned(
            "!=", builder.bitcast(mask, ir.IntType(32)), ir.Constant(ir.IntType(32), 0)
        )

    return types.boolean(V16I32), build
