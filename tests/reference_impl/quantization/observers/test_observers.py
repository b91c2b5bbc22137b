"""Laws of observers and calibration."""

from collections.abc import Callable

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import optimize, stats
from torch.ao.quantization import observer as torch_observer

from reference_impl.errors import EmptyInput, NotFinite, OutOfRange
from reference_impl.quantization.observers import (
    EntropyObserver,
    MeanSquaredErrorObserver,
    MinMaxObserver,
    MovingAverageObserver,
    Observer,
    PercentileObserver,
    Range,
    calibrate,
)
from reference_impl.quantization.observers.entropy import clipped_divergence, kullback_leibler
from reference_impl.quantization.observers.mean_squared_error import mean_squared_error
from reference_impl.quantization.scheme import Scheme

SCHEMES = [Scheme.affine(4), Scheme.symmetric_signed(4)]
ORDERLESS: list[Callable[[], Observer]] = [
    MinMaxObserver,
    lambda: PercentileObserver(90),
    lambda: PercentileObserver(90, symmetric=True),
    lambda: MeanSquaredErrorObserver(SCHEMES[0], candidates=10),
    lambda: EntropyObserver(levels=4, bins=32),
]
ALL = [*ORDERLESS, lambda: MovingAverageObserver(0.3)]
batches = st.lists(
    arrays(np.float64, st.integers(1, 12), elements=st.floats(-50, 50).map(lambda v: round(v, 3))),
    min_size=1,
    max_size=5,
)


def seen(observer: Observer, data: list[np.ndarray]) -> Range:
    for batch in data:
        observer.observe(batch)
    return observer.range()


@pytest.mark.parametrize("make", ORDERLESS)
@given(data=batches, seed=st.randoms(use_true_random=False))
@settings(max_examples=40)
def test_neither_the_order_of_batches_nor_their_cutting_matters(
    make: Callable[[], Observer], data: list[np.ndarray], seed: "np.random.Generator"
) -> None:
    shuffled = list(data)
    seed.shuffle(shuffled)

    assert seen(make(), data) == seen(make(), shuffled) == seen(make(), [np.concatenate(data)])


@pytest.mark.parametrize("make", ALL)
@given(data=batches)
@settings(max_examples=40)
def test_no_range_reaches_beyond_the_data_and_zero(
    make: Callable[[], Observer], data: list[np.ndarray]
) -> None:
    lo, hi = seen(make(), data)
    everything = np.concatenate(data)
    reach = max(np.abs(everything).max(), 0.0) * (1 + 1e-12)

    assert lo <= hi
    assert -reach <= lo
    assert hi <= reach


@given(data=batches)
def test_min_max_is_the_range_of_everything(data: list[np.ndarray]) -> None:
    everything = np.concatenate(data)

    assert seen(MinMaxObserver(), data) == (everything.min(), everything.max())
    assert seen(PercentileObserver(100), data) == (everything.min(), everything.max())


@given(data=batches)
def test_torch_sees_the_same_min_max_and_moving_average(data: list[np.ndarray]) -> None:
    theirs = torch_observer.MinMaxObserver(dtype=torch.quint8)
    averaged = torch_observer.MovingAverageMinMaxObserver(averaging_constant=0.3, dtype=torch.quint8)
    for batch in data:
        theirs(torch.from_numpy(batch))
        averaged(torch.from_numpy(batch))

    assert seen(MinMaxObserver(), data) == pytest.approx((theirs.min_val.item(), theirs.max_val.item()), 1e-5)
    assert seen(MovingAverageObserver(0.3), data) == pytest.approx(
        (averaged.min_val.item(), averaged.max_val.item()), rel=1e-4, abs=1e-4
    )


def test_the_newest_batch_weighs_the_momentum() -> None:
    assert seen(MovingAverageObserver(0.25), [np.array([-4.0, 8.0]), np.array([0.0, 16.0])]) == (-3.0, 10.0)


@given(data=batches, percent=st.floats(50, 100))
def test_a_symmetric_percentile_keeps_its_share_of_magnitudes(data: list[np.ndarray], percent: float) -> None:
    found = seen(PercentileObserver(percent, symmetric=True), data)
    magnitudes = np.abs(np.concatenate(data))

    assert max(-found.lo, found.hi) == pytest.approx(
        torch.quantile(torch.from_numpy(magnitudes), percent / 100).item(), abs=1e-9
    )


@pytest.mark.parametrize("make", [lambda: PercentileObserver(90, symmetric=True), ORDERLESS[4]])
@given(data=batches)
@settings(max_examples=40)
def test_ranges_of_magnitudes_spend_no_codes_on_a_sign_that_never_occurs(
    make: Callable[[], Observer], data: list[np.ndarray]
) -> None:
    both, rectified = seen(make(), [*data, np.array([-1.0, 1.0])]), [np.abs(batch) for batch in data]

    assert both.lo == -both.hi
    assert seen(make(), rectified).lo == 0
    assert calibrate(rectified, make(), Scheme.symmetric_unsigned()).scale > 0
    assert seen(make(), [-batch for batch in rectified]).hi == 0


@pytest.mark.parametrize("make", ORDERLESS)
def test_a_buffer_may_be_filled_again_after_it_was_observed(make: Callable[[], Observer]) -> None:
    observer, buffer = make(), np.array([1.0, 2.0, 3.0])
    observer.observe(buffer)
    before = observer.range()
    buffer[:] = 99.0

    assert observer.range() == before


@pytest.mark.parametrize("make", ALL)
@pytest.mark.parametrize("unit", [1e-42, 1e-320, 1e38, 1e140])
def test_ranges_of_tiny_and_huge_data_stay_finite(make: Callable[[], Observer], unit: float) -> None:
    lo, hi = seen(make(), [np.array([-unit, 0.0, unit])])

    assert np.isfinite([lo, hi]).all()
    assert -unit <= lo <= 0 <= hi <= unit


@pytest.mark.parametrize("unit", [2.0**-140, 2.0**120])
def test_least_squares_scales_with_the_data(unit: float) -> None:
    values = np.append(np.random.default_rng(5).normal(size=2000), 9.0)
    lo, hi = seen(MeanSquaredErrorObserver(SCHEMES[0]), [values])

    assert seen(MeanSquaredErrorObserver(SCHEMES[0]), [values * unit]) == (lo * unit, hi * unit)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_least_squares_finds_what_a_minimizer_finds(scheme: Scheme) -> None:
    values = np.random.default_rng(11).laplace(size=5000)
    lo, hi = values.min(), values.max()
    errors = {
        f: mean_squared_error(values, Range(f * lo, f * hi), scheme) for f in np.linspace(0.005, 1, 800)
    }
    start = min(errors, key=errors.__getitem__)

    def error(factor: float) -> float:
        return mean_squared_error(values, Range(factor * lo, factor * hi), scheme)

    best = optimize.minimize_scalar(error, bounds=(start - 0.01, start + 0.01), method="bounded")
    found = mean_squared_error(values, seen(MeanSquaredErrorObserver(scheme), [values]), scheme)
    assert min(best.fun, errors[start]) * (1 - 1e-9) <= found <= 1.01 * best.fun


@given(data=batches, percent=st.floats(1, 100))
def test_keeping_more_never_narrows_a_percentile(data: list[np.ndarray], percent: float) -> None:
    some, more = seen(PercentileObserver(percent), data), seen(PercentileObserver((percent + 100) / 2), data)

    assert more.lo <= some.lo + 1e-12
    assert some.hi <= more.hi + 1e-12


@pytest.mark.parametrize("scheme", SCHEMES)
@given(data=batches)
@settings(max_examples=40)
def test_least_squares_is_the_best_candidate_and_never_worse_than_min_max(
    scheme: Scheme, data: list[np.ndarray]
) -> None:
    values = np.concatenate(data)
    lo, hi = min(values.min(), 0), max(values.max(), 0)
    found = mean_squared_error(values, seen(MeanSquaredErrorObserver(scheme, candidates=8), data), scheme)

    for step in range(1, 9):
        assert found <= mean_squared_error(values, Range(lo * (step / 8), hi * (step / 8)), scheme) + 1e-12


@pytest.mark.parametrize(
    "make",
    [
        lambda: PercentileObserver(99),
        lambda: MeanSquaredErrorObserver(Scheme.affine(4)),
        lambda: EntropyObserver(levels=8, bins=256),
    ],
)
def test_one_outlier_is_clipped_where_min_max_follows_it(make: Callable[[], Observer]) -> None:
    values = np.append(np.random.default_rng(7).normal(size=20_000), 60.0)

    assert seen(MinMaxObserver(), [values]).hi == 60.0
    assert seen(make(), [values]).hi < 30.0


def test_evenly_spread_magnitudes_are_not_clipped_by_entropy() -> None:
    values = np.linspace(0, 1, 64 * 10 + 1)

    assert seen(EntropyObserver(levels=8, bins=64), [values]).hi == pytest.approx(1.0, abs=0.05)


def divergence_by_the_book(counts: list[int], kept: int, levels: int) -> float:
    p = [float(c) for c in counts[:kept]]
    p[-1] += sum(counts[kept:])
    width, q = kept // levels, [0.0] * kept
    for level in range(levels):
        stop = kept if level == levels - 1 else (level + 1) * width
        run = range(level * width, stop)
        filled = [i for i in run if p[i] > 0]
        for i in filled:
            q[i] = sum(counts[j] for j in run) / len(filled)
    if sum(q) == 0 or any(a > 0 and b == 0 for a, b in zip(p, q, strict=True)):
        return float("inf")
    terms = [a / sum(p) * np.log((a / sum(p)) / (b / sum(q))) for a, b in zip(p, q, strict=True) if a > 0]
    return float(sum(terms))


@given(counts=st.lists(st.integers(0, 20), min_size=4, max_size=16).filter(any), data=st.data())
def test_the_divergence_is_that_of_the_plain_loop(counts: list[int], data: st.DataObject) -> None:
    kept = data.draw(st.integers(2, len(counts)))
    levels = data.draw(st.integers(1, kept))

    assert clipped_divergence(counts, kept, levels) == pytest.approx(
        divergence_by_the_book(counts, kept, levels), abs=1e-12
    )


@given(
    st.lists(st.tuples(st.integers(0, 9), st.integers(1, 9)), min_size=1).filter(
        lambda r: any(p for p, _ in r)
    )
)
def test_divergence_is_never_negative_and_zero_between_equals(rows: list[tuple[int, int]]) -> None:
    p, q = (np.array(side, dtype=float) for side in zip(*rows, strict=True))

    assert kullback_leibler(p, q) >= -1e-12
    assert kullback_leibler(p, q) == pytest.approx(stats.entropy(p, q), abs=1e-12)
    assert kullback_leibler(q, 3 * q) == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize("make", ALL)
def test_constant_data_has_a_range_that_can_be_quantized(make: Callable[[], Observer]) -> None:
    for constant in (0.0, 3.0):
        lo, hi = seen(make(), [np.full(5, constant)])
        assert Scheme.symmetric_signed().qparams(lo, hi).scale > 0
        assert hi == pytest.approx(constant, rel=0.1)


@pytest.mark.parametrize("make", ALL)
def test_nothing_and_not_a_number_are_refused(make: Callable[[], Observer]) -> None:
    with pytest.raises(EmptyInput, match="calibrate"):
        make().range()
    with pytest.raises(EmptyInput):
        make().observe([])
    with pytest.raises(NotFinite):
        make().observe([np.inf])


def test_impossible_settings_are_refused() -> None:
    for make in (
        lambda: MovingAverageObserver(0),
        lambda: PercentileObserver(0),
        lambda: PercentileObserver(101),
        lambda: EntropyObserver(levels=9, bins=8),
        lambda: MeanSquaredErrorObserver(SCHEMES[0], candidates=0),
    ):
        with pytest.raises(OutOfRange):
            make()


@given(data=batches)
def test_calibration_gives_the_parameters_of_the_observed_range(data: list[np.ndarray]) -> None:
    everything = np.concatenate(data)

    assert calibrate(iter(data), MinMaxObserver(), SCHEMES[0]) == SCHEMES[0].qparams(
        everything.min(), everything.max()
    )
