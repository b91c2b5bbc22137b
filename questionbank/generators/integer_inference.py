"""Integer arithmetic between layers: bias codes, requantization, sums of tensors with different scales."""

from random import Random

from questionbank.generators import Variant, generator
from questionbank.generators.quantization import rounds_up
from reference_impl.quantization import Grid, bias_codes, dequantize, quantize, requantize_in_floats


@generator("bias_code")
def bias_code(draw: Random) -> Variant:
    """The bias as an int32 code at the scale of the accumulator."""
    input_scale, weight_scale = draw.choice([0.02, 0.04, 0.1]), draw.choice([0.005, 0.01, 0.02])
    bias = draw.choice([-1, 1]) * draw.randrange(12, 96, 4) / 100
    (key,) = bias_codes([bias], input_scale, weight_scale).tolist()
    return Variant(
        params={
            "bias": bias,
            "input_scale": input_scale,
            "weight_scale": weight_scale,
            "product": round(input_scale * weight_scale, 6),
        },
        key=key,
        slips={
            "weight_scale_only": round(bias / weight_scale),
            "input_scale_only": round(bias / input_scale),
            "saturated": 127 if bias > 0 else -128,
        },
    )


@generator("requantized_accumulator")
def requantized_accumulator(draw: Random) -> Variant:
    """An accumulator's way to the code of the output; rounded up, so that truncating shows."""
    input_scale, weight_scale = draw.choice([0.02, 0.04]), draw.choice([0.005, 0.01])
    output_scale, zero_point = draw.choice([0.05, 0.1]), draw.randrange(12, 90)
    multiplier = input_scale * weight_scale / output_scale
    while True:
        accumulator = draw.randrange(3000, 60000, 20)
        steps = accumulator * multiplier
        if rounds_up(steps) and 8 < steps < 150:
            break
    key = int(requantize_in_floats([accumulator], multiplier, zero_point, Grid.unsigned(8))[0])
    real = accumulator * input_scale * weight_scale
    return Variant(
        params={
            "accumulator": accumulator,
            "input_scale": input_scale,
            "weight_scale": weight_scale,
            "output_scale": output_scale,
            "zero_point": zero_point,
            "real": round(real, 4),
            "steps": round(steps, 3),
            "rounded": round(steps),
        },
        key=key,
        slips={
            "output_scale_forgotten": round(real) + zero_point,
            "no_zero_point": round(steps),
            "truncated": int(steps) + zero_point,
        },
    )


@generator("quantized_addition")
def quantized_addition(draw: Random) -> Variant:
    """The code of a sum of two tensors; both terms are whole steps of the output's scale."""
    scale, factor = draw.choice([0.02, 0.05, 0.1]), draw.choice([2, 4])
    zero_points = draw.sample(range(10, 60), 3)
    steps = draw.randrange(5, 40) * factor, draw.randrange(8, 45)
    codes = steps[0] + zero_points[0], steps[1] + zero_points[1]
    scales = scale, factor * scale
    # the output keeps the coarser of the two scales
    terms = [float(dequantize(q, s, z)) for q, s, z in zip(codes, scales, zero_points, strict=False)]
    key = int(quantize(sum(terms), scales[1], zero_points[2]))
    return Variant(
        params={"s1": scale, "s2": round(scales[1], 4), "factor": factor}
        | {f"z{i + 1}": zero for i, zero in enumerate(zero_points)}
        | {"q1": codes[0], "q2": codes[1], "d1": steps[0], "d2": steps[1]}
        | {"x1": round(terms[0], 4), "x2": round(terms[1], 4), "sum": round(sum(terms), 4)}
        | {"steps": key - zero_points[2]},
        key=key,
        slips={
            "codes_added": sum(codes),
            "one_scale": sum(steps) + zero_points[2],
            "no_zero_point": key - zero_points[2],
        },
    )
