"""512-bit vectors inside compiled functions.

LLVM's vectoriser never emits the byte dot product `vpdpbusd`; these intrinsics do. Lanes are 16 x int32 (`V16I32`,
also used for 64 raw bytes) or 16 x float32 (`V16F32`). Loads and stores take an array and an *element* index; they
are not bounds-checked and need no alignment. Callers check `tiers` first: on a CPU without AVX-512 these would
end the process.
"""

from typing import Any

from llvmlite import ir
from numba import extending, types
from numba.core import cgutils
from numba.extending import models, register_model

LANES = 16

# As Any: a caller does not pass the typing context that the declaration starts with.
intrinsic: Any = extending.intrinsic

_I8, _I32, _F32 = ir.IntType(8), ir.IntType(32), ir.FloatType()
VECTOR_I32 = ir.VectorType(_I32, LANES)
VECTOR_F32 = ir.VectorType(_F32, LANES)
_BYTES_64 = ir.VectorType(_I8, 64)
_BYTES_16 = ir.VectorType(_I8, LANES)
_MASK = ir.VectorType(ir.IntType(1), LANES)


class Vector(types.Type):
    """The numba type of one register; two of the same name are the same type."""

    def __init__(self, name: str, llvm_type: ir.VectorType) -> None:
        self.llvm_type = llvm_type
        super().__init__(name)


@register_model(Vector)
class _VectorModel(models.PrimitiveModel):
    def __init__(self, manager: Any, vector: Vector) -> None:
        super().__init__(manager, vector, vector.llvm_type)


V16I32 = Vector("V16I32", VECTOR_I32)
V16F32 = Vector("V16F32", VECTOR_F32)


def llvm_function(builder: Any, name: str, result: Any, arguments: list[Any]) -> Any:
    return cgutils.get_or_insert_function(builder.module, ir.FunctionType(result, arguments), name)


def _pointer(context: Any, builder: Any, array_type: Any, array: Any, index: Any, to: Any) -> Any:
    data = context.make_array(array_type)(context, builder, array).data
    return builder.bitcast(builder.gep(data, [index]), to.as_pointer())


def _splat(builder: Any, scalar: Any, vector_type: Any) -> Any:
    undefined = ir.Constant(vector_type, ir.Undefined)
    one = builder.insert_element(undefined, scalar, ir.Constant(_I32, 0))
    return builder.shuffle_vector(one, undefined, ir.Constant(VECTOR_I32, [0] * LANES))


def _loader(vector: Vector) -> Any:
    @intrinsic
    def load(typing: Any, array: Any, index: Any) -> Any:
        def build(context: Any, builder: Any, signature: Any, values: Any) -> Any:
            source = _pointer(context, builder, signature.args[0], values[0], values[1], vector.llvm_type)
            loaded = builder.load(source)
            loaded.align = 1
            return loaded

        return vector(array, types.intp), build

    return load


def _storer(vector: Vector) -> Any:
    @intrinsic
    def store(typing: Any, array: Any, index: Any, value: Any) -> Any:
        def build(context: Any, builder: Any, signature: Any, values: Any) -> Any:
            target = _pointer(context, builder, signature.args[0], values[0], values[1], vector.llvm_type)
            builder.store(values[2], target).align = 1
            return context.get_dummy_value()

        return types.void(array, types.intp, vector), build

    return store


load_i32 = _loader(V16I32)
load_f32 = _loader(V16F32)
store_i32 = _storer(V16I32)
store_f32 = _storer(V16F32)


@intrinsic
def zero_i32(typing: Any) -> Any:
    return V16I32(), lambda context, builder, signature, values: ir.Constant(VECTOR_I32, [0] * LANES)


@intrinsic
def zero_f32(typing: Any) -> Any:
    return V16F32(), lambda context, builder, signature, values: ir.Constant(VECTOR_F32, [0.0] * LANES)


@intrinsic
def splat_i32(typing: Any, scalar: Any) -> Any:
    def build(context: Any, builder: Any, signature: Any, values: Any) -> Any:
        return _splat(builder, values[0], VECTOR_I32)

    return V16I32(types.int32), build


@intrinsic
def splat_f32(typing: Any, scalar: Any) -> Any:
    def build(context: Any, builder: Any, signature: Any, values: Any) -> Any:
        return _splat(builder, values[0], VECTOR_F32)

    return V16F32(types.float32), build


@intrinsic
def splat_4_bytes(typing: Any, array: Any, index: Any) -> Any:
    """Four bytes from array[index], repeated in every lane."""

    def build(context: Any, builder: Any, signature: Any, values: Any) -> Any:
        loaded = builder.load(_pointer(context, builder, signature.args[0], values[0], values[1], _I32))
        loaded.align = 1
        return _splat(builder, loaded, VECTOR_I32)

    return V16I32(array, types.intp), build


@intrinsic
def dot_bytes(typing: Any, total: Any, unsigned: Any, signed: Any) -> Any:
    """total + the sum over four neighbouring bytes of unsigned * signed, per lane, modulo 2^32."""

    def build(context: Any, builder: Any, signature: Any, values: Any) -> Any:
        name = "llvm.x86.avx512.vpdpbusd.512"
        return builder.call(llvm_function(builder, name, VECTOR_I32, [VECTOR_I32] * 3), values)

    return V16I32(V16I32, V16I32, V16I32), build


@intrinsic
def sum_lanes(typing: Any, vector: Any) -> Any:
    def build(context: Any, builder: Any, signature: Any, values: Any) -> Any:
        return builder.call(
            llvm_function(builder, "llvm.vector.reduce.add.v16i32", _I32, [VECTOR_I32]), values
        )

    return types.int32(V16I32), build


def _integer_operation(name: str) -> Any:
    @intrinsic
    def operation(typing: Any, left: Any, right: Any) -> Any:
        def build(context: Any, builder: Any, signature: Any, values: Any) -> Any:
            return getattr(builder, name)(values[0], values[1])

        return V16I32(V16I32, V16I32), build

    return operation


add_i32 = _integer_operation("add")
subtract_i32 = _integer_operation("sub")
multiply_i32 = _integer_operation("mul")
and_i32 = _integer_operation("and_")
shift_left_i32 = _integer_operation("shl")
shift_right_i32 = _integer_operation("lshr")


@intrinsic
def multiply_add_f32(typing: Any, left: Any, right: Any, addend: Any) -> Any:
    """left * right + addend, rounded once."""

    def build(context: Any, builder: Any, signature: Any, values: Any) -> Any:
        return builder.call(llvm_function(builder, "llvm.fma.v16f32", VECTOR_F32, [VECTOR_F32] * 3), values)

    return V16F32(V16F32, V16F32, V16F32), build


@intrinsic
def look_up_bytes(typing: Any, table: Any, indices: Any) -> Any:
    """Per byte: the entry (0..15) of a 16-byte table that is repeated in each quarter of `table`."""

    def build(context: Any, builder: Any, signature: Any, values: Any) -> Any:
        function = llvm_function(builder, "llvm.x86.avx512.pshuf.b.512", _BYTES_64, [_BYTES_64] * 2)
        found = builder.call(function, [builder.bitcast(value, _BYTES_64) for value in values])
        return builder.bitcast(found, VECTOR_I32)

    return V16I32(V16I32, V16I32), build


@intrinsic
def look_up_32_f32(typing: Any, low: Any, indices: Any, high: Any) -> Any:
    """Per lane: entry indices & 31 of the table whose halves are `low` and `high`."""

    def build(context: Any, builder: Any, signature: Any, values: Any) -> Any:
        name = "llvm.x86.avx512.vpermi2var.ps.512"
        function = llvm_function(builder, name, VECTOR_F32, [VECTOR_F32, VECTOR_I32, VECTOR_F32])
        return builder.call(function, values)

    return V16F32(V16F32, V16I32, V16F32), build


@intrinsic
def gather_f32(typing: Any, array: Any, indices: Any) -> Any:
    """Per lane: array[index], float32."""

    def build(context: Any, builder: Any, signature: Any, values: Any) -> Any:
        base = context.make_array(signature.args[0])(context, builder, values[0]).data
        base = builder.bitcast(base, _I8.as_pointer())
        function = llvm_function(
            builder,
            "llvm.x86.avx512.mask.gather.dps.512",
            VECTOR_F32,
            [VECTOR_F32, _I8.as_pointer(), VECTOR_I32, _MASK, _I32],
        )
        everything = ir.Constant(_MASK, [1] * LANES)
        start = ir.Constant(VECTOR_F32, [0.0] * LANES)
        return builder.call(function, [start, base, values[1], everything, ir.Constant(_I32, 4)])

    return V16F32(array, V16I32), build


def _unpacker(width: int) -> Any:
    # One byte shuffle brings the four bytes that hold field i into lane i; a shift and a mask cut it out.
    bytes_of_lane = [width * lane // 8 + byte for lane in range(LANES) for byte in range(4)]
    shifts = [width * lane % 8 for lane in range(LANES)]

    @intrinsic
    def unpack(typing: Any, array: Any, index: Any) -> Any:
        def build(context: Any, builder: Any, signature: Any, values: Any) -> Any:
            loaded = builder.load(
                _pointer(context, builder, signature.args[0], values[0], values[1], _BYTES_64)
            )
            loaded.align = 1
            order = ir.Constant(ir.VectorType(_I32, 64), bytes_of_lane)
            words = builder.bitcast(builder.shuffle_vector(loaded, loaded, order), VECTOR_I32)
            shifted = builder.lshr(words, ir.Constant(VECTOR_I32, shifts))
            return builder.and_(shifted, ir.Constant(VECTOR_I32, [(1 << width) - 1] * LANES))

        return V16I32(array, types.intp), build

    return unpack


# 16 neighbouring fields of 8, 9 or 10 bits (lowest bit first) from the 2 * width bytes at array[index]; reads 64 bytes.
unpack_8 = _unpacker(8)
unpack_9 = _unpacker(9)
unpack_10 = _unpacker(10)


def _float_operation(name: str) -> Any:
    @intrinsic
    def operation(typing: Any, left: Any, right: Any) -> Any:
        def build(context: Any, builder: Any, signature: Any, values: Any) -> Any:
            return getattr(builder, name)(values[0], values[1])

        return V16F32(V16F32, V16F32), build

    return operation


def _float_choice(comparison: str) -> Any:
    @intrinsic
    def choice(typing: Any, left: Any, right: Any) -> Any:
        def build(context: Any, builder: Any, signature: Any, values: Any) -> Any:
            return builder.select(
                builder.fcmp_ordered(comparison, values[0], values[1]), values[0], values[1]
            )

        return V16F32(V16F32, V16F32), build

    return choice


multiply_f32 = _float_operation("fmul")
add_f32 = _float_operation("fadd")
min_f32 = _float_choice("<")
max_f32 = _float_choice(">")


@intrinsic
def round_f32(typing: Any, vector: Any) -> Any:
    """To the nearest whole number, halves to even."""

    def build(context: Any, builder: Any, signature: Any, values: Any) -> Any:
        function = llvm_function(builder, "llvm.roundeven.v16f32", VECTOR_F32, [VECTOR_F32])
        return builder.call(function, values)

    return V16F32(V16F32), build


@intrinsic
def to_f32(typing: Any, vector: Any) -> Any:
    def build(context: Any, builder: Any, signature: Any, values: Any) -> Any:
        return builder.sitofp(values[0], VECTOR_F32)

    return V16F32(V16I32), build


@intrinsic
def to_i32(typing: Any, vector: Any) -> Any:
    """Towards zero; what does not fit in 32 bits becomes anything."""

    def build(context: Any, builder: Any, signature: Any, values: Any) -> Any:
        return builder.fptosi(values[0], VECTOR_I32)

    return V16I32(V16F32), build


@intrinsic
def store_low_bytes(typing: Any, array: Any, index: Any, value: Any) -> Any:
    """The lowest byte of each lane, to 16 neighbouring bytes."""

    def build(context: Any, builder: Any, signature: Any, values: Any) -> Any:
        target = _pointer(context, builder, signature.args[0], values[0], values[1], _BYTES_16)
        builder.store(builder.trunc(values[2], _BYTES_16), target).align = 1
        return context.get_dummy_value()

    return types.void(array, types.intp, V16I32), build


@intrinsic
def load_128_f32(typing: Any, array: Any, index: Any) -> Any:
    """128 neighbouring floats, as a tuple of 8 registers."""
    registers = types.UniTuple(V16F32, 8)

    def build(context: Any, builder: Any, signature: Any, values: Any) -> Any:
        start = _pointer(context, builder, signature.args[0], values[0], values[1], VECTOR_F32)
        loaded = [builder.load(builder.gep(start, [ir.Constant(_I32, number)])) for number in range(8)]
        for register in loaded:
            register.align = 1
        return context.make_tuple(builder, registers, loaded)

    return registers(array, types.intp), build


@intrinsic
def look_up_128_f32(typing: Any, registers: Any, indices: Any) -> Any:
    """Per lane: entry indices & 127 of what `load_128_f32` has loaded; faster than `gather_f32`."""

    def build(context: Any, builder: Any, signature: Any, values: Any) -> Any:
        name = "llvm.x86.avx512.vpermi2var.ps.512"
        function = llvm_function(builder, name, VECTOR_F32, [VECTOR_F32, VECTOR_I32, VECTOR_F32])
        parts = cgutils.unpack_tuple(builder, values[0])
        found = [
            builder.call(function, [low, values[1], high])
            for low, high in zip(parts[::2], parts[1::2], strict=True)
        ]
        for bit in (32, 64):
            tested = builder.and_(values[1], ir.Constant(VECTOR_I32, [bit] * LANES))
            upper = builder.icmp_unsigned("!=", tested, ir.Constant(VECTOR_I32, [0] * LANES))
            found = [
                builder.select(upper, high, low) for low, high in zip(found[::2], found[1::2], strict=True)
            ]
        return found[0]

    return V16F32(registers, V16I32), build
