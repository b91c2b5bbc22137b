"""Fewer bits per number: maps between real values and small integer codes."""

from reference_impl.quantization.affine import QParams, choose_qparams, dequantize, quantize

__all__ = ["QParams", "choose_qparams", "dequantize", "quantize"]
