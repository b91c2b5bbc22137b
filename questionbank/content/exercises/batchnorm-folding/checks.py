"""What correct folding gives. Roots of variance + eps are halves and whole numbers where formulas are looked at, so that
each mistake gives another value; float32 and float64 agree within the tolerance."""

from functools import partial

import numpy as np

from grader import expect
from grader.checks import check, given
from grader.strategies import arrays, integers, lists, multiples, sampled_from
from reference_impl.quantization import BatchNorm

RTOL, ATOL = 1e-5, 1e-5
HALVES = multiples(0.5, -8, 8)
EPS = 0.25
#: of channels whose root of variance + EPS is 1, 1.5, 2, 3
VARIANCES = sampled_from([0.75, 2.0, 3.75, 8.75])


def norms(channels):
    """gamma, beta, mean, variance, each of (channels,)."""
    rows = arrays(HALVES, shape=(3, channels))
    return lists(VARIANCES, min_size=channels, max_size=channels).flatmap(
        lambda variance: rows.map(lambda drawn: (*drawn, np.array(variance, np.float32)))
    )


def right_norm(gamma, beta, mean, variance, eps=1e-5):
    gain = BatchNorm(gamma, beta, mean, variance, eps).gain()
    return gain, beta - mean * gain


def wrong_norms(gamma, beta, mean, variance, eps):
    """By mistake: the gain and the shift it gives."""
    root = np.sqrt(variance + eps)
    gain = gamma / root

    def with_gain(wrong):
        return wrong, beta - mean * wrong

    with np.errstate(divide="ignore", invalid="ignore"):
        return {
            "eps_outside_the_root": with_gain(gamma / (np.sqrt(variance) + eps)),
            "eps_forgotten": with_gain(gamma / np.sqrt(variance)),
            "root_forgotten": with_gain(gamma / (variance + eps)),
            "multiplied_by_the_root": with_gain(gamma * root),
            "gamma_forgotten": with_gain(1 / root),
            "mean_not_scaled": (gain, beta - mean),
            "mean_added": (gain, beta + mean * gain),
            "mean_forgotten": (gain, beta),
            "beta_scaled": (gain, (beta - mean) * gain),
            "beta_forgotten": (gain, -mean * gain),
        }


# ---------------------------------------------------------------- gain_and_shift


@check(points=2, examples=30)
@given(norm=norms(2))
def the_norm_is_one_gain_and_one_shift(solution, norm):
    gain, shift = expect.pair(solution.gain_and_shift(*norm, EPS))
    got = np.stack([expect.array(gain, (2,), finite=False), expect.array(shift, (2,), finite=False)])
    wrong = wrong_norms(*norm, EPS)
    expect.close(
        got,
        np.stack(right_norm(*norm, EPS)),
        rtol=RTOL,
        atol=ATOL,
        slips=lambda: (
            {key: np.stack(pair) for key, pair in wrong.items()}
            | {"shift_before_the_gain": np.stack(right_norm(*norm, EPS)[::-1])}
        ),
    )


# ---------------------------------------------------------------- fold_bn

SHAPES = [(2, 3), (2, 2), (2, 1, 2, 2), (2, 2, 1, 2), (2, 2, 2), (2, 1, 3)]


def numbered(shape, first):
    return (np.arange(first, first + np.prod(shape, dtype=int)) / 2).reshape(shape).astype(np.float32)


def scaled(weight, gain):
    return weight * gain.reshape(-1, *[1] * (weight.ndim - 1))


def wrong_axes(weight, gain):
    """numpy lines shapes up from the end: where the sizes fit, another axis is scaled and nothing complains."""
    right = scaled(weight, gain)
    fits = weight.shape[-1] in (1, len(gain))
    beside = (1, len(gain)) if weight.ndim > 2 else ()
    by_last = weight * gain if fits else right
    by_last_but_one = weight * gain[:, None] if weight.shape[-2] in beside else right
    return {
        "gain_on_the_last_axis": by_last if by_last.shape == right.shape else right,
        "gain_on_the_last_axis_but_one": by_last_but_one if by_last_but_one.shape == right.shape else right,
    }


def wrong_weights(weight, gain, norm):
    return {
        **wrong_axes(weight, gain),
        "weights_not_scaled": weight,
        **{key: scaled(weight, wrong) for key, (wrong, _) in wrong_norms(*norm, EPS).items()},
    }


@check(points=2, examples=30, depends_on="the_norm_is_one_gain_and_one_shift")
@given(shape=sampled_from(SHAPES), first=integers(-6, 4), norm=norms(2))
def weights_are_scaled_by_their_output_channel(solution, shape, first, norm):
    weight = numbered(shape, first)
    got, _ = expect.pair(solution.fold_bn(weight, np.ones(2, np.float32), *norm, EPS))
    gain, _ = right_norm(*norm, EPS)
    expect.close(
        got,
        scaled(weight, gain),
        rtol=RTOL,
        atol=ATOL,
        slips=lambda: wrong_weights(weight, gain, norm),
    )


def wrong_biases(bias, norm, eps=EPS):
    _, shift = right_norm(*norm, eps)
    return {
        "old_bias_forgotten": shift,
        "old_bias_not_scaled": bias + shift,
        "norm_not_in_the_bias": bias,
        **{key: bias * g + s for key, (g, s) in wrong_norms(*norm, eps).items()},
    }


@check(points=2, examples=30, depends_on="the_norm_is_one_gain_and_one_shift")
@given(bias=arrays(HALVES, shape=(2,)), norm=norms(2))
def the_bias_goes_through_the_norm(solution, bias, norm):
    _, got = expect.pair(solution.fold_bn(numbered((2, 2), 1), bias, *norm, EPS))
    gain, shift = right_norm(*norm, EPS)
    expect.close(
        got,
        bias * gain + shift,
        rtol=RTOL,
        atol=ATOL,
        slips=lambda: wrong_biases(bias, norm),
    )


@check(points=1, examples=20, depends_on="the_bias_goes_through_the_norm")
@given(norm=norms(2), into_next=sampled_from([False, True]))
def a_layer_without_bias_gets_one(solution, norm, into_next):
    weight = numbered((2, 2), -1)
    if into_next:
        _, got = expect.pair(solution.fold_bn_into_next(weight, None, *norm, EPS))
        right = weight @ right_norm(*norm, EPS)[1]
        wrong = partial(wrong_next_biases, weight, np.zeros(2), norm)
    else:
        _, got = expect.pair(solution.fold_bn(weight, None, *norm, EPS))
        _, right = right_norm(*norm, EPS)
        wrong = partial(wrong_biases, np.zeros(2), norm)
    expect.close(got, right, rtol=RTOL, atol=ATOL, slips=wrong)


# ---------------------------------------------------------------- fold_bn_into_next


def wrong_next_biases(weight, bias, norm, eps=EPS):
    gain, shift = right_norm(*norm, eps)
    square = weight.shape[0] == weight.shape[1]
    return {
        "shift_not_through_the_weights": bias + shift if square else bias,
        "shift_through_scaled_weights": bias + (weight * gain) @ shift,
        "next_bias_unchanged": bias,
        "next_bias_scaled": bias * gain + weight @ shift if square else bias + weight @ shift,
        **{key: bias + weight @ s for key, (_, s) in wrong_norms(*norm, eps).items()},
    }


@check(points=2, examples=30, depends_on="the_norm_is_one_gain_and_one_shift")
@given(out=integers(1, 2), first=integers(-4, 4), bias=arrays(HALVES, shape=(2,)), norm=norms(2))
def a_norm_before_the_layer_scales_its_columns(solution, out, first, bias, norm):
    weight, bias = numbered((out, 2), first), bias[:out]
    got, got_bias = expect.pair(solution.fold_bn_into_next(weight, bias, *norm, EPS))
    gain, shift = right_norm(*norm, EPS)
    expect.close(
        got,
        weight * gain,
        rtol=RTOL,
        atol=ATOL,
        slips=lambda: {
            "rows_scaled_instead": scaled(weight, gain) if out == 2 else weight * gain,
            **{key: weight * wrong for key, (wrong, _) in wrong_norms(*norm, EPS).items()},
        },
    )
    right = bias + weight @ shift
    expect.close(got_bias, right, rtol=RTOL, atol=ATOL, slips=lambda: wrong_next_biases(weight, bias, norm))


# ---------------------------------------------------------------- eps, shapes, inputs


@check(points=1, examples=15, depends_on="the_norm_is_one_gain_and_one_shift")
@given(
    gamma=sampled_from([1.0, -2.0, 0.5]),
    variance=sampled_from([0.0, 3e-5, 8e-5, 1.0]),
    function=sampled_from(["gain_and_shift", "fold_bn", "fold_bn_into_next"]),
)
def eps_is_a_hundred_thousandth_unless_given(solution, gamma, variance, function):
    """A channel that never varied has the variance 0: eps alone keeps its gain finite."""
    norm = [np.array([value], np.float32) for value in (gamma, 0.0, 0.0, variance)]
    layer = () if function == "gain_and_shift" else (np.ones((1, 1), np.float32), np.zeros(1, np.float32))
    gain, _ = expect.pair(getattr(solution, function)(*layer, *norm))
    ends = np.zeros((1,) * max(1, len(layer)))
    expect.close(
        gain,
        right_norm(*norm)[0] + ends,
        rtol=RTOL,
        slips=lambda: {
            "another_default_eps": right_norm(*norm, 1e-3)[0] + ends,
            "shift_before_the_gain": ends,
            **({"weights_not_scaled": layer[0]} if function == "fold_bn" else {}),
            **{key: wrong + ends for key, (wrong, _) in wrong_norms(*norm, 1e-5).items()},
        },
    )


@check(points=1, examples=20, depends_on="weights_are_scaled_by_their_output_channel")
@given(
    shape=sampled_from([*SHAPES, (1, 0), (4, 3, 2, 2), (3, 2)]),
    wide=sampled_from([False, True]),
    with_gaps=sampled_from([False, True]),
)
def shapes_and_types_stay(solution, shape, wide, with_gaps):
    dtype = np.float64 if wide else np.float32
    weight = numbered(shape, 1).astype(dtype)
    norm = [numbered((shape[0],), first).astype(dtype) for first in (1, 2, -1, 4)]
    sent = solution.strided(weight) if with_gaps else weight
    got, bias = expect.pair(solution.fold_bn(sent, norm[1], *norm, EPS))
    gain, _ = right_norm(*norm, EPS)
    expect.close(
        got,
        scaled(weight, gain),
        rtol=RTOL,
        atol=ATOL,
        slips=lambda: wrong_weights(weight, gain, norm),
    )
    expect.shape(bias, shape[:1])
    expect.dtype(got, dtype.__name__)
    expect.dtype(bias, dtype.__name__)


@check(points=1, examples=10)
@given(norm=norms(2), bias=arrays(HALVES, shape=(2,)))
def the_given_arrays_are_not_changed(solution, norm, bias):
    """Weights and biases that were scaled in place come out of a second call scaled twice."""
    weight, kept, kept_bias = numbered((2, 2), 1), solution.keep(numbered((2, 2), 1)), solution.keep(bias)
    parts = [solution.keep(part) for part in norm]
    first = solution.fold_bn(weight, bias, *norm, EPS)
    second = solution.fold_bn_into_next(weight, bias, *norm, EPS)
    for fresh in (first, second):
        for part, shape in zip(expect.pair(fresh), [(2, 2), (2,)], strict=True):
            expect.array(part, shape, finite=False)
    solution.fold_bn(kept, kept_bias, *parts, EPS)
    solution.fold_bn_into_next(kept, kept_bias, *parts, EPS)
    for again, fresh in [
        (solution.fold_bn(kept, kept_bias, *parts, EPS), first),
        (solution.fold_bn_into_next(kept, kept_bias, *parts, EPS), second),
    ]:
        for part, untouched in zip(expect.pair(again), fresh, strict=True):
            expect.unchanged_input(part, untouched)


# ---------------------------------------------------------------- unseen


def convolved(x, weight, bias):
    """Of images (n, in, height, width), without padding; the channels come last."""
    windows = np.lib.stride_tricks.sliding_window_view(x, weight.shape[2:], axis=(2, 3))
    return np.einsum("nihwkl,oikl->nhwo", windows, weight) + bias


@check(
    points=1,
    visible=False,
    examples=8,
    depends_on=(
        "weights_are_scaled_by_their_output_channel",
        "the_bias_goes_through_the_norm",
        "a_norm_before_the_layer_scales_its_columns",
    ),
)
@given(seed=integers(0, 2**20), eps=sampled_from([1e-5, 1e-2]))
def folded_layers_compute_the_same(solution, seed, eps):
    """A convolution with the normalisation behind it, and a matrix with it in front, on random inputs."""
    draw = np.random.RandomState(seed)
    kernels, bias = draw.normal(size=(6, 3, 3, 2)), draw.normal(size=6)
    norm = (*draw.normal(size=(3, 6)), draw.uniform(0.01, 0.1, 6))
    images = draw.normal(size=(2, 3, 5, 6))
    before = convolved(images, kernels, bias)
    got = folded(solution.fold_bn(kernels, bias, *norm, eps), kernels.shape)
    gain, shift = right_norm(*norm, eps)
    expect.close(
        convolved(images, *got),
        before * gain + shift,
        rtol=1e-4,
        atol=1e-3,
        slips=lambda: (
            {key: before * g + s for key, (g, s) in wrong_norms(*norm, eps).items()}
            | {"weights_not_scaled": convolved(images, kernels, bias * gain + shift)}
            | {
                key: convolved(images, scaled(kernels, gain), wrong)
                for key, wrong in wrong_biases(bias, norm, eps).items()
                if "bias" in key
            }
        ),
    )
    x, weight = draw.normal(size=(4, 6)), draw.normal(size=(6, 6))
    matrix, constant = folded(solution.fold_bn_into_next(weight, bias, *norm, eps), weight.shape)
    expect.close(
        x @ matrix.T + constant,
        (x * gain + shift) @ weight.T + bias,
        rtol=1e-4,
        atol=1e-3,
        slips=lambda: (
            {
                key: x @ (weight * gain).T + wrong
                for key, wrong in wrong_next_biases(weight, bias, norm, eps).items()
            }
            | {"rows_scaled_instead": x @ scaled(weight, gain).T + bias + weight @ shift}
        ),
    )


def folded(got, shape):
    weight, bias = expect.pair(got)
    return expect.array(weight, shape), expect.array(bias, shape[:1])
