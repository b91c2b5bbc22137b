"""One contract for the mathematics: bad input gets an error of `errors`, and whatever is answered is finite.

Each entry is a call that works. Every argument in turn is replaced by what is not defined (must be refused) and by what
is merely unusual (refused, or answered with finite numbers of the documented kind). Warnings are errors here as everywhere.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from fractions import Fraction
from functools import partial
from typing import Any

import numpy as np
import pytest
import torch

from reference_impl import costs
from reference_impl import distillation as d
from reference_impl import low_rank as lr
from reference_impl import quantization as q
from reference_impl.errors import CompressionError, EmptyInput
from reference_impl.quantization import observers as o
from reference_impl.quantization.effective_bits import entropy_bits, used_level_bits
from reference_impl.quantization.fake_quantize import on_grid
from reference_impl.quantization.fake_quantize_torch import fake_quantize_torch
from reference_impl.quantization.integer_conv2d import patches
from reference_impl.quantization.observers.entropy import clipped_divergence, kullback_leibler
from reference_impl.quantization.observers.mean_squared_error import mean_squared_error

R = np.random.default_rng(1)
W = R.normal(size=(4, 3))
KERNEL = R.normal(size=(4, 3, 2, 2))
X8 = R.integers(0, 255, (2, 3)).astype(np.uint8)
W8 = R.integers(-127, 127, (4, 3)).astype(np.int8)
AFFINE = q.Scheme.affine()
TENSOR = q.ArrayQParams(np.array(0.5), np.array(3))
HALF = q.FixedPointMultiplier.nearest(0.5)
CODES = np.array([[0, 1], [2, 2]])


@dataclass(frozen=True)
class Call:
    function: Callable[..., Any]
    given: Mapping[str, Any]


def call(function: Callable[..., Any], **given: Any) -> Call:
    return Call(function, given)


def folded(weight: Any, bias: Any, eps: Any, **norm: Any) -> Any:
    return q.fold_layer(weight, bias, q.BatchNorm(**norm, eps=eps))


def calibrated(make: Callable[..., o.Observer], batch: Any, **settings: Any) -> Any:
    return o.calibrate([batch], make(**settings), AFFINE)


def held(codes: Any, scale: Any, zero_point: Any) -> Any:
    return q.QuantizedTensor(codes, q.ArrayQParams(scale, zero_point), AFFINE, q.PerTensor()).dequantize()


def with_qparams(values: Any, scale: Any, zero_point: Any) -> Any:
    return q.quantize_with(values, q.ArrayQParams(scale, zero_point), AFFINE, q.PerTensor()).dequantize()


def convolved(stride: Any, padding: Any, groups: Any, **given: Any) -> Any:
    return q.integer_conv2d(**given, window=q.Window(stride, padding, groups))


def grouped(values: Any, axis: Any, size: Any) -> Any:
    return q.quantize_tensor(values, AFFINE, q.PerGroup(axis, size)).dequantize()


def per_channel(values: Any, axis: Any, bits: Any) -> Any:
    return q.quantize_tensor(values, q.Scheme.symmetric_restricted(bits), q.PerChannel(axis)).dequantize()


def allocated(weights: Any, bits: Any, loss: Any, budget_bits: Any) -> Any:
    choice: Any = tuple(np.ravel(bits)) if np.ndim(bits) else bits  # a key cannot be a list
    if isinstance(choice, np.ndarray):
        choice = choice[()]  # nor an array
    return q.allocate_bits([q.Layer(weights, {choice: loss, 8: 0.0})], budget_bits)


def multiplier(mantissa: Any, shift: Any) -> Any:
    return q.FixedPointMultiplier(mantissa, shift).real


def device(peak_ops: Any, bandwidth_bytes: Any, fast_memory_bytes: Any, **work: Any) -> Any:
    made = costs.Device("board", peak_ops, bandwidth_bytes, fast_memory_bytes)
    return made.ridge, costs.estimate(made, **work)


def energy(**traffic: Any) -> Any:
    return costs.inference_energy_pj(costs.Traffic(**traffic))


CALLS: dict[str, Call] = {
    "choose_qparams": call(q.choose_qparams, lo=-1.0, hi=2.0, bits=8),
    "quantize": call(q.quantize, values=W, scale=0.5, zero_point=3, bits=8),
    "dequantize": call(q.dequantize, codes=X8, scale=0.5, zero_point=3),
    "signed_qparams": call(q.choose_signed_qparams, lo=-1.0, hi=2.0, bits=8),
    "restricted_qparams": call(q.choose_restricted_qparams, lo=-1.0, hi=2.0, bits=8),
    "unsigned_qparams": call(q.choose_unsigned_qparams, lo=0.0, hi=2.0, bits=8),
    "scheme_qparams": call(AFFINE.qparams, lo=-np.ones(3), hi=np.ones(3)),
    "grid": call(q.Grid, lo=-4, hi=3),
    "scheme_affine": call(q.Scheme.affine, bits=4),
    "quantize_tensor": call(q.quantize_tensor, values=W, scheme=AFFINE),
    "per_channel": call(per_channel, values=W, axis=0, bits=4),
    "per_group": call(grouped, values=W, axis=0, size=2),
    "quantize_with": call(with_qparams, values=W, scale=np.array(0.5), zero_point=np.array(3)),
    "quantized_tensor": call(held, codes=X8, scale=np.array(0.5), zero_point=np.array(3)),
    "min_max_qparams": call(q.min_max_qparams, values=W, scheme=AFFINE, granularity=q.PerChannel(0)),
    "fake_quantize": call(q.fake_quantize, values=W, qparams=TENSOR, scheme=AFFINE),
    "fake_quantize_backward": call(
        q.fake_quantize_backward, gradient=W, values=W, qparams=TENSOR, scheme=AFFINE
    ),
    "on_grid": call(on_grid, values=W, qparams=TENSOR, scheme=AFFINE, granularity=q.PerTensor()),
    "rounding_error_bound": call(q.rounding_error_bound, scale=0.5),
    "rounding_noise_power": call(q.rounding_noise_power, scale=0.5),
    "fold": call(q.fold, weight=1.0, bias=1.0, gamma=1.0, beta=1.0, mean=1.0, variance=1.0, eps=0.1),
    "fold_layer": call(
        folded,
        weight=KERNEL,
        bias=np.ones(4),
        eps=0.1,
        gamma=np.ones(4),
        beta=np.ones(4),
        mean=np.ones(4),
        variance=np.ones(4),
    ),
    "correct_bias": call(
        q.correct_bias, bias=np.ones(4), weight=W, quantized_weight=W + 0.1, input_mean=np.ones(3)
    ),
    "mean_after_relu": call(q.mean_after_relu, beta=np.ones(3), gamma=np.ones(3)),
    "equalize": call(q.equalize, first_weight=W, first_bias=np.ones(4), second_weight=R.normal(size=(2, 4))),
    "channel_ranges": call(q.channel_ranges, weight=W, axis=1),
    "allocate_bits": call(allocated, weights=10, bits=4, loss=1.0, budget_bits=100),
    "binarize": call(q.binarize, weights=W),
    "signed_dot": call(q.signed_dot, one=np.array([1, -1]), other=np.array([1, 1])),
    "ternarize": call(q.ternarize, weights=W, factor=0.7),
    "ternarize_optimally": call(q.ternarize_optimally, weights=W),
    "used_level_bits": call(used_level_bits, codes=CODES),
    "entropy_bits": call(entropy_bits, codes=CODES),
    "integer_linear": call(
        q.integer_linear,
        inputs=X8,
        weights=W8,
        bias=np.arange(4),
        input_zero_point=3,
        weight_zero_point=1,
    ),
    "integer_conv2d": call(
        convolved,
        inputs=X8.reshape(1, 1, 2, 3),
        weights=W8.reshape(3, 1, 2, 2),
        bias=np.arange(3),
        input_zero_point=3,
        weight_zero_point=1,
        stride=1,
        padding=1,
        groups=1,
    ),
    "bias_codes": call(q.bias_codes, bias=np.ones(4), input_scale=0.5, weight_scale=np.ones(4)),
    "multiplier": call(multiplier, mantissa=2**30, shift=3),
    "nearest_multiplier": call(q.FixedPointMultiplier.nearest, real=0.3),
    "requantize": call(
        q.requantize, accumulators=CODES, multiplier=HALF, zero_point=1, grid=q.Grid.signed(8)
    ),
    "requantize_channels": call(
        q.requantize_channels,
        accumulators=CODES,
        multipliers=[HALF, HALF],
        zero_point=1,
        grid=q.Grid.signed(8),
        axis=1,
    ),
    "requantize_in_floats": call(
        q.requantize_in_floats,
        accumulators=CODES,
        multiplier=np.array([0.5, 0.1]),
        zero_point=1,
        grid=q.Grid.signed(8),
    ),
    "min_max": call(partial(calibrated, o.MinMaxObserver), batch=W),
    "moving_average": call(partial(calibrated, o.MovingAverageObserver), batch=W, momentum=0.5),
    "percentile": call(partial(calibrated, o.PercentileObserver), batch=W, percent=90.0),
    "least_squares": call(
        partial(calibrated, o.MeanSquaredErrorObserver, scheme=AFFINE), batch=W, candidates=5
    ),
    "entropy": call(partial(calibrated, o.EntropyObserver), batch=W, levels=2, bins=8),
    "kullback_leibler": call(kullback_leibler, p=np.array([1.0, 2.0]), q=np.array([2.0, 2.0])),
    "clipped_divergence": call(clipped_divergence, counts=np.array([1.0, 2.0, 3.0, 4.0]), kept=3, levels=2),
    "mean_squared_error": call(mean_squared_error, values=W, within=(-1.0, 1.0), scheme=AFFINE),
    "softened_softmax": call(d.softened_softmax, logits=W, temperature=2.0),
    "softened_log_softmax": call(d.softened_log_softmax, logits=W, temperature=2.0),
    "soft_cross_entropy": call(d.soft_cross_entropy, student_logits=W, teacher_logits=W, temperature=2.0),
    "soft_divergence": call(d.soft_divergence, student_logits=W, teacher_logits=W, temperature=2.0),
    "distillation_loss": call(
        d.distillation_loss,
        student_logits=W,
        teacher_logits=W,
        labels=np.array([0, 1, 2, 0]),
        temperature=2.0,
        alpha=0.5,
    ),
    "label_cross_entropy": call(d.label_cross_entropy, logits=W, labels=np.array([0, 1, 2, 0])),
    "hint_loss": call(d.hint_loss, student=W, teacher=W, regressor=np.eye(3)),
    "attention_map": call(d.attention_map, activations=KERNEL),
    "attention_distance": call(d.attention_distance, student=KERNEL, teacher=KERNEL),
    "factorise": call(lr.factorise, matrix=W, rank=2),
    "tail_error": call(lr.tail_error, matrix=W, rank=2),
    "rank_for_error": call(lr.rank_for_error, matrix=W, relative_error=0.1),
    "factor_parameters": call(lr.factor_parameters, rows=4, columns=3, rank=2),
    "break_even_rank": call(lr.break_even_rank, rows=4, columns=3),
    "largest_saving_rank": call(lr.largest_saving_rank, rows=4, columns=3),
    "dense_parameters": call(costs.dense_parameters, inputs=3, outputs=4),
    "dense_macs": call(costs.dense_macs, inputs=3, outputs=4),
    "conv_parameters": call(costs.conv_parameters, kernel=3, in_channels=4, out_channels=4, groups=2),
    "conv_macs": call(costs.conv_macs, kernel=3, in_channels=4, out_channels=4, out_side=5, groups=2),
    "conv_output_side": call(costs.conv_output_side, side=9, kernel=3, stride=2, padding=1),
    "depthwise_separable_macs": call(
        costs.depthwise_separable_macs, kernel=3, in_channels=4, out_channels=4, out_side=5
    ),
    "index_bits": call(costs.index_bits, codewords=4),
    "shared_bits": call(costs.shared_bits, weights=9, codewords=4, weight_bits=32),
    "sharing_ratio": call(costs.sharing_ratio, weights=9, codewords=4, weight_bits=32),
    "pruned_shared_bits": call(costs.pruned_shared_bits, entries=9, codewords=4, gap_bits=5, weight_bits=32),
    "words": call(costs.words, values=9.0, bits=4.0, word_bits=32),
    "transfer_ms": call(costs.transfer_ms, payload_bytes=9.0, megabits_per_s=2.0),
    "offload_ms": call(
        costs.offload_ms, payload_bytes=9.0, megabits_per_s=2.0, round_trip_ms=3.0, server_ms=4.0
    ),
    "batch_ms": call(costs.batch_ms, frames=3, interval_ms=2.0, compute_ms=5.0),
    "access_energy_pj": call(costs.access_energy_pj, accesses=3.0, memory="dram_read"),
    "inference_energy_pj": call(energy, float_macs=1.0, int_macs=1.0, sram_reads=1.0, dram_reads=1.0),
    "partitioned_ms": call(costs.partitioned_ms, parts_ms=[2.0, 3.0], crossings=2, crossing_ms=1.0),
    "pipelined_per_s": call(costs.pipelined_per_s, stages_ms=[2.0, 3.0]),
    "battery_hours": call(costs.battery_hours, milliampere_hours=900.0, volts=3.7, watts=0.5),
    "power_watts": call(costs.power_watts, energy_pj=3.0, per_second=2.0),
    "estimate": call(
        device,
        peak_ops=1e9,
        bandwidth_bytes=1e9,
        fast_memory_bytes=10.0,
        macs=1e6,
        weight_bytes=1e6,
        activation_bytes=1e3,
    ),
    "attainable_ops": call(costs.attainable_ops, peak_ops=1e9, bandwidth_bytes=1e9, intensity=2.0),
    "overall_speedup": call(costs.overall_speedup, fraction=0.5, factor=2.0),
    "peak_activation_bits": call(costs.peak_activation_bits, sizes=[3, 4], bits=8),
}
ARRAYS = [(n, a) for n, c in CALLS.items() for a, v in c.given.items() if isinstance(v, np.ndarray)]
NUMBERS = [(n, a) for n, c in CALLS.items() for a, v in c.given.items() if isinstance(v, int | float)]
WHOLE = [(n, a) for n, a in NUMBERS if isinstance(CALLS[n].given[a], int)]
MAY_BE_INFINITE = {"kullback_leibler", "clipped_divergence"}
#: Nothing is moved; the limit of Amdahl's law.
TAKE_INFINITY = {("attainable_ops", "intensity"), ("overall_speedup", "factor")}
TOO_LARGE_TO_TRY = {
    ("integer_conv2d", "padding"),
    ("entropy", "bins"),
    ("entropy", "levels"),
    ("least_squares", "candidates"),
}


def numbers_in(result: Any) -> Iterator[np.ndarray]:
    if isinstance(result, int):
        yield np.asarray(min(result, 2**62))  # Python's integers may be longer than an array's
    elif isinstance(result, np.ndarray | np.generic | float):
        yield np.asarray(result)
    elif is_dataclass(result) and not isinstance(result, type):
        for field in fields(result):
            yield from numbers_in(getattr(result, field.name))
    elif isinstance(result, tuple):
        for part in result:
            yield from numbers_in(part)


def answered_or_refused(name: str, argument: str, value: Any) -> None:
    entry = CALLS[name]
    try:
        result = entry.function(**{**entry.given, argument: value})
    except CompressionError:
        return
    for numbers in numbers_in(result):
        assert numbers.dtype.kind in "iufb"
        assert not np.isnan(numbers).any()
        assert name in MAY_BE_INFINITE or np.isfinite(numbers).all()


@pytest.mark.parametrize("name", CALLS)
def test_the_call_itself_works_and_leaves_its_input_alone(name: str) -> None:
    entry = CALLS[name]
    before = {a: v.copy() for a, v in entry.given.items() if isinstance(v, np.ndarray)}

    result = entry.function(**entry.given)

    found = list(numbers_in(result))
    assert found
    assert all(np.isfinite(numbers).all() for numbers in found)
    for argument, copy in before.items():
        assert np.array_equal(entry.given[argument], copy)
    assert not any(
        np.shares_memory(numbers, entry.given[argument]) for numbers in found for argument in before
    )


@pytest.mark.parametrize(("name", "argument"), ARRAYS)
def test_what_is_no_array_of_real_numbers_is_refused(name: str, argument: str) -> None:
    entry = CALLS[name]
    shape = entry.given[argument].shape
    one_nan = np.ones(shape)
    one_nan.flat[-1] = np.nan
    refused = (
        one_nan,
        np.ones(shape) + 1j,
        np.full(shape, "a"),
        np.full(shape, None),
        object(),
        [[1.0], [1.0, 2.0]],
        "abc",
        torch.ones(shape, requires_grad=True),
        torch.ones(shape, dtype=torch.bfloat16),
    )
    for value in refused:
        with pytest.raises(CompressionError):
            entry.function(**{**entry.given, argument: value})


@pytest.mark.parametrize(("name", "argument"), [pair for pair in ARRAYS if pair != ("quantize", "values")])
def test_infinities_are_refused(name: str, argument: str) -> None:
    entry = CALLS[name]
    for value in (np.inf, -np.inf):
        with pytest.raises(CompressionError):
            entry.function(**{**entry.given, argument: np.full(entry.given[argument].shape, value)})


@pytest.mark.parametrize(("name", "argument"), ARRAYS)
def test_unusual_arrays_are_refused_or_answered_in_finite_numbers(name: str, argument: str) -> None:
    usual = CALLS[name].given[argument]
    shape, signs = usual.shape, np.where(np.arange(usual.size).reshape(usual.shape) % 2, 1.0, -1.0)
    sizes = (1e-320, 5e-324, 1e-45, 1e-38, 1e38, 3.4028235e38, 1e100, 1e200, 1.7e308)
    values: list[Any] = [size * pattern for size in sizes for pattern in (signs, np.ones(shape))]
    values += [np.full(shape, 3.4028235e38, np.float32), np.full(shape, 1e-45, np.float32)]
    values += [np.zeros(shape), -np.zeros(shape), np.full(shape, 7.0), np.full(shape, 7)]
    values += [np.ones(shape, np.float16), np.ones(shape, np.longdouble), np.ones(shape, bool)]
    values += [np.full(shape, np.iinfo(t).max, t) for t in (np.int8, np.int64, np.uint64)]
    values += [np.full(shape, np.iinfo(np.int64).min), torch.ones(shape), usual.astype(usual.dtype).tolist()]
    values += [np.zeros(()), np.ones(3), np.ones((1, 1, 1, 1, 1)), [], np.zeros((0, 3)), np.zeros((4, 0))]
    values += [
        np.zeros((0, *shape[1:])),
        np.zeros((*shape[:1], 0, *shape[2:])),
        np.zeros((0,) * len(shape), int),
    ]
    for value in values:
        answered_or_refused(name, argument, value)


@pytest.mark.parametrize(("name", "argument"), ARRAYS)
def test_gaps_between_the_numbers_change_nothing(name: str, argument: str) -> None:
    entry = CALLS[name]
    usual = entry.given[argument]
    if not usual.ndim:
        return
    gaps = np.repeat(usual, 2, axis=-1)[..., ::2].T.copy().T  # in the other order of axes as well

    apart = numbers_in(entry.function(**{**entry.given, argument: gaps}))

    for ours, theirs in zip(numbers_in(entry.function(**entry.given)), apart, strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=1e-12)


@pytest.mark.parametrize(("name", "argument"), NUMBERS)
def test_what_is_no_number_is_refused(name: str, argument: str) -> None:
    entry = CALLS[name]
    for value in (np.nan, np.inf, -np.inf, "3", None, [1, 2], 1j, np.ones(2), np.ones((1, 1))):
        if (name, argument) in TAKE_INFINITY and isinstance(value, float) and value == np.inf:
            continue
        with pytest.raises(CompressionError):
            entry.function(**{**entry.given, argument: value})


@pytest.mark.parametrize(("name", "argument"), NUMBERS)
def test_a_number_may_come_in_an_array_without_axes(name: str, argument: str) -> None:
    """As the scale and the zero point of a whole tensor do."""
    entry = CALLS[name]

    boxed = numbers_in(entry.function(**{**entry.given, argument: np.array(entry.given[argument])}))

    for ours, theirs in zip(numbers_in(entry.function(**entry.given)), boxed, strict=True):
        assert np.array_equal(ours, theirs)


@pytest.mark.parametrize(("name", "argument"), WHOLE)
def test_integers_are_not_rounded_from_something_else(name: str, argument: str) -> None:
    entry = CALLS[name]
    for value in (2.0, 2.5, np.float32(1), np.array(2.0), Fraction(3, 2)):
        with pytest.raises(CompressionError):
            entry.function(**{**entry.given, argument: value})


@pytest.mark.parametrize(("name", "argument"), NUMBERS)
def test_unusual_numbers_are_refused_or_answered_in_finite_numbers(name: str, argument: str) -> None:
    small = (0, 1, -1, 2, 3, 33, -128, np.int64(2), np.uint8(1), True, 0.0, -0.0, 0.5, 5e-324, 1e-300, 1e-50)
    large = () if (name, argument) in TOO_LARGE_TO_TRY else (2**31, 2**64, 1e38, 1e100, 1.7e308, 10**400)
    for value in (*small, *large):
        answered_or_refused(name, argument, value)


@pytest.mark.parametrize(
    ("name", "changed"),
    [
        ("scheme_qparams", {"lo": np.zeros(2)}),
        ("quantize_with", {"scale": np.ones(2)}),
        ("quantize_with", {"scale": np.ones(3), "zero_point": np.ones((3, 1), int)}),
        ("quantized_tensor", {"zero_point": np.ones((2, 2), int)}),
        ("fake_quantize_backward", {"gradient": W.T}),
        *[("fold_layer", {part: np.ones(5)}) for part in ("bias", "gamma", "beta", "mean", "variance")],
        ("fold_layer", {"gamma": np.ones(5), "variance": np.ones(5)}),
        ("fold_layer", dict.fromkeys(("gamma", "beta", "mean", "variance"), np.ones((4, 1)))),
        ("correct_bias", {"bias": np.ones(3)}),
        ("correct_bias", {"quantized_weight": W.T}),
        ("correct_bias", {"input_mean": np.ones(4)}),
        ("mean_after_relu", {"gamma": np.ones(2)}),
        ("equalize", {"first_bias": np.ones(3)}),
        ("equalize", {"second_weight": W}),
        ("signed_dot", {"other": np.array([1, 1, 1])}),
        ("integer_linear", {"inputs": X8.T}),
        ("integer_linear", {"bias": np.arange(3)}),
        ("integer_conv2d", {"groups": 2}),
        ("bias_codes", {"weight_scale": np.ones(3)}),
        ("requantize_in_floats", {"multiplier": np.ones(3)}),
        ("requantize_channels", {"multipliers": [HALF]}),
        ("kullback_leibler", {"p": np.ones(3)}),
        ("soft_cross_entropy", {"teacher_logits": W.T}),
        ("soft_divergence", {"student_logits": W[:2]}),
        ("distillation_loss", {"labels": np.array([0, 1, 2])}),
        ("label_cross_entropy", {"labels": np.array([[0], [1], [2], [0]])}),
        ("hint_loss", {"teacher": W[:2]}),
        ("hint_loss", {"regressor": np.eye(4)}),
        ("attention_distance", {"teacher": KERNEL[:2]}),
    ],
)
def test_arguments_that_do_not_fit_each_other_are_refused(name: str, changed: Mapping[str, Any]) -> None:
    entry = CALLS[name]
    with pytest.raises(CompressionError):
        entry.function(**{**entry.given, **changed})


def test_observers_and_networks_of_nothing_are_refused() -> None:
    with pytest.raises(EmptyInput):
        o.calibrate([], o.MinMaxObserver(), AFFINE)
    with pytest.raises(EmptyInput):
        costs.peak_activation_bits([3])
    sizes: Any
    layers: Any
    for sizes in ([3, -1], [3, 2.5], [3, np.nan]):
        with pytest.raises(CompressionError):
            costs.peak_activation_bits(sizes)
    for layers in ([(np.nan, 1)], [(1, -1), (1, 2)], [("a", 1)]):
        with pytest.raises(CompressionError):
            costs.total_ratio(layers)


@pytest.mark.parametrize(
    "values",
    [
        np.ones(3),
        torch.ones(3, dtype=torch.int32),
        torch.ones(3, dtype=torch.float16),
        torch.ones(3, dtype=torch.bfloat16),
    ],
)
def test_the_torch_module_takes_tensors_of_float32_and_float64_only(values: Any) -> None:
    with pytest.raises(CompressionError):
        fake_quantize_torch(values, TENSOR, AFFINE)


def test_the_torch_module_refuses_scales_that_float32_does_not_hold() -> None:
    narrow = q.ArrayQParams(np.array(1e-60), np.array(0))

    assert fake_quantize_torch(torch.zeros(2, dtype=torch.float64), narrow, AFFINE).tolist() == [0, 0]
    with pytest.raises(CompressionError, match="float64"):
        fake_quantize_torch(torch.zeros(2), narrow, AFFINE)


def test_patches_of_no_images_are_no_patches() -> None:
    assert patches(np.zeros((0, 3, 4, 4), np.int64), (2, 2), 1).shape == (0, 3, 3, 12)
