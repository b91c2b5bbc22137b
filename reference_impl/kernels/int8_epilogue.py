"""What follows the sums of a block while they are in the nearest cache: bias, then requantization or nothing."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from reference_impl.kernels import simd
from reference_impl.kernels.compiled import compiled, inlined
from reference_impl.kernels.requantization import Requantization


class Epilogue(NamedTuple):
    """Bias and multiplier per channel; no multipliers: the sums themselves are written, and `bytes_out` is empty.

    `limits` are zero point, least and greatest result. Both results are (positions, channels); one of them is empty.
    """

    bias: NDArray[np.int32]
    multiplier: NDArray[np.float32]
    limits: tuple[float, float, float]
    sums_out: NDArray[np.int32]
    bytes_out: NDArray[np.uint8]


_NO_MULTIPLIERS = np.empty(0, np.float32)
_NO_SUMS, _NO_BYTES = np.empty((0, 0), np.int32), np.empty((0, 0), np.uint8)


def epilogue_of(positions: int, bias: NDArray[np.int32], how: Requantization | None) -> Epilogue:
    """With room for the results."""
    shape = positions, bias.size
    if how is None:
        return Epilogue(bias, _NO_MULTIPLIERS, (0.0, 0.0, 0.0), np.empty(shape, np.int32), _NO_BYTES)
    least, greatest = how.range
    limits = float(how.zero_point), float(least), float(greatest)
    return Epilogue(bias, np.ascontiguousarray(how.multiplier), limits, _NO_SUMS, np.empty(shape, np.uint8))


@compiled
def write_elements(
    sums: NDArray[Any], count: int, begin: int, first: int, channel: int, epilogue: Epilogue
) -> None:
    """One element after the other, from column `begin` of the block on. For arguments see `write_vectors`."""
    zero_point, least, greatest = epilogue.limits
    end = min(sums.shape[1], epilogue.bias.size - channel)
    for i in range(count):
        for j in range(begin, end):
            total = np.int32(sums[i, j] + epilogue.bias[channel + j])
            if epilogue.multiplier.size:
                scaled = np.float32(total) * epilogue.multiplier[channel + j]
                rounded = np.rint(scaled) + np.float32(zero_point)
                clamped = min(max(rounded, np.float32(least)), np.float32(greatest))
                epilogue.bytes_out[first + i, channel + j] = np.uint8(np.int32(clamped))
            else:
                epilogue.sums_out[first + i, channel + j] = total


@inlined
def write_vectors(sums: NDArray[Any], count: int, first: int, channel: int, epilogue: Epilogue) -> None:
    """`count` rows of the sums (…, 64), to position `first` on and `channel` on; sixteen at a time with AVX-512."""
    width = min(sums.shape[1], epilogue.bias.size - channel)
    for j in range(0, width - 15, 16):
        if epilogue.multiplier.size:
            _requantize_vectors(sums, count, j, first, channel + j, epilogue)
        else:
            _keep_vectors(sums, count, j, first, channel + j, epilogue)
    if width % 16:
        write_elements(sums, count, width // 16 * 16, first, channel, epilogue)


@inlined
def _keep_vectors(
    sums: NDArray[Any], count: int, begin: int, first: int, channel: int, epilogue: Epilogue
) -> None:
    channels, row = epilogue.bias.size, sums.shape[1]
    bias = simd.load_i32(epilogue.bias, channel)
    for i in range(count):
        total = simd.add_i32(simd.load_i32(sums, i * row + begin), bias)
        simd.store_i32(epilogue.sums_out, (first + i) * channels + channel, total)


@inlined
def _requantize_vectors(
    sums: NDArray[Any], count: int, begin: int, first: int, channel: int, epilogue: Epilogue
) -> None:
    channels, row = epilogue.bias.size, sums.shape[1]
    zero_point, least, greatest = epilogue.limits
    shift = simd.splat_f32(np.float32(zero_point))
    low, high = simd.splat_f32(np.float32(least)), simd.splat_f32(np.float32(greatest))
    bias, multiplier = simd.load_i32(epilogue.bias, channel), simd.load_f32(epilogue.multiplier, channel)
    for i in range(count):
        total = simd.add_i32(simd.load_i32(sums, i * row + begin), bias)
        shifted = simd.add_f32(simd.round_f32(simd.multiply_f32(simd.to_f32(total), multiplier)), shift)
        clamped = simd.min_f32(simd.max_f32(shifted, low), high)
        simd.store_low_bytes(epilogue.bytes_out, (first + i) * channels + channel, simd.to_i32(clamped))
