"""Convolution of signed bytes as a matrix product that is never written out, requantization fused behind it."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reference_impl.errors import OutOfRange
from reference_impl.kernels.arguments import array_of, same_length
from reference_impl.kernels.compiled import compiled
from reference_impl.kernels.int8_products import TIERS, Weights, check_zero_point, multiply, pack
from reference_impl.kernels.int8_tiles import BLOCK, SLACK_BYTES, Positions, byte_buffer, flip_bytes
from reference_impl.kernels.requantization import Requantization
from reference_impl.kernels.tiers import Tier

__all__ = ["TIERS", "ConvWeights", "int8_conv2d", "pack_conv_weights"]


@dataclass(frozen=True)
class ConvWeights:
    """An int8 kernel (out channels, height, width, in channels), ready for `int8_conv2d`; made by `pack_conv_weights`."""

    shape: tuple[int, int, int, int]
    packed: Weights

    @property
    def tier(self) -> Tier:
        return self.packed.tier


def pack_conv_weights(weights: NDArray[np.int8], *, tier: Tier | None = None) -> ConvWeights:
    """Copy int8 `weights` (out channels, height, width, in channels) into the layout the kernel reads.

    torch's (out, in, height, width) becomes this by `.transpose(0, 2, 3, 1)`. `tier` is for tests and benchmarks. Raises
    WrongDtype, EmptyInput, and OutOfRange for another shape or more than 65535 products in a sum.
    """
    array_of(weights, "weights", np.int8, 4)
    out, height, width, channels = weights.shape
    runs = weights.reshape(out, height, width * channels).transpose(1, 2, 0)
    return ConvWeights((out, height, width, channels), pack(runs, tier))


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
    check_zero_point(input_zero_point)
    # A last block of a line may read the runs of positions that do not exist.
    slack = (BLOCK * stride + kernel_width) * channels + SLACK_BYTES
    source = _padded(np.ascontiguousarray(images), padding, input_zero_point, weights.packed.flip, slack)
    out_height, out_width = (height - kernel_height) // stride + 1, (width - kernel_width) // stride + 1
    tops = np.arange(count)[:, None] * height + np.arange(out_height) * stride
    line_bytes = width * channels
    positions = Positions(tops.reshape(-1) * line_bytes, out_width, stride * channels, line_bytes)
    result = multiply(source, positions, weights.packed, bias, input_zero_point, requantization)
    return result.reshape(count, out_height, out_width, out_channels)


@compiled
def _padded(images: NDArray[Any], padding: int, zero_point: int, flip: int, slack: int) -> NDArray[Any]:
    """One pass over the images: the border of zero points around each, and every byte flipped."""
    count, height, width, channels = images.shape
    side, inside = padding * channels, width * channels
    line_bytes = 2 * side + inside
    border = np.uint8((zero_point ^ flip) & 255)
    source = byte_buffer(count * (height + 2 * padding) * line_bytes + slack)
    at = 0
    for image in range(count):
        for y in range(-padding, height + padding):
            line = source[at : at + line_bytes]
            at += line_bytes
            if 0 <= y < height:
                line[:side] = border
                flip_bytes(images[image, y].reshape(-1), flip, line[side : side + inside])
                line[side + inside :] = border
            else:
                line[:] = border
    return source
