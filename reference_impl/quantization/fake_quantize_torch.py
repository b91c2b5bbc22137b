"""The fake quantizer for training networks in torch; `fake_quantize` is its definition. Importing this loads torch."""

from typing import Any

import torch
from torch import Tensor

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

    In float32 a value within rounding of a tie may take the neighbouring code of the float64 definition.
    """
    chosen = granularity or PerTensor()
    scale = torch.as_tensor(qparams.scale, dtype=values.dtype, device=values.device)
    zero_point = torch.as_tensor(qparams.zero_point, dtype=values.dtype, device=values.device)
    blocks = values.reshape(chosen.blocked(tuple(values.shape)))
    masked = convention is StraightThrough.MASKED
    output = _FakeQuantize.apply(blocks, scale, zero_point, scheme.grid.lo, scheme.grid.hi, masked)
    assert isinstance(output, Tensor)
    return output.reshape(values.shape)
