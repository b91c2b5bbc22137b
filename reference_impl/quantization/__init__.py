"""Fewer bits per number: maps between real values and small integer codes.

The names below are the everyday ones; each module holds one noun, and the rest is imported from there.
Training in torch: `reference_impl.quantization.fake_quantize_torch`, the one module that loads torch.
"""

from reference_impl.quantization.affine import QParams, choose_qparams, dequantize, quantize
from reference_impl.quantization.granularity import Granularity, PerChannel, PerGroup, PerTensor
from reference_impl.quantization.grid import Grid
from reference_impl.quantization.scheme import ArrayQParams, Scheme
from reference_impl.quantization.tensor import (
    QuantizedTensor,
    min_max_qparams,
    quantize_tensor,
    quantize_with,
)

__all__ = [
    "ArrayQParams",
    "Granularity",
    "Grid",
    "PerChannel",
    "PerGroup",
    "PerTensor",
    "QParams",
    "QuantizedTensor",
    "Scheme",
    "choose_qparams",
    "dequantize",
    "min_max_qparams",
    "quantize",
    "quantize_tensor",
    "quantize_with",
]
