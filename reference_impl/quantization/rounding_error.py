"""What rounding to the nearest step may cost inside the range: half a step, and on average its square over twelve.

Nagel et al. 2021, arXiv:2106.08295, section 2.2; the mean square is Bennett 1948, "Spectra of quantized signals", for
errors spread evenly over a step. Beyond the range the error is the distance to it (saturation), without a bound.
"""

from reference_impl.reals import RealNumber, refuse_unless_positive


def rounding_error_bound(scale: RealNumber) -> float:
    """Greatest |value - its round trip| of values inside the range, in their unit.

    WrongDtype: no number; OutOfRange: a scale that is not above zero.
    """
    refuse_unless_positive(scale, "the width of a step")
    return float(scale) / 2


def rounding_noise_power(scale: RealNumber) -> float:
    """Mean square of that error, in the square of the values' unit.

    WrongDtype: no number; OutOfRange: a scale that is not above zero.
    """
    refuse_unless_positive(scale, "the width of a step")
    return float(scale) ** 2 / 12
