"""Convolution of signed bytes as a matrix product that is never written out, requantization fused behind it.

NHWC: a kernel row of an output position is one stretch of width x channels neighbouring bytes, so the products are those of
int8_tiles with one run per kernel row and no im2col copy.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from reference_impl.errors import OutOfRange
from reference_impl.kernels import amx, int8_tiles
from reference_impl.kernels.aligned import aligned_zeros
from reference_impl.kernels.arguments import array_of, products_fit, same_length
from reference_impl.kernels.compiled import compiled
from reference_impl.kernels.int8_gemm import TIERS, outputs, pack_for, shifted_bias
from reference_impl.kernels.int8_tiles import BLOCK, PANEL, SLACK_BYTES
from reference_impl.kernels.requantization import Requantization, requantize
from reference_impl.kernels.tiers import Tier, choose

__all__ = ["TIERS", "ConvWeights", "int8_conv2d", "pack_conv_weights"]


@dataclass(frozen=True)
class ConvWeights:
    """An int8 kernel (out channels, height, width, in channels), ready for `int8_conv2d`; made by `pack_conv_weights`."""

    shape: tuple[int, int, int, int]
    data: NDArray[np.int8]
    channel_sums: NDArray[np.int32]
    tier: Tier


def pack_conv_weights(weights: NDArray[np.int8], *, tier: Tier | None = None) -> ConvWeights:
    """Copy int8 `weights` (out channels, height, width, in channels) into the layout the kernel reads.

    torch's (out, in, height, width) becomes this by `.transpose(0, 2, 3, 1)`. `tier` is for tests and benchmarks. Raises
    WrongDtype, EmptyInput, and OutOfRange for another shape or more than 65535 products in a sum.
    """
    array_of(weights, "weights", np.int8, 4)
    out, height, width, channels = weights.shape
    products_fit(height * width * channels)
    chosen = choose(TIERS, tier)
    runs = weights.reshape(out, height, width * channels).transpose(1, 2, 0)
    sums = weights.sum(axis=(1, 2, 3), dtype=np.int32)
    return ConvWeights((out, height, width, channels), pack_for(chosen, runs), sums, chosen)


def int8_conv2d(
    images: NDArray[np.int8],
    weights: ConvWeights,
    *,
    stride: int = 1,
    padding: int = 0,
    bias: NDArray[np.int32] | None = None,
    input_zero_point: int = 0,
    requantization: Requantization | None = None,
) -> NDArray[Any]:
    """Cross-correlation (as torch's conv2d) of images - input_zero_point with the weights, plus bias.

    images: int8 (n, height, width, channels); padding adds real zeros, that is, the zero point, on all four sides.
    Result: exact int32 (n, out height, out width, out channels), or bytes of that shape with `requantization`. Raises
    WrongDtype, EmptyInput, and OutOfRange where shapes, stride, padding or zero point make no sense.
    """
    array_of(images, "images", np.int8, 4)
    out_channels, kernel_height, kernel_width, channels = weights.shape
    same_length(images.shape[3], channels, "channels of the images")
    if stride < 1 or padding < 0:
        raise OutOfRange(f"stride {stride} must be at least 1 and padding {padding} at least 0")
    count, height, width = (images.shape[0], images.shape[1] + 2 * padding, images.shape[2] + 2 * padding)
    if height < kernel_height or width < kernel_width:
        raise OutOfRange(f"a kernel of {kernel_height} x {kernel_width} does not fit into {height} x {width}")
    total_bias = shifted_bias(weights.channel_sums, bias, input_zero_point)
    multiplier, limits = int8_tiles.epilogue(requantization, out_channels)
    out_height, out_width = (height - kernel_height) // stride + 1, (width - kernel_width) // stride + 1
    shape = (count, out_height, out_width, out_channels)
    # A last block of a row may read the stretches of positions that do not exist.
    size = count * height * width * channels
    slack = BLOCK * stride * channels + kernel_width * channels + SLACK_BYTES
    buffer = aligned_zeros(size + slack, np.int8)
    padded = buffer[:size].reshape(count, height, width, channels)
    if padding:
        padded[...] = input_zero_point
    padded[:, padding : height - padding, padding : width - padding] = images
    if weights.tier is Tier.NUMPY:
        sums = _definition(padded, weights, stride) + total_bias
        return sums if requantization is None else requantize(sums, requantization)
    sums_out, bytes_out = outputs(count * out_height * out_width, out_channels, requantization)
    geometry = np.array([count, height, width, channels, out_height, out_width, stride, kernel_width])
    rest = (multiplier, limits, sums_out, bytes_out)
    if weights.tier is Tier.PORTABLE:
        _portable(buffer, geometry, weights.data, total_bias, *rest)
    elif weights.tier is Tier.VNNI:
        unsigned = buffer.view(np.uint8)
        np.bitwise_xor(unsigned, np.uint8(128), out=unsigned)
        _vnni(unsigned, geometry, weights.data, total_bias - weights.channel_sums * np.int32(128), *rest)
    else:
        _amx(buffer, geometry, weights.data, amx.CONFIGURATION, total_bias, *rest)
    if requantization is None:
        return sums_out.reshape(shape)
    return bytes_out.view(requantization.dtype).reshape(shape)


def _definition(padded: NDArray[np.int8], weights: ConvWeights, stride: int) -> NDArray[np.int32]:
    out, height, width, channels = weights.shape
    windows = sliding_window_view(padded, (height, width), axis=(1, 2))[:, ::stride, ::stride]
    flat = weights.data.transpose(1, 2, 0, 3).reshape(height, width, channels, -1)[..., :out]
    return np.einsum("nyxchw,hwco->nyxo", windows.astype(np.int32), flat.astype(np.int32))


@compiled
def _portable(
    source: NDArray[Any],
    geometry: NDArray[Any],
    data: NDArray[Any],
    bias: NDArray[Any],
    multiplier: NDArray[Any],
    limits: NDArray[Any],
    sums_out: NDArray[Any],
    bytes_out: NDArray[Any],
) -> None:
    images, height, width, channels, out_height, out_width, stride, _ = geometry
    sums = np.empty((BLOCK, PANEL), np.int32)
    for panel in range(data.shape[0]):
        for line in range(images * out_height):
            top = (line // out_height * height + line % out_height * stride) * width
            for first in range(0, out_width, BLOCK):
                n = min(BLOCK, out_width - first)
                start = (top + first * stride) * channels
                int8_tiles.portable_block(
                    source, start, stride * channels, n, width * channels, data[panel], sums
                )
                at = line * out_width + first
                int8_tiles.write_block(
                    sums, at, n, panel * PANEL, bias, multiplier, limits, sums_out, bytes_out
                )


@compiled
def _vnni(
    source: NDArray[Any],
    geometry: NDArray[Any],
    data: NDArray[Any],
    bias: NDArray[Any],
    multiplier: NDArray[Any],
    limits: NDArray[Any],
    sums_out: NDArray[Any],
    bytes_out: NDArray[Any],
) -> None:
    images, height, width, channels, out_height, out_width, stride, kernel_width = geometry
    fours = (kernel_width * channels + 3) // 4
    sums = np.empty((BLOCK, PANEL), np.int32)
    for panel in range(data.shape[0]):
        for line in range(images * out_height):
            top = (line // out_height * height + line % out_height * stride) * width
            for first in range(0, out_width, BLOCK):
                n = min(BLOCK, out_width - first)
                start = (top + first * stride) * channels
                int8_tiles.vnni_block(
                    source, start, stride * channels, n, width * channels, fours, data[panel], sums
                )
                at = line * out_width + first
                int8_tiles.write_block(
                    sums, at, n, panel * PANEL, bias, multiplier, limits, sums_out, bytes_out
                )


@compiled
def _amx(
    source: NDArray[Any],
    geometry: NDArray[Any],
    data: NDArray[Any],
    configuration: NDArray[Any],
    bias: NDArray[Any],
    multiplier: NDArray[Any],
    limits: NDArray[Any],
    sums_out: NDArray[Any],
    bytes_out: NDArray[Any],
) -> None:
    images, height, width, channels, out_height, out_width, stride, _ = geometry
    sums = np.empty((BLOCK, PANEL), np.int32)
    amx.load_configuration(configuration)
    for panel in range(data.shape[0]):
        for line in range(images * out_height):
            top = (line // out_height * height + line % out_height * stride) * width
            for first in range(0, out_width, BLOCK):
                n = min(BLOCK, out_width - first)
                start = (top + first * stride) * channels
                amx.amx_block(source, start, stride * channels, width * channels, data[panel], sums)
                at = line * out_width + first
                int8_tiles.write_block(
                    sums, at, n, panel * PANEL, bias, multiplier, limits, sums_out, bytes_out
                )
    amx.release_tiles()
