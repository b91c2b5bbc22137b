"""What each metric measures, and that a learner's value of any kind is a wrong answer and never a crash."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from grader.failures import WrongAnswer
from grader.measured import HIGHER_IS_BETTER, worth
from grader.messages import general_messages
from grader.metric import Metric
from grader.metrics import (
    accuracy,
    accuracy_drop,
    compression_ratio,
    cpu_time_ratio,
    mse,
    sparsity,
    sqnr,
)
from grader.metrics.cpu_time import WIDEST
from grader.report import Verdict
from tests.grader.test_expect import STRANGE

LABELS = np.array([0, 1, 2, 1, 0])
WANT = np.array([1.0, -2.0, 4.0])
MEASURES: dict[str, Callable[[Any], Metric]] = {
    "accuracy_points": lambda got: accuracy(got, LABELS),
    "accuracy_drop_points": lambda got: accuracy_drop(got, LABELS, before=LABELS),
    "compression_ratio": lambda got: compression_ratio(got, original_bytes=400),
    "mse": lambda got: mse(got, WANT),
    "sparsity": sparsity,
    "sqnr_db": lambda got: sqnr(got, WANT),
    "cpu_time_ratio": lambda got: cpu_time_ratio([2.0] * 7, [1.0] * 7),
}
CURVES = {True: ((0.0, 0.0), (1.0, 1.0)), False: ((0.0, 1.0), (1.0, 0.0))}
reals = npst.arrays(np.float64, st.integers(1, 20), elements=st.floats(-1e6, 1e6))


def measured_or_refused(measure: Callable[[Any], Metric], value: Any) -> Metric | str:
    """The key of a wrong answer; anything else that is raised is a fault of ours."""
    try:
        return measure(value)
    except WrongAnswer as wrong:
        return wrong.key


@pytest.mark.parametrize("value", [*STRANGE, [np.zeros(2), None], {"w": "x"}], ids=repr)
@pytest.mark.parametrize("key", MEASURES)
def test_a_strange_value_is_a_wrong_answer_or_a_finite_number(key: str, value: Any) -> None:
    found = measured_or_refused(MEASURES[key], value)

    assert found in general_messages() if isinstance(found, str) else found.key == key


@pytest.mark.parametrize("key", MEASURES)
def test_every_metric_has_a_sentence_in_which_its_own_numbers_stand(key: str) -> None:
    right: dict[str, Any] = {
        "compression_ratio": b"12",
        "accuracy_points": LABELS,
        "accuracy_drop_points": LABELS,
    }
    metric = MEASURES[key](right.get(key, WANT))
    message = worth(metric, CURVES[HIGHER_IS_BETTER[key]], visible=True).message
    texts = general_messages()[message.key]

    for text in texts.values():
        for name in [part.partition("}")[0] for part in text.split("{")[1:]]:
            assert name in message.params, name


# ---------------------------------------------------------------- bytes


@given(st.binary(min_size=1, max_size=200), st.integers(1, 10_000), st.integers(0, 500))
def test_a_ratio_counts_the_bytes_and_the_program(stored: bytes, original: int, source: int) -> None:
    assert compression_ratio(stored, original_bytes=original).value == original / len(stored)
    with_source = compression_ratio(stored, original_bytes=original, source_bytes=source)
    assert with_source.value == original / (len(stored) + source)
    assert with_source.is_exact


def test_bytes_by_another_name_are_not_counted() -> None:
    for value in ("text", [1, 2], bytearray(b"x"), np.zeros(3, np.uint8), 7):
        with pytest.raises(WrongAnswer) as refused:
            compression_ratio(value, original_bytes=100)
        assert refused.value.key == "wrong_type"


def test_no_bytes_at_all_are_counted_as_one() -> None:
    assert compression_ratio(b"", original_bytes=100).value == 100.0


# ---------------------------------------------------------------- zeros


@given(reals, reals)
def test_sparsity_of_several_arrays_is_that_of_all_their_weights(one: np.ndarray, other: np.ndarray) -> None:
    together = sparsity(np.concatenate([one, other])).value

    assert sparsity([one, other]).value == sparsity({"a": one, "b": other}).value == together
    assert together == np.mean(np.concatenate([one, other]) == 0)


def test_a_negative_zero_is_a_zero_and_a_tiny_weight_is_not() -> None:
    assert sparsity(np.array([-0.0, 5e-324, 1.0, 0.0])).value == 0.5


@pytest.mark.parametrize("value", [[], np.zeros((0, 3)), [np.zeros(0)], {}])
def test_no_weights_have_no_sparsity(value: Any) -> None:
    with pytest.raises(WrongAnswer):
        sparsity(value)


# ---------------------------------------------------------------- errors


@given(reals, st.data())
def test_the_two_measures_of_error_tell_the_same(want: np.ndarray, data: st.DataObject) -> None:
    got = data.draw(npst.arrays(np.float64, want.shape, elements=st.floats(-1e6, 1e6)))
    error, signal = float(np.mean((got - want) ** 2)), float(np.mean(want**2))

    assert mse(got, want).value == pytest.approx(error, rel=1e-9, abs=1e-300)
    if error > 1e-20 and signal > 1e-20:
        assert sqnr(got, want).value == pytest.approx(10 * math.log10(signal / error), abs=1e-6)


@given(reals, st.floats(1e-3, 1e3))
def test_decibels_do_not_depend_on_the_unit(want: np.ndarray, unit: float) -> None:
    got = want + 0.01 * np.abs(want).max(initial=1.0)

    assert sqnr(got * unit, want * unit).value == pytest.approx(sqnr(got, want).value, abs=1e-6)


@given(reals, st.floats(1e-6, 10), st.floats(1.01, 100))
def test_a_larger_error_is_never_better(want: np.ndarray, error: float, times: float) -> None:
    near, far = want + error, want + error * times

    assert mse(near, want).value <= mse(far, want).value
    assert sqnr(near, want).value >= sqnr(far, want).value


def test_an_eight_bit_step_lies_where_the_formula_of_the_field_says() -> None:
    """6.02 b + 1.76 dB of a sine over its whole range."""
    x = np.sin(np.linspace(0, 200 * np.pi, 200_001))
    step = 2 / 2**8
    assert sqnr(np.clip(np.round(x / step) * step, -1, 1), x).value == pytest.approx(
        6.02 * 8 + 1.76, abs=0.15
    )


def test_no_error_and_huge_errors_are_finite_numbers() -> None:
    assert mse(WANT, WANT).value == 0.0
    assert sqnr(WANT, WANT).value == 320.0
    assert sqnr(WANT, np.zeros(3)).value == -320.0
    assert mse(np.full(3, 1.7e308), -np.full(3, 1.7e308)).value == 1e300
    assert math.isfinite(sqnr(np.full(3, 1.7e308), -np.full(3, 1.7e308)).value)
    assert mse(np.zeros((0, 2)), np.zeros((0, 2))).value == 0.0


# ---------------------------------------------------------------- accuracy


@given(npst.arrays(np.int64, st.integers(1, 60), elements=st.integers(0, 3)), st.data())
def test_a_drop_is_the_difference_of_two_accuracies(labels: np.ndarray, data: st.DataObject) -> None:
    other = npst.arrays(np.int64, labels.shape, elements=st.integers(0, 3))
    before, after = data.draw(other), data.draw(other)
    drop = accuracy_drop(after, labels, before=before)

    assert drop.value == pytest.approx(accuracy(before, labels).value - accuracy(after, labels).value)
    assert drop.low <= drop.value <= drop.high
    assert drop.details["lost"] - drop.details["won"] == pytest.approx(drop.value * labels.size / 100)


def test_a_paired_band_is_narrower_than_two_separate_ones() -> None:
    labels = np.zeros(1000, int)
    before, after = labels.copy(), labels.copy()
    before[:100] = after[:100] = 1  # both wrong
    after[100:105] = 1

    drop, alone = accuracy_drop(after, labels, before=before), accuracy(after, labels)

    assert drop.value == pytest.approx(0.5)
    assert drop.high - drop.low < 0.4 * (alone.high - alone.low)


def test_balanced_changes_earn_less_than_keeping_right_what_was_right() -> None:
    """Who widens the band on purpose pays with wrong answers."""
    labels = np.zeros(500, int)
    before = labels.copy()
    before[:50] = 1
    kept = before.copy()
    noisy = before.copy()
    noisy[:20], noisy[100:140] = 0, 1

    assert accuracy_drop(noisy, labels, before=before).low > accuracy_drop(kept, labels, before=before).low


def test_a_prediction_that_is_no_number_is_wrong_by_itself() -> None:
    assert accuracy(np.array([0, 1, np.nan, 1, np.inf]), LABELS).value == 60.0


# ---------------------------------------------------------------- time

times = st.lists(st.tuples(st.floats(1e-4, 10), st.floats(1e-4, 10)), min_size=7, max_size=40)


@given(times, st.floats(0.1, 10))
def test_a_clock_of_another_speed_changes_nothing(pairs: list[tuple[float, float]], speed: float) -> None:
    """Even if it changes from pair to pair."""
    mine, theirs = zip(*pairs, strict=True)
    drift = [speed ** (i % 5) for i in range(len(pairs))]

    as_timed = cpu_time_ratio(mine, theirs)
    drifted = cpu_time_ratio(
        [m * d for m, d in zip(mine, drift, strict=True)], [t * d for t, d in zip(theirs, drift, strict=True)]
    )

    assert (as_timed.low, as_timed.value, as_timed.high) == pytest.approx(
        (drifted.low, drifted.value, drifted.high), rel=1e-9
    )


@given(times)
def test_the_two_sides_of_a_race_can_be_swapped(pairs: list[tuple[float, float]]) -> None:
    mine, theirs = zip(*pairs, strict=True)
    there, back = cpu_time_ratio(mine, theirs), cpu_time_ratio(theirs, mine)

    assert there.low <= there.value <= there.high
    assert there.low == pytest.approx(1 / back.high)
    assert there.high == pytest.approx(1 / back.low)


@given(times, st.integers(0, 6), st.floats(1.5, 100))
def test_one_disturbed_pair_moves_the_value_by_at_most_one_place(
    pairs: list[tuple[float, float]], place: int, factor: float
) -> None:
    mine, theirs = zip(*pairs, strict=True)
    ratios = sorted(m / t for m, t in pairs)
    middle = (len(ratios) - 1) // 2
    disturbed = [m * factor if i == place else m for i, m in enumerate(mine)]

    value = cpu_time_ratio(disturbed, theirs).value

    assert ratios[max(middle - 1, 0)] <= value * (1 + 1e-12)
    assert value <= ratios[min(middle + 2, len(ratios) - 1)] * (1 + 1e-12)


@pytest.mark.parametrize(
    ("mine", "theirs"), [([1.0] * 6, [1.0] * 6), ([1.0] * 8, [1.0] * 7), ([0.0] * 7, [1.0] * 7)]
)
def test_too_few_pairs_or_no_time_are_refused(mine: list[float], theirs: list[float]) -> None:
    with pytest.raises(ValueError, match=r"pairs|no time"):
        cpu_time_ratio(mine, theirs)


# ---------------------------------------------------------------- worth


@pytest.mark.parametrize(
    ("value", "verdict", "share"),
    [(-1.0, Verdict.WRONG_ANSWER, 0.0), (0.5, Verdict.PARTIAL, 0.5), (2.0, Verdict.PASSED, 1.0)],
)
def test_a_share_decides_the_verdict(value: float, verdict: Verdict, share: float) -> None:
    found = worth(Metric(key="sqnr_db", value=value, low=value, high=value), CURVES[True], visible=True)

    assert (found.verdict, found.share) == (verdict, share)


@given(st.floats(0, 1))
def test_a_hidden_check_tells_its_share_in_tenths(value: float) -> None:
    shown = worth(
        Metric(key="sqnr_db", value=value, low=value, high=value), CURVES[True], visible=False
    ).share

    assert shown * 10 == pytest.approx(round(shown * 10))
    assert abs(shown - value) <= 0.05 + 1e-9


def test_a_curve_against_the_sense_of_its_metric_is_the_authors_turn() -> None:
    with pytest.raises(ValueError, match="falls"):
        worth(Metric(key="sqnr_db", value=1.0, low=1.0, high=1.0), CURVES[False], visible=True)
    with pytest.raises(ValueError, match="rises"):
        worth(Metric(key="mse", value=1.0, low=1.0, high=1.0), CURVES[True], visible=True)
    with pytest.raises(ValueError, match="curve"):
        worth(Metric(key="mse", value=1.0, low=1.0, high=1.0), (), visible=True)


def test_who_computes_in_vain_now_and_then_gains_nothing_by_the_noise() -> None:
    """Sixty times too slow in two of three calls: the better end of the band is not the third call."""
    mine = [60.0, 60.0, 1.0] * 7

    metric = cpu_time_ratio(mine, [1.0] * 21)

    assert metric.value == 60.0
    assert metric.low == 60.0 / (1 + WIDEST)
