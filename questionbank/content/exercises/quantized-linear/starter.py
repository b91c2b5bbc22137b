def quantize_bias(bias, input_scale, weight_scales):
    """Return the codes of the bias at the scale of the accumulator: an array of int32, one for each output."""
    raise NotImplementedError


def accumulate(qx, qw, qb, input_zero_point):
    """Return the accumulators of codes qx (n, in) and weights qw (out, in): an array of int32, (n, out)."""
    raise NotImplementedError


def requantize(acc, multipliers, output_zero_point):
    """Return the codes of accumulators (n, out), with one multiplier for each output: an array of int8, (n, out)."""
    raise NotImplementedError


def quantized_linear(
    qx, qw, qb, input_scale, input_zero_point, weight_scales, output_scale, output_zero_point
):
    """Return the codes that the layer puts out: an array of int8, (n, out)."""
    raise NotImplementedError
