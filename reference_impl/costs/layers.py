"""Parameters and multiply-accumulates of layers. Kernels and images are square.

Everywhere WrongDtype: a size that is no integer; OutOfRange: one below 1.
"""

from math import inf

from reference_impl.errors import OutOfRange
from reference_impl.reals import whole_number


def dense_parameters(inputs: int, outputs: int, *, bias: bool = True) -> int:
    """Weights (outputs, inputs) and, unless bias is false, one bias for each output."""
    inputs, outputs = _at_least_one(inputs=inputs, outputs=outputs)
    return (inputs + bias) * outputs


def dense_macs(inputs: int, outputs: int) -> int:
    """For one input vector; the bias is not counted."""
    return dense_parameters(inputs, outputs, bias=False)


def conv_parameters(
    kernel: int, in_channels: int, out_channels: int, *, bias: bool = True, groups: int = 1
) -> int:
    """Weights (out_channels, in_channels / groups, kernel, kernel) and, unless bias is false, one bias for each channel.

    OutOfRange: groups that do not divide both numbers of channels.
    """
    kernel, in_channels, out_channels, groups = _at_least_one(
        kernel=kernel, in_channels=in_channels, out_channels=out_channels, groups=groups
    )
    if in_channels % groups or out_channels % groups:
        raise OutOfRange(f"{groups} groups divide not both {in_channels} and {out_channels} channels")
    return (kernel * kernel * (in_channels // groups) + bias) * out_channels


def conv_output_side(side: int, kernel: int, *, stride: int = 1, padding: int = 0) -> int:
    """Places along one side where the kernel can stand. OutOfRange: it is larger than the padded image."""
    side, kernel, stride = _at_least_one(side=side, kernel=kernel, stride=stride)
    padding = whole_number(padding, 0, inf, "padding")
    if side + 2 * padding < kernel:
        raise OutOfRange(f"a kernel of {kernel} does not fit a side of {side} with padding {padding}")
    return (side + 2 * padding - kernel) // stride + 1


def conv_macs(kernel: int, in_channels: int, out_channels: int, out_side: int, *, groups: int = 1) -> int:
    """MACs of a square convolution whose output has out_side x out_side positions; the bias is not counted.

    Places of the kernel that lie on the padding count, as dense hardware computes them.
    """
    (places,) = _at_least_one(out_side=out_side)
    return conv_parameters(kernel, in_channels, out_channels, bias=False, groups=groups) * places**2


def depthwise_separable_macs(kernel: int, in_channels: int, out_channels: int, out_side: int) -> int:
    """A depthwise kernel x kernel convolution followed by a pointwise 1 x 1 one (arXiv:1704.04861, section 3.1)."""
    depthwise = conv_macs(kernel, in_channels, in_channels, out_side, groups=in_channels)
    return depthwise + conv_macs(1, in_channels, out_channels, out_side)


def _at_least_one(**sizes: int) -> list[int]:
    """As integers of Python, which do not overflow as numpy's do."""
    return [whole_number(size, 1, inf, name) for name, size in sizes.items()]
