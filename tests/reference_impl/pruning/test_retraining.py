import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from reference_impl.errors import OutOfRange, WrongDtype
from reference_impl.pruning.masks import magnitude_mask
from reference_impl.pruning.penalties import Penalty, l1_penalty, l2_penalty
from reference_impl.pruning.retraining import masked, retraining_step

seeds = st.integers(0, 2**16)
strengths = st.floats(0, 2)


@pytest.mark.parametrize("penalty", [l1_penalty, l2_penalty])
@given(seed=seeds, strength=strengths)
def test_the_gradient_of_a_penalty_is_its_slope(penalty, seed: int, strength: float) -> None:
    draw = np.random.default_rng(seed)
    weights = draw.choice([-1, 1], size=6) * draw.uniform(0.1, 2, size=6)
    step = 1e-5
    for i in range(6):
        moved = step * (np.arange(6) == i)
        rise = penalty(weights + moved, strength).value - penalty(weights - moved, strength).value
        assert penalty(weights, strength).gradient[i] == pytest.approx(rise / (2 * step), abs=1e-6)


def test_weights_at_zero_are_not_pulled() -> None:
    assert l1_penalty([0.0, -0.0, 2.0, -2.0], 0.5).gradient.tolist() == [0, 0, 0.5, -0.5]
    empty = l2_penalty([], 1.0)
    assert isinstance(empty, Penalty)
    assert empty.value == 0


@given(seed=seeds, l2=strengths)
def test_a_step_is_that_of_torch_with_weight_decay_and_the_mask_put_on_again(seed: int, l2: float) -> None:
    draw = np.random.default_rng(seed)
    weights, gradient = draw.normal(size=(3, 4)), draw.normal(size=(3, 4))
    mask = magnitude_mask(weights, 0.5)
    parameter = torch.nn.Parameter(torch.tensor(weights * mask))
    parameter.grad = torch.tensor(gradient)
    torch.optim.SGD([parameter], lr=0.1, weight_decay=l2).step()
    ours = retraining_step(weights, gradient, mask, learning_rate=0.1, l2=l2)
    np.testing.assert_allclose(ours, parameter.detach().numpy() * mask, rtol=1e-12, atol=1e-14)


@given(seed=seeds, l1=strengths, l2=strengths)
def test_pruned_weights_stay_exactly_zero_and_nothing_is_written(seed: int, l1: float, l2: float) -> None:
    draw = np.random.default_rng(seed)
    weights, gradient, mask = draw.normal(size=8), draw.normal(size=8), draw.random(8) < 0.5
    before = weights.copy()
    after = retraining_step(weights, gradient, mask, learning_rate=0.3, l1=l1, l2=l2)
    assert not after[~mask].any()
    assert not np.signbit(after[~mask]).any()
    np.testing.assert_array_equal(weights, before)


def test_masks_and_gradients_of_other_shapes_are_refused() -> None:
    with pytest.raises(OutOfRange, match="shape"):
        masked([1.0, 2.0], np.array([True]))
    with pytest.raises(WrongDtype, match="bool"):
        masked([1.0, 2.0], [1, 0])
    with pytest.raises(OutOfRange, match="gradient"):
        retraining_step([1.0], [1.0, 2.0], np.array([True]), learning_rate=0.1)
