"""Fewer bits per number: maps between real values and small integer codes.

Everyday names can be imported from here; observers have a package of their own. Training in torch:
`reference_impl.quantization.fake_quantize_torch`, the one module that loads torch.
"""

from reference_impl.batch_norm import BatchNorm
from reference_impl.quantization.affine import QParams, choose_qparams, dequantize, quantize
from reference_impl.quantization.batch_norm import fold, fold_layer
from reference_impl.quantization.bias_correction import correct_bias, mean_after_relu
from reference_impl.quantization.binary import Binary, binarize, signed_dot
from reference_impl.quantization.bit_allocation import Allocation, Layer, allocate_bits
from reference_impl.quantization.effective_bits import entropy_bits, used_level_bits
from reference_impl.quantization.equalization import Equalized, channel_ranges, equalize
from reference_impl.quantization.fake_quantize import StraightThrough, fake_quantize, fake_quantize_backward
from reference_impl.quantization.granularity import Granularity, PerChannel, PerGroup, PerTensor
from reference_impl.quantization.grid import Grid
from reference_impl.quantization.integer_conv2d import Window, integer_conv2d
from reference_impl.quantization.integer_layer import bias_codes
from reference_impl.quantization.integer_linear import folded_correction, integer_linear
from reference_impl.quantization.requantization import (
    FixedPointMultiplier,
    requantize,
    requantize_channels,
    requantize_in_floats,
)
from reference_impl.quantization.rounding_error import rounding_error_bound, rounding_noise_power
from reference_impl.quantization.scheme import ArrayQParams, Scheme
from reference_impl.quantization.symmetric import (
    choose_restricted_qparams,
    choose_signed_qparams,
    choose_unsigned_qparams,
)
from reference_impl.quantization.tensor import (
    QuantizedTensor,
    min_max_qparams,
    quantize_tensor,
    quantize_with,
)
from reference_impl.quantization.ternary import Ternary, ternarize, ternarize_optimally

__all__ = [
    "Allocation",
    "ArrayQParams",
    "BatchNorm",
    "Binary",
    "Equalized",
    "FixedPointMultiplier",
    "Granularity",
    "Grid",
    "Layer",
    "PerChannel",
    "PerGroup",
    "PerTensor",
    "QParams",
    "QuantizedTensor",
    "Scheme",
    "StraightThrough",
    "Ternary",
    "Window",
    "allocate_bits",
    "bias_codes",
    "binarize",
    "channel_ranges",
    "choose_qparams",
    "choose_restricted_qparams",
    "choose_signed_qparams",
    "choose_unsigned_qparams",
    "correct_bias",
    "dequantize",
    "entropy_bits",
    "equalize",
    "fake_quantize",
    "fake_quantize_backward",
    "fold",
    "fold_layer",
    "folded_correction",
    "integer_conv2d",
    "integer_linear",
    "mean_after_relu",
    "min_max_qparams",
    "quantize",
    "quantize_tensor",
    "quantize_with",
    "requantize",
    "requantize_channels",
    "requantize_in_floats",
    "rounding_error_bound",
    "rounding_noise_power",
    "signed_dot",
    "ternarize",
    "ternarize_optimally",
    "used_level_bits",
]
