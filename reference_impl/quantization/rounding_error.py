"""What rounding to the nearest step may cost inside the range: half a step, and on average its square over twelve.

Krishnamoorthi 2018, arXiv:1806.08342, section 2; the mean square is Bennett 1948, "Spectra of quantized signals",
for errors spread evenly over a step. Beyond the range the error is the distance to it (saturation), without a bound.
"""

from reference_impl.errors import OutOfRange


def rounding_error_bound(scale: float) -> float:
    """Greatest |value - its round trip| of values inside the range, in their unit. OutOfRange: scale not above zero."""
    _refuse_no_step(scale)
    return scale / 2


def rounding_noise_power(scale: float) -> float:
    """Mean square of that error, in the square of the values' unit. OutOfRange: scale not above zero."""
    _refuse_no_step(scale)
    return scale**2 / 12


def _refuse_no_step(scale: float) -> None:
    if not scale > 0:
        raise OutOfRange(f"a step is wider than zero, not {scale}")
