"""Laws of ternary and binary weights, and of what codes are worth."""

from itertools import product
from math import log2

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from reference_impl.costs import index_bits
from reference_impl.errors import EmptyInput, NotFinite, OutOfRange, WrongDtype
from reference_impl.quantization.binary import binarize, signed_dot
from reference_impl.quantization.effective_bits import entropy_bits, used_level_bits
from reference_impl.quantization.ternary import ternarize, ternarize_optimally

weights = arrays(np.float64, st.integers(1, 7), elements=st.floats(-9, 9).map(lambda v: round(v, 2)))
signs = st.lists(st.tuples(st.sampled_from([-1, 1]), st.sampled_from([-1, 1])), min_size=1)


def squared_error(w: np.ndarray, back: np.ndarray) -> float:
    return float(((w - back) ** 2).sum())


def least_error(w: np.ndarray, choices: tuple[int, ...]) -> float:
    errors = [squared_error(w, np.zeros_like(w))]
    for codes in product(choices, repeat=w.size):
        norm = sum(c * c for c in codes)
        if norm:
            errors.append(squared_error(w, np.array(codes) * (np.dot(w, codes) / norm)))
    return min(errors)


@given(arrays(np.float64, st.integers(1, 6), elements=st.floats(-9, 9).map(lambda v: round(v, 2))))
def test_the_optimal_threshold_is_the_best_of_all_ternary_codes(w: np.ndarray) -> None:
    assert squared_error(w, ternarize_optimally(w).dequantize()) == pytest.approx(
        least_error(w, (-1, 0, 1)), abs=1e-9
    )


@given(weights)
def test_the_paper_threshold_is_a_threshold_and_never_better(w: np.ndarray) -> None:
    found = ternarize(w)

    assert found.threshold == pytest.approx(0.7 * np.abs(w).mean())
    assert np.array_equal(found.codes, np.sign(w) * (np.abs(w) > found.threshold))
    assert (
        squared_error(w, found.dequantize()) >= squared_error(w, ternarize_optimally(w).dequantize()) - 1e-9
    )


@given(weights)
def test_signs_and_the_mean_magnitude_are_the_best_binary_weights(w: np.ndarray) -> None:
    back = binarize(w, per_filter=False).dequantize()

    assert squared_error(w, back) == pytest.approx(least_error(w, (-1, 1)), abs=1e-9)


@given(arrays(np.float64, (3, 2, 2), elements=st.floats(-9, 9)))
def test_a_scale_for_each_filter_never_errs_more(w: np.ndarray) -> None:
    finer, coarser = binarize(w), binarize(w, per_filter=False)

    assert finer.scale.shape == (3, 1, 1)
    assert np.array_equal(finer.codes, coarser.codes)
    assert squared_error(w, finer.dequantize()) <= squared_error(w, coarser.dequantize()) + 1e-9


@given(signs)
def test_counting_differing_bits_gives_the_dot_product(pairs: list[tuple[int, int]]) -> None:
    a, b = np.array(pairs).T

    assert signed_dot(a, b) == int(a @ b)


def test_known_few_level_weights() -> None:
    assert ternarize([0.0, 0.1, -1.0, 1.2]).codes.tolist() == [0, 0, -1, 1]
    assert ternarize([0.0, 0.1, -1.0, 1.2]).scale == pytest.approx(1.1)
    assert binarize([[0.0, -2.0], [3.0, 1.0]]).codes.tolist() == [[1, -1], [1, 1]]
    assert binarize([[0.0, -2.0], [3.0, 1.0]]).scale.ravel().tolist() == [1.0, 2.0]


def test_tiny_weights_are_as_good_as_large_ones() -> None:
    whole = [3.0, -2.9, 0.1, 2.8]

    found = ternarize_optimally(np.array(whole) * 2.0**-600)  # their squares are zero in float64

    assert np.array_equal(found.codes, ternarize_optimally(whole).codes)


def test_zeros_and_constants_have_codes() -> None:
    for make in (ternarize, ternarize_optimally):
        assert not make(np.zeros(3)).dequantize().any()
        assert make(np.full(3, -2.0)).dequantize().tolist() == [-2.0] * 3


@given(arrays(np.int8, st.integers(1, 40), elements=st.integers(-4, 3)))
def test_entropy_is_at_most_the_bits_of_the_levels_used(codes: np.ndarray) -> None:
    assert -1e-12 <= entropy_bits(codes) <= used_level_bits(codes) + 1e-12
    assert used_level_bits(codes) <= index_bits(len(np.unique(codes))) < used_level_bits(codes) + 1


@given(st.integers(1, 64), st.integers(1, 3))
def test_equally_frequent_codes_are_worth_all_their_levels(levels: int, times: int) -> None:
    assert entropy_bits(np.repeat(np.arange(levels), times)) == pytest.approx(log2(levels))


def test_known_effective_bits() -> None:
    assert used_level_bits([[-1, 0], [1, 0]]) == pytest.approx(1.58496, abs=1e-5)
    assert entropy_bits([0, 0, 0, 1]) == pytest.approx(0.811278, abs=1e-6)


def test_what_has_no_levels_is_refused() -> None:
    with pytest.raises(EmptyInput):
        used_level_bits([])
    with pytest.raises(EmptyInput):
        entropy_bits([])
    with pytest.raises(WrongDtype):
        entropy_bits([0.5])
    with pytest.raises(OutOfRange):
        ternarize([1.0], factor=1.0)
    with pytest.raises(EmptyInput):
        ternarize_optimally([])
    with pytest.raises(NotFinite):
        binarize([np.nan])
    with pytest.raises(OutOfRange, match="-1 and 1"):
        signed_dot([0, 1], [1, 1])
