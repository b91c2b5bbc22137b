import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reference_impl.errors import CompressionError, EmptyInput, NotFinite, OutOfRange, WrongDtype
from reference_impl.pruning.masks import (
    deviation_mask,
    global_masks,
    magnitude_mask,
    n_m_mask,
    sparsity,
    threshold_mask,
)

shares = st.floats(0, 1)
weight_lists = st.lists(st.sampled_from([-2.0, -1.0, -0.0, 0.0, 0.5, 1.0, 3.0]), min_size=1, max_size=30)


@given(weights=weight_lists, share=shares)
def test_of_equal_weights_those_with_the_lowest_index_go(weights: list[float], share: float) -> None:
    order = sorted(range(len(weights)), key=lambda i: (abs(weights[i]), i))
    gone = set(order[: round(len(weights) * share)])
    assert magnitude_mask(weights, share).tolist() == [i not in gone for i in range(len(weights))]


@given(first=weight_lists, second=weight_lists, share=shares)
def test_layers_pruned_together_are_one_long_layer(
    first: list[float], second: list[float], share: float
) -> None:
    masks = global_masks({"first": first, "second": second}, share)
    together = magnitude_mask(first + second, share)
    np.testing.assert_array_equal(np.concatenate([masks["first"], masks["second"]]), together)


def test_one_threshold_takes_more_from_the_layer_of_small_weights() -> None:
    masks = global_masks({"small": [[0.1, 0.2], [0.3, 0.4]], "large": [1.0, 2.0, 3.0, 4.0]}, 0.5)
    assert (sparsity(masks["small"]), sparsity(masks["large"])) == (1.0, 0.0)
    assert masks["small"].shape == (2, 2)


def test_no_layers_and_empty_layers_give_no_masks() -> None:
    assert global_masks({}, 0.5) == {}
    assert global_masks({"empty": [], "one": [1.0]}, 1.0)["empty"].shape == (0,)


@given(seed=st.integers(0, 2**16), quality=st.floats(0, 3))
def test_the_deviation_threshold_does_not_depend_on_the_scale_of_the_layer(seed: int, quality: float) -> None:
    weights = np.random.default_rng(seed).normal(size=50)
    mask = deviation_mask(weights, quality)
    np.testing.assert_array_equal(mask, threshold_mask(weights, quality * weights.std()))
    np.testing.assert_array_equal(mask, deviation_mask(4 * weights, quality))


def test_a_constant_or_empty_tensor_has_no_deviation_and_loses_nothing() -> None:
    assert deviation_mask([0.3, 0.3], 2.0).all()
    assert deviation_mask([], 2.0).shape == (0,)


@given(seed=st.integers(0, 2**16), n=st.integers(0, 4), length=st.integers(1, 11), axis=st.integers(-3, 2))
def test_groups_lie_along_the_axis_and_the_rest_keeps_what_it_can(
    seed: int, n: int, length: int, axis: int
) -> None:
    shape = [2, 3, 2]
    shape[axis] = length
    weights = np.random.default_rng(seed).normal(size=shape)
    rows = np.moveaxis(n_m_mask(weights, n, 4, axis=axis), axis, -1)
    magnitudes = np.moveaxis(np.abs(weights), axis, -1)
    for at in range(0, length, 4):
        kept, group = rows[..., at : at + 4], magnitudes[..., at : at + 4]
        assert (kept.sum(axis=-1) == min(n, group.shape[-1])).all()
        assert (np.where(kept, -1, group).max(-1) <= np.where(kept, group, np.inf).min(-1)).all()


def test_the_memory_layout_of_the_weights_does_not_matter() -> None:
    weights = np.arange(-6.0, 6.0).reshape(3, 4)
    np.testing.assert_array_equal(
        magnitude_mask(np.asfortranarray(weights), 0.5), magnitude_mask(weights, 0.5)
    )
    np.testing.assert_array_equal(n_m_mask(weights.T, 1, 3), n_m_mask(weights, 1, 3, axis=0).T)


def test_no_mask_writes_to_its_weights() -> None:
    weights = np.array([3.0, -1.0, 0.5, 2.0])
    weights.flags.writeable = False
    masks = [magnitude_mask(weights, 0.5), n_m_mask(weights, 1, 2), deviation_mask(weights, 1)]
    assert all(mask.sum() == 2 for mask in masks)


@pytest.mark.parametrize(
    ("call", "error"),
    [
        (lambda: magnitude_mask([1.0, np.nan], 0.5), NotFinite),
        (lambda: magnitude_mask([1.0, np.inf], 0.5), NotFinite),
        (lambda: magnitude_mask([1.0], 1.01), OutOfRange),
        (lambda: magnitude_mask([1.0], float("nan")), OutOfRange),
        (lambda: magnitude_mask([1j], 0.5), WrongDtype),
        (lambda: magnitude_mask(["a"], 0.5), WrongDtype),
        (lambda: magnitude_mask([[1.0], [1.0, 2.0]], 0.5), WrongDtype),
        (lambda: threshold_mask([1.0], -1), OutOfRange),
        (lambda: n_m_mask([1.0], 3, 2), OutOfRange),
        (lambda: n_m_mask([1.0], 0, 0), OutOfRange),
        (lambda: n_m_mask([1.0], 1, 2, axis=1), OutOfRange),
        (lambda: global_masks({}, 2.0), OutOfRange),
        (lambda: sparsity(np.zeros(0, dtype=bool)), EmptyInput),
    ],
)
def test_what_has_no_mask_is_refused(call, error: type[CompressionError]) -> None:
    with pytest.raises(error):
        call()
