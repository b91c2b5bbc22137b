"""A linear layer on codes, exact in integers.

Jacob et al. 2018, arXiv:1712.05877, section 2.3, equation 7:
sum (x - z_x)(w - z_w) = sum x w - z_x sum w - z_w sum x + n z_x z_w.
The second and fourth terms depend on weights alone and can be folded into the bias; the third needs the data, and goes
when weights are symmetric (z_w = 0).
"""

import numpy.typing as npt

from reference_impl.errors import OutOfRange
from reference_impl.quantization.integer_layer import Accumulators, Codes, as_int32, bias_for
from reference_impl.reals import Integers, WholeNumber


def integer_linear(
    inputs: npt.ArrayLike,
    weights: npt.ArrayLike,
    bias: npt.ArrayLike | None = None,
    *,
    input_zero_point: WholeNumber,
    weight_zero_point: WholeNumber = 0,
) -> Accumulators:
    """int32 accumulators (..., out) at scale s_x s_w, of codes (..., in), weights (out, in) and int32 bias (out,).

    Without input features the accumulators are the bias. WrongDtype: no integers; OutOfRange: shapes that do not fit,
    codes or zero points beyond 16 bits, a bias code or a result beyond int32.
    """
    x, w = Codes.of(inputs, input_zero_point), Codes.of(weights, weight_zero_point)
    if w.values.ndim != 2 or x.values.ndim < 1 or x.values.shape[-1] != w.values.shape[1]:
        raise OutOfRange(
            f"inputs {x.values.shape} and weights {w.values.shape}: (..., in) and (out, in) are needed"
        )
    return as_int32(x.values @ w.values.T + corrections(x, w) + bias_for(len(w.values), bias))


def corrections(x: Codes, w: Codes) -> Integers:
    """What is added to the plain product of codes because zero has a code of its own; shape (..., out)."""
    per_output = folded_correction(w, x.zero_point)
    per_input = w.zero_point * x.values.sum(axis=-1, keepdims=True)
    return per_output - per_input


def folded_correction(w: Codes, input_zero_point: int) -> Integers:
    """The part known before any data, shape (out,): -z_x sum w + n z_x z_w. Converters add it to the bias."""
    fan_in = w.values.shape[1]
    sums: Integers = w.values.sum(axis=1)
    return fan_in * input_zero_point * w.zero_point - input_zero_point * sums
