"""Symmetric quantization parameters: zero point 0, so that real = scale * code.

Nagel et al. 2021, arXiv:2106.08295, section 2.2; Krishnamoorthi 2018, arXiv:1806.08342, section 2.2.
"""

from reference_impl.quantization.affine import QParams
from reference_impl.quantization.scheme import Scheme


def choose_signed_qparams(lo: float, hi: float, *, bits: int = 8) -> QParams:
    """scale = max(|lo|, |hi|) / (2^(b-1) - 1), codes -2^(b-1) ... 2^(b-1) - 1. Errors as `Scheme.qparams`."""
    return _scalar(Scheme.symmetric_signed(bits), lo, hi)


def choose_restricted_qparams(lo: float, hi: float, *, bits: int = 8) -> QParams:
    """The same scale, codes -(2^(b-1) - 1) ... 2^(b-1) - 1: negating a code never overflows."""
    return _scalar(Scheme.symmetric_restricted(bits), lo, hi)


def choose_unsigned_qparams(lo: float, hi: float, *, bits: int = 8) -> QParams:
    """scale = hi / (2^b - 1), codes 0 ... 2^b - 1. OutOfRange: lo < 0."""
    return _scalar(Scheme.symmetric_unsigned(bits), lo, hi)


def _scalar(scheme: Scheme, lo: float, hi: float) -> QParams:
    scale, zero_point = scheme.qparams(lo, hi)
    return QParams(float(scale), int(zero_point))
