"""The fake quantizer for training networks in torch; `fake_quantize` is its definition. Importing this loads torch."""

from typing import Any

import torch
from torch import Tensor

from reference_impl.errors import OutOfRange, WrongDtype
from reference_impl.quantization.fake_quantize import StraightThrough
from reference_impl.quantization.granularity import Granularity, PerTensor
from reference_impl.quantization.scheme import ArrayQParams, Scheme


class _FakeQuantize(torch.autograd.Function):
    @staticmethod
    def forward(
        ctx: Any, blocks: Tensor, scale: Tensor, zero_point: Tensor, lo: int, hi: int, masked: bool
    ) -> Tensor:
        steps = torch.round(blocks / scale) + zero_point
        codes = steps.clamp(lo, hi)
        if masked:
            ctx.save_for_backward(codes == steps)
        return (codes - zero_point) * scale

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> tuple[Tensor | None, ...]:
        gradient = gradients[0]
        kept = [gradient * mask for mask in ctx.saved_tensors] or [gradient]
        return (kept[0], None, None, None, None, None)


def fake_quantize_torch(
    values: Tensor,
    qparams: ArrayQParams,
    scheme: Scheme,
    granularity: Granularity | None = None,
    *,
    convention: StraightThrough = StraightThrough.MASKED,
) -> Tensor:
    """Round trip in the dtype and on the device of the values, differentiable by them; scales are constants here.

    In float32 a value within rounding of a tie may take the neighbouring code of the float64 definition. Inside a
    training loop values are not searched: a NaN stays NaN, and an infinity is clamped. WrongDtype: no tensor of float32 or
    float64 (half precision cannot hold every code); OutOfRange: as `quantize_with`, or a scale below what float32 holds.
    """
    if not isinstance(values, Tensor) or values.dtype not in (torch.float32, torch.float64):
        raise WrongDtype("a torch tensor of float32 or float64 is needed; convert the values first")
    chosen = granularity or PerTensor()
    blocks = values.reshape(chosen.blocked(tuple(values.shape)))
    checked = qparams.checked(scheme.grid, tuple(blocks.shape))
    scale = torch.as_tensor(checked.scale, dtype=values.dtype, device=values.device)
    zero_point = torch.as_tensor(checked.zero_point, dtype=values.dtype, device=values.device)
    if scale.numel() and not torch.finfo(values.dtype).tiny <= scale.min() <= scale.max() < torch.inf:
        raise OutOfRange(f"a scale does not fit {values.dtype}; give the values as float64")
    masked = convention is StraightThrough.MASKED
    output = _FakeQuantize.apply(blocks, scale, zero_point, scheme.grid.lo, scheme.grid.hi, masked)
    assert isinstance(output, Tensor)
    return output.reshape(values.shape)
