"""What correct post-training quantization gives, field by field on small networks; and how well the digits are still
read when the quantized network is run here, in integers.

The network of `data.npz` has 64, 32 and 16 inputs and 10 classes and was trained on the digits' training images, of
which 100 are there to calibrate with; the 500 test images never enter the sandbox. Networks nobody has seen are the same
one with pixels, units and classes in another order, and with images of another brightness and contrast.
"""

from itertools import pairwise
from pathlib import Path

import numpy as np

from grader import expect
from grader.checks import check, given
from grader.metrics import accuracy_drop
from grader.strategies import arrays, integers, lists, multiples, sampled_from
from reference_impl.quantization import affine

with np.load(Path(__file__).with_name("data.npz")) as DATA:
    NETWORK = [(DATA[f"weight{i}"], DATA[f"bias{i}"]) for i in (1, 2, 3)]
    CALIBRATION, IMAGES = (
        DATA[name].reshape(-1, 64).astype(np.float32) / 16 for name in ("calibration", "images")
    )
    LABELS = DATA["labels"].astype(np.int64)


# ---------------------------------------------------------------- the float network


def forward(network, images):
    """Of each layer its inputs, (n, in), and its outputs before the ReLU, (n, out)."""
    steps, values = [], np.asarray(images, np.float64)
    for weight, bias in network:
        steps.append((values, values @ weight.T.astype(np.float64) + bias))
        values = np.maximum(steps[-1][1], 0)
    return steps


def range_of(values):
    return float(values.min()), float(values.max())


def right_ranges(network, images):
    return [range_of(inputs) for inputs, _ in forward(network, images)]


def wrong_ranges(network, images):
    steps = forward(network, images)
    after = [*(np.maximum(out, 0) for _, out in steps[:-1]), steps[-1][1]]
    every = [range_of(inputs) for inputs, _ in steps]
    return {
        "ranges_of_the_outputs": [range_of(out) for out in after],
        "range_before_the_relu": [every[0], *(range_of(out) for _, out in steps[:-1])],
        "last_image_only": right_ranges(network, images[-1:]),
        "mean_of_the_images": [
            (float(inputs.min(axis=1).mean()), float(inputs.max(axis=1).mean())) for inputs, _ in steps
        ],
        "one_range_for_all_layers": [(min(lo for lo, _ in every), max(hi for _, hi in every))] * len(every),
    }


# ---------------------------------------------------------------- small networks to look at

STEP = 2.0**-6  #: of the weights below, exactly


def small(codes, biases, hidden):
    """Two layers with 2, `hidden` and 2 units; the largest weight of each is 127 steps, so that the scale is STEP (the
    first layer) and STEP / 2. No other weight lies halfway between two codes."""
    sides, at, network = [2, hidden, 2], 0, []
    for number, (inner, out) in enumerate(pairwise(sides)):
        steps = codes[at : at + inner * out].copy()
        steps[0], steps[-1] = 60, -127 if number else 127
        weight = (steps * STEP / (number + 1)).reshape(out, inner).astype(np.float32)
        network.append((weight, (biases[2 * number : 2 * number + out] + 0.01).astype(np.float32)))
        at += inner * out
    return network


NETWORKS = {
    #: whole numbers and those a quarter beside
    "codes": arrays(integers(-360, 360).map(lambda k: (k + 1) // 3 + (k % 3 + 1) % 3 / 4 - 0.25), shape=(8,)),
    "biases": arrays(multiples(0.25, -6, 6), shape=(4,)),
    "hidden": integers(1, 2),
}


def with_a_bright_image(pixels):
    """Ranges of only zero, and the division by zero they lead to, are for one check alone."""
    pixels[0] = 2.0
    return pixels


PIXELS = arrays(multiples(0.25, 0, 8), shape=(2, 2)).map(with_a_bright_image)


# ---------------------------------------------------------------- input_ranges


@check(points=2, examples=20)
@given(pixels=PIXELS, above=sampled_from([0.0, 1.0, -1.0]), **NETWORKS)
def ranges_are_those_of_the_inputs(solution, pixels, above, codes, biases, hidden):
    network, images = small(codes, biases, hidden), pixels + np.float32(above)
    got = solution.input_ranges(network, images)
    expect.length(got, len(network))
    widened = [(min(lo, 0.0), max(hi, 0.0)) for lo, hi in right_ranges(network, images)]
    expect.close(
        np.array([expect.array(expect.pair(one), (2,)) for one in got]),
        np.array(right_ranges(network, images)),
        rtol=1e-5,
        atol=1e-5,
        slips=lambda: {
            **{key: np.array(wrong) for key, wrong in wrong_ranges(network, images).items()},
            "widened_too_early": np.array(widened),
        },
    )


# ---------------------------------------------------------------- quantize_network

FIELDS = ("weight", "weight_scale", "bias", "input_scale", "input_zero_point")


def described(got, network, fields=FIELDS):
    """The layers as they were returned, where each is a dict with these fields, of the right types and shapes."""
    expect.length(got, len(network))
    for layer, (weight, bias) in zip(got, network, strict=True):
        expect.that(isinstance(layer, dict), "layer_not_a_dict", got=type(layer).__name__)
        for name in fields:
            expect.that(name in layer, "field_missing", field=name)
            LOOK[name](layer[name], weight if name == "weight" else bias, name)
    return got


def look_at_codes(value, like, name):
    kept = name == "weight" and isinstance(value, np.ndarray) and value.dtype.kind == "f"
    expect.that(not kept, "float_weights_kept")
    expect.dtype(value, {"weight": "int8", "bias": "int32"}[name])
    expect.shape(value, like.shape)


def look_at_scale(value, _, name):
    scale = float(expect.array(value, ()))
    expect.that(scale > 0, "scale_not_positive", field=name, got=scale)


def look_at_zero_point(value, *_):
    zero = expect.whole_number(value, key="zero_point_not_an_integer")
    expect.that(0 <= zero <= 255, "zero_point_no_code", got=zero)


LOOK = {
    "weight": look_at_codes,
    "weight_scale": look_at_scale,
    "bias": look_at_codes,
    "input_scale": look_at_scale,
    "input_zero_point": look_at_zero_point,
}


@check(points=2, examples=20)
@given(pixels=PIXELS, **NETWORKS)
def weights_become_int8_codes(solution, pixels, codes, biases, hidden):
    network = small(codes, biases, hidden)
    layers = described(solution.quantize_network(network, pixels), network, ("weight_scale", "weight"))
    weights = [weight.astype(np.float64).ravel() for weight, _ in network]
    tops = np.array([np.abs(weight).max() for weight in weights])
    expect.close(
        np.array([float(layer["weight_scale"]) for layer in layers]),
        tops / 127,
        slips=lambda: {
            "weight_scale_by_128": tops / 128,
            "weight_scale_by_255": 2 * tops / 255,
            "weight_scale_of_signed_maximum": np.array([weight.max() for weight in weights]) / 127,
            "weight_scale_of_the_first_layer": np.full(len(tops), tops[0] / 127),
        },
    )
    exact = np.concatenate([weight * 127 / top for weight, top in zip(weights, tops, strict=True)])
    expect.equal(
        np.concatenate([layer["weight"].ravel() for layer in layers]),
        np.rint(exact),
        slips=lambda: {"weights_cut_off": np.trunc(exact)},
    )


def qparams(got, network):
    """Scale and zero point of each layer's inputs, (layers, 2)."""
    layers = described(got, network, ("input_scale", "input_zero_point"))
    return np.array([[float(one["input_scale"]), float(one["input_zero_point"])] for one in layers])


def wrong_qparams(network, images):
    """(layers, 2): scale and zero point, by mistake."""

    def at(ranges):
        return np.array([affine.choose_qparams(min(lo, hi), max(lo, hi)) for lo, hi in ranges])

    ranges, right = right_ranges(network, images), at(right_ranges(network, images))
    narrow = []
    for lo, hi in ranges:
        scale = (hi - lo) / 255 or 1.0
        narrow.append((scale, np.clip(np.rint(-lo / scale), 0, 255)))
    levels = np.where([lo or hi for lo, hi in ranges], right[:, 0] * 255 / 256, 1.0)
    zeros = [np.rint(-min(lo, 0.0) / scale) for (lo, _), scale in zip(ranges, levels, strict=True)]
    largest = np.array([max(-lo, hi, 0.0) / 127 or 1.0 for lo, hi in ranges])
    return {
        "range_without_zero": np.array(narrow),
        "counts_levels_not_steps": np.stack([levels, np.minimum(zeros, 255)], axis=1),
        "inputs_symmetric": np.stack([largest, 0 * largest], axis=1),
        "zero_point_forgotten": right * [1, 0],
        **{key: at(wrong) for key, wrong in wrong_ranges(network, images).items()},
    }


@check(points=2, examples=20, depends_on="ranges_are_those_of_the_inputs")
@given(pixels=PIXELS, above=sampled_from([0.0, 1.0, -1.0]), **NETWORKS)
def inputs_have_a_scale_and_a_zero_point(solution, pixels, above, codes, biases, hidden):
    network, images = small(codes, biases, hidden), pixels + np.float32(above)
    got = qparams(solution.quantize_network(network, images), network)
    right = np.array([affine.choose_qparams(lo, hi) for lo, hi in right_ranges(network, images)])
    exact = [-min(lo, 0.0) / right[i, 0] for i, (lo, _) in enumerate(right_ranges(network, images))]
    tied = np.abs(np.mod(exact, 1) - 0.5) < 1e-3  # rounding noise decides
    near = np.abs(got[:, 1] - exact) < 0.51
    got[tied & near, 1] = right[tied & near, 1]
    expect.close(got, right, rtol=1e-5, slips=lambda: wrong_qparams(network, images))


@check(points=2, examples=20)
@given(pixels=PIXELS, **NETWORKS)
def biases_have_the_scale_of_the_accumulator(solution, pixels, codes, biases, hidden):
    """With the scales that were returned, whatever they are."""
    network = small(codes, biases, hidden)
    fields = ("bias", "weight_scale", "input_scale")
    layers = described(solution.quantize_network(network, pixels), network, fields)
    real = np.concatenate([bias for _, bias in network]).astype(np.float64)
    weight_scales, input_scales = (
        np.concatenate([np.full(len(one["bias"]), float(one[name])) for one in layers])
        for name in ("weight_scale", "input_scale")
    )
    got, exact = np.concatenate([one["bias"] for one in layers]), real / (input_scales * weight_scales)
    if np.all(np.abs(got - exact) <= 0.5 + 4e-7 * np.abs(exact)):
        return  # rounded in float32 or in float64
    following = input_scales[-1]
    expect.equal(
        got,
        np.rint(exact),
        slips=lambda: {
            "bias_at_the_weight_scale": np.rint(real / weight_scales),
            "bias_not_scaled": np.rint(real),
            "bias_cut_off": np.trunc(exact),
            "bias_at_the_next_input_scale": np.rint(real / (following * weight_scales)),
        },
    )


@check(points=1, examples=15, depends_on="inputs_have_a_scale_and_a_zero_point")
@given(empty=sampled_from(["images", "weights", "units"]), value=sampled_from([0.0, 0.0, 3.0, -2.0]))
def constant_and_dead_layers_have_scales(solution, empty, value):
    """Black images, weights of zero, units that are never on: a range of only zero has scale 1 and zero point 0."""
    weight = np.full((2, 2), 0.0 if empty == "weights" else 1.0, np.float32)
    bias = np.full(2, -100.0 if empty == "units" else 0.5, np.float32)
    network = [(weight, bias), (np.ones((1, 2), np.float32), np.zeros(1, np.float32))]
    images = np.full((3, 2), 0.0 if empty == "images" else value, np.float32)
    layers = solution.quantize_network(network, images)
    got = qparams(layers, network)
    right = [affine.choose_qparams(lo, hi) for lo, hi in right_ranges(network, images)]
    expect.close(got, np.array(right), rtol=1e-5, slips=lambda: wrong_qparams(network, images))
    if empty == "weights":
        described(layers, network, ("weight_scale",))
        expect.close(layers[0]["weight_scale"], 1.0)


# ---------------------------------------------------------------- logits


def in_integers(layers, images, mistake=""):
    """The logits of quantized layers; the definition, with one step of it done as a mistake does it."""
    rounded = np.trunc if mistake == "fraction_cut_off" else np.rint
    codes = saturated(rounded(np.asarray(images, np.float64) / layers[0]["input_scale"]), layers[0], mistake)
    for layer, following in zip(layers, [*layers[1:], None], strict=True):
        zero = 0 if mistake == "input_zero_point_not_subtracted" else layer["input_zero_point"]
        sums = (codes - zero) @ layer["weight"].T.astype(np.float64)
        sums = sums if mistake == "bias_forgotten" else sums + layer["bias"]
        scale = layer["input_scale"] * layer["weight_scale"]
        if following is not None:
            sums = sums if mistake == "relu_forgotten" else np.maximum(sums, 0)
            to = {"own_input_scale": layer["input_scale"], "output_scale_forgotten": 1.0}
            by = scale / to.get(mistake, following["input_scale"])
            codes = saturated(rounded(sums * by), following, mistake)
    if mistake == "relu_on_the_logits":
        sums = np.maximum(sums, 0)
    return sums if mistake == "accumulators_returned" else sums * scale


def saturated(steps, layer, mistake):
    zero = layer["input_zero_point"]
    if mistake == "cast_before_clamp":
        return np.clip(steps % 256 + zero, 0, 255)
    if mistake == "not_clamped":
        return (steps + zero) % 256
    if mistake == "zero_point_not_added":
        zero = 0
    return np.clip(steps + zero, 0, 255)


MISTAKES = (
    "relu_forgotten",
    "relu_on_the_logits",
    "accumulators_returned",
    "bias_forgotten",
    "own_input_scale",
    "output_scale_forgotten",
    "input_zero_point_not_subtracted",
    "zero_point_not_added",
    "cast_before_clamp",
    "not_clamped",
    "fraction_cut_off",
)


def in_floats(layers, images):
    """What the codes stand for, computed without rounding any activation."""
    network = [
        (one["weight_scale"] * one["weight"], one["input_scale"] * one["weight_scale"] * one["bias"])
        for one in layers
    ]
    return forward(network, images)[-1][1]


def quantized(weight, bias, input_scale, zero_point):
    return {
        "weight": weight.astype(np.int8),
        "weight_scale": 2.0**-6,
        "bias": bias.astype(np.int32),
        "input_scale": input_scale,
        "input_zero_point": zero_point,
    }


@check(points=3, examples=30)
@given(
    images=arrays(multiples(0.125, -24, 40), shape=(2, 2)),
    weights=arrays(integers(-127, 127), shape=(2, 4), dtype=np.int8),
    biases=arrays(integers(-900, 900), shape=(2, 2), dtype=np.int32),
    zeros=lists(sampled_from([40, 128, 7, 200]), min_size=2, max_size=2),
    powers=lists(integers(0, 2), min_size=2, max_size=2),
)
def integers_compute_the_logits(solution, images, weights, biases, zeros, powers):
    """Scales are powers of two: every product with them is exact."""
    scales = [2.0 ** -(2 + powers[0]), 2.0 ** -(powers[1])]
    parts = zip(weights, biases, scales, zeros, strict=True)
    layers = [quantized(weight.reshape(2, 2), bias, scale, zero) for weight, bias, scale, zero in parts]
    expect.close(
        solution.logits(layers, images),
        in_integers(layers, images),
        rtol=1e-5,
        slips=lambda: {
            **{key: in_integers(layers, images, key) for key in MISTAKES},
            "computed_in_floats": in_floats(layers, images),
        },
    )


@check(points=1, examples=8)
@given(pixels=PIXELS)
def the_given_images_are_not_changed(solution, pixels):
    network = small(np.arange(8.0) * 9, np.ones(4), 2)
    shown, kept = pixels + np.float32(0.5), solution.keep(pixels + np.float32(0.5))
    first = solution.input_ranges(network, shown)
    expect.length(first, 2)
    fresh = np.array([expect.array(expect.pair(one), (2,)) for one in first])
    solution.quantize_network(network, kept)
    solution.logits([quantized(np.eye(2), np.ones(2), 0.25, 40)], kept)
    expect.unchanged_input(np.array(solution.input_ranges(network, kept)), fresh)


# ---------------------------------------------------------------- the digits


def lost(layers, network, images, labels):
    """Run here, in integers."""
    plain = [
        {name: np.asarray(value)[()] for name, value in layer.items() if name in FIELDS} for layer in layers
    ]
    before = forward(network, images)[-1][1].argmax(axis=1)
    with np.errstate(all="ignore"):  # scales may be as small or large as floats can be
        after = in_integers(plain, images).argmax(axis=1)
    return accuracy_drop(after, labels, before=before)


@check(points=3, curve=[[1.0, 1], [8.0, 0]])
def the_digits_are_still_read(solution):
    layers = described(solution.quantize_network(NETWORK, CALIBRATION), NETWORK)
    expect.metric(lost(layers, NETWORK, IMAGES, LABELS))


def in_another_order(seed, contrast, brightness):
    """Network, calibration images, images and labels: the known ones, where every pixel is contrast x + brightness."""
    draw = np.random.RandomState(seed)
    orders = [draw.permutation(side) for side in (64, 32, 16, 10)]
    network = [
        (weight[rows][:, columns], bias[rows])
        for (weight, bias), columns, rows in zip(NETWORK, orders, orders[1:], strict=False)
    ]
    weight, bias = network[0][0] / contrast, network[0][1]
    network[0] = weight, (bias - brightness * weight.sum(axis=1)).astype(np.float32)
    calibration, images = (
        (contrast * one[:, orders[0]] + brightness).astype(np.float32) for one in (CALIBRATION, IMAGES)
    )
    return network, calibration, images, np.argsort(orders[-1])[LABELS]


@check(points=2, visible=False, examples=3, curve=[[1.0, 1], [8.0, 0]])
@given(
    seed=integers(0, 2**31),
    contrast=sampled_from([0.25, 4.0]),
    brightness=sampled_from([1.0, -5.0]),
)
def networks_nobody_has_seen_keep_their_accuracy(solution, seed, contrast, brightness):
    network, calibration, images, labels = in_another_order(seed, contrast, brightness)
    layers = described(solution.quantize_network(network, calibration), network)
    expect.metric(lost(layers, network, images, labels))
