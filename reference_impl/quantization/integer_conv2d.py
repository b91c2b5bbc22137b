"""A 2-D convolution (cross-correlation, as networks mean it) on codes, exact in integers: im2col and a product."""

from dataclasses import dataclass
from math import inf, prod

import numpy as np
import numpy.typing as npt

from reference_impl.errors import OutOfRange
from reference_impl.quantization.integer_layer import Accumulators, Codes, bias_for
from reference_impl.quantization.integer_linear import integer_linear
from reference_impl.reals import Integers, WholeNumber, whole_number


@dataclass(frozen=True)
class Window:
    """How the kernel moves over the image; `groups` as in torch (input channels: one group for depthwise)."""

    stride: int = 1
    padding: int = 0
    groups: int = 1

    def __post_init__(self) -> None:
        for name, least in (("stride", 1), ("padding", 0), ("groups", 1)):
            object.__setattr__(self, name, whole_number(getattr(self, name), least, inf, name))


def integer_conv2d(
    inputs: npt.ArrayLike,
    weights: npt.ArrayLike,
    bias: npt.ArrayLike | None = None,
    *,
    input_zero_point: WholeNumber,
    weight_zero_point: WholeNumber = 0,
    window: Window | None = None,
) -> Accumulators:
    """int32 accumulators (n, out, h', w') of codes (n, in, h, w), weights (out, in / groups, kh, kw), bias (out,).

    h' = (h + 2 padding - kh) // stride + 1. The border is filled with the zero point, the code of real zero.
    No images give no accumulators. Errors as `integer_linear`.
    """
    move = window or Window()
    x, w = Codes.of(inputs, input_zero_point), Codes.of(weights, weight_zero_point)
    _refuse_shapes(x.values.shape, w.values.shape, move)
    biases = np.split(bias_for(len(w.values), bias), move.groups)
    images = np.split(_padded(x, move.padding), move.groups, axis=1)
    kernels = np.split(w.values, move.groups)
    parts = [
        integer_linear(
            patches(image, kernel.shape[2:], move.stride),
            kernel.reshape(len(kernel), prod(kernel.shape[1:])),
            group_bias,
            input_zero_point=input_zero_point,
            weight_zero_point=weight_zero_point,
        )
        for image, kernel, group_bias in zip(images, kernels, biases, strict=True)
    ]
    return np.ascontiguousarray(np.moveaxis(np.concatenate(parts, axis=-1), -1, 1))


def patches(images: Integers, kernel: tuple[int, ...], stride: int) -> Integers:
    """im2col: (n, c, h, w) to (n, h', w', c kh kw), each row in the order of a flattened kernel."""
    views = np.lib.stride_tricks.sliding_window_view(images, kernel, axis=(2, 3))[:, :, ::stride, ::stride]
    rows = views.transpose(0, 2, 3, 1, 4, 5)
    return rows.reshape(*rows.shape[:3], prod(rows.shape[3:]))


def _padded(x: Codes, padding: int) -> Integers:
    border = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    return np.pad(x.values, border, constant_values=x.zero_point)


def _refuse_shapes(image: tuple[int, ...], kernel: tuple[int, ...], move: Window) -> None:
    if len(image) != 4 or len(kernel) != 4:
        raise OutOfRange(
            f"inputs {image} and weights {kernel}: (n, in, h, w) and (out, in / groups, kh, kw) are needed"
        )
    if image[1] != kernel[1] * move.groups or kernel[0] % move.groups:
        raise OutOfRange(f"{image[1]} input channels, weights {kernel} and {move.groups} groups do not fit")
    if min(kernel[2:]) < 1 or any(
        size + 2 * move.padding < reach for size, reach in zip(image[2:], kernel[2:], strict=True)
    ):
        raise OutOfRange(
            f"a kernel of {kernel[2:]} does not fit an image of {image[2:]} with padding {move.padding}"
        )
