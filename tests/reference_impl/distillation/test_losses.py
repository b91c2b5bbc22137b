import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch.nn import functional

from reference_impl.distillation.features import attention_distance, attention_map, hint_loss
from reference_impl.distillation.loss import distillation_loss, label_cross_entropy
from reference_impl.distillation.soft_targets import (
    soft_cross_entropy,
    soft_divergence,
    softened_log_softmax,
    softened_softmax,
)
from reference_impl.errors import CompressionError, EmptyInput, NotFinite, OutOfRange, WrongDtype

seeds = st.integers(0, 2**16)
temperatures = st.floats(0.5, 20)


@given(
    seed=seeds,
    batch=st.integers(1, 6),
    classes=st.integers(1, 7),
    temperature=temperatures,
    alpha=st.floats(0, 1),
    scale=st.sampled_from([1.0, 30.0, 1e4]),
)
def test_value_and_gradient_are_those_of_torch(
    seed: int, batch: int, classes: int, temperature: float, alpha: float, scale: float
) -> None:
    draw = np.random.default_rng(seed)
    student, teacher = draw.normal(size=(2, batch, classes)) * scale
    labels = draw.integers(0, classes, size=batch)
    s = torch.tensor(student, requires_grad=True)
    soft = functional.kl_div(
        functional.log_softmax(s / temperature, dim=1),
        functional.log_softmax(torch.tensor(teacher) / temperature, dim=1),
        reduction="batchmean",
        log_target=True,
    )
    hard = functional.cross_entropy(s, torch.tensor(labels))
    theirs = alpha * temperature**2 * soft + (1 - alpha) * hard
    (slope,) = torch.autograd.grad(theirs, s)
    ours = distillation_loss(student, teacher, labels, temperature=temperature, alpha=alpha)
    assert ours.value == pytest.approx(float(theirs.detach()), rel=1e-9, abs=1e-9)
    np.testing.assert_allclose(ours.gradient, slope.numpy(), rtol=1e-9, atol=1e-9)


@given(seed=seeds, temperature=temperatures)
def test_divergence_is_cross_entropy_without_the_teachers_own_entropy(seed: int, temperature: float) -> None:
    student, teacher = np.random.default_rng(seed).normal(size=(2, 3, 5))
    own = soft_cross_entropy(teacher, teacher, temperature)
    divergence = soft_divergence(student, teacher, temperature)
    assert divergence == pytest.approx(soft_cross_entropy(student, teacher, temperature) - own)
    assert divergence >= -1e-12
    assert soft_divergence(teacher, teacher, temperature) == 0


def test_the_teacher_comes_first() -> None:
    """Of a sure teacher and an even student: log 2; the other way round it would be large."""
    assert soft_divergence([[0.0, 0.0]], [[50.0, 0.0]], 1.0) == pytest.approx(np.log(2))


@given(seed=seeds)
def test_the_ends_of_alpha_leave_one_term(seed: int) -> None:
    student, teacher = np.random.default_rng(seed).normal(size=(2, 4, 3))
    labels = np.array([0, 1, 2, 0])
    hard = distillation_loss(student, teacher, labels, temperature=4, alpha=0)
    assert hard.value == label_cross_entropy(student, labels).value
    soft = distillation_loss(student, teacher, labels, temperature=4, alpha=1)
    assert soft.value == 16 * soft_divergence(student, teacher, 4)


@given(seed=seeds)
def test_the_soft_gradient_keeps_its_size_when_it_gets_hot(seed: int) -> None:
    student, teacher = np.random.default_rng(seed).normal(size=(2, 4, 3))
    labels = np.zeros(4, dtype=int)
    slopes = [
        distillation_loss(student, teacher, labels, temperature=t, alpha=1).gradient for t in (100.0, 1000.0)
    ]
    np.testing.assert_allclose(slopes[0], slopes[1], atol=0.01)


def test_logits_of_ten_thousand_are_no_harm() -> None:
    assert softened_softmax([1e4, 0.0, -1e4], 1.0).tolist() == [1.0, 0.0, 0.0]
    assert softened_log_softmax([1e4, 0.0], 2.0).tolist() == [0.0, -5000.0]


@given(seed=seeds, batch=st.integers(1, 4))
def test_the_hint_loss_and_its_gradients_are_those_of_torch(seed: int, batch: int) -> None:
    draw = np.random.default_rng(seed)
    thin, wide, regressor = (
        draw.normal(size=(batch, 3)),
        draw.normal(size=(batch, 5)),
        draw.normal(size=(3, 5)),
    )
    u, r = torch.tensor(thin, requires_grad=True), torch.tensor(regressor, requires_grad=True)
    theirs = functional.mse_loss(u @ r, torch.tensor(wide), reduction="sum") / (2 * batch)
    by_features, by_regressor = torch.autograd.grad(theirs, (u, r))
    ours = hint_loss(thin, wide, regressor)
    assert ours.value == pytest.approx(float(theirs.detach()))
    np.testing.assert_allclose(ours.feature_gradient, by_features.numpy(), atol=1e-12)
    np.testing.assert_allclose(ours.regressor_gradient, by_regressor.numpy(), atol=1e-12)


@given(seed=seeds, factor=st.floats(0.1, 10))
def test_attention_looks_at_where_and_not_at_how_much(seed: int, factor: float) -> None:
    given = np.random.default_rng(seed).normal(size=(2, 3, 4, 4))
    maps = attention_map(given)
    np.testing.assert_allclose((maps**2).sum(axis=1), 1)
    assert attention_distance(given, -factor * given) == pytest.approx(0, abs=1e-9)
    assert attention_distance(given, given[:, :1]) <= 2
    assert not attention_map(np.zeros((1, 2, 2, 2))).any()


@pytest.mark.parametrize("unit", [2.0**-300, 2.0**300])
def test_attention_of_tiny_and_huge_activations_is_that_of_usual_ones(unit: float) -> None:
    given = np.random.default_rng(2).normal(size=(2, 3, 4, 4))
    np.testing.assert_allclose(attention_map(given * unit), attention_map(given))


def test_attention_on_different_places_is_a_right_angle_apart() -> None:
    left, right = np.array([[[[1.0, 0.0]]]]), np.array([[[[0.0, 3.0]]]])
    assert attention_distance(left, right) == pytest.approx(np.sqrt(2))


@pytest.mark.parametrize(
    ("call", "error"),
    [
        (lambda: softened_softmax([1.0], 0), OutOfRange),
        (lambda: softened_softmax([1.0], float("nan")), OutOfRange),
        (lambda: softened_softmax([1.0], 1e5), OutOfRange),
        (lambda: soft_divergence([[1.0, 2.0]], [1.0, 2.0], 1), OutOfRange),
        (lambda: soft_cross_entropy([[1.0, 2.0]], [[1.0]], 1), OutOfRange),
        (lambda: softened_softmax([np.nan], 1), NotFinite),
        (lambda: softened_softmax([], 1), EmptyInput),
        (lambda: softened_softmax(1.0, 1), OutOfRange),
        (lambda: distillation_loss([[1.0]], [[1.0]], [0], temperature=1, alpha=1.1), OutOfRange),
        (lambda: distillation_loss([[1.0]], [[1.0, 2.0]], [0], temperature=1, alpha=1), OutOfRange),
        (lambda: label_cross_entropy([[1.0, 2.0]], [2]), OutOfRange),
        (lambda: label_cross_entropy([[1.0, 2.0]], [-1]), OutOfRange),
        (lambda: label_cross_entropy([[1.0, 2.0]], [0, 1]), OutOfRange),
        (lambda: label_cross_entropy([[1.0, 2.0]], [0.0]), WrongDtype),
        (lambda: hint_loss([[1.0]], [[1.0]], [[1.0, 2.0]]), OutOfRange),
        (lambda: hint_loss([[1.0]], [[1.0], [2.0]], [[1.0]]), OutOfRange),
        (lambda: attention_map([[1.0]]), OutOfRange),
        (lambda: attention_distance(np.ones((1, 1, 2, 2)), np.ones((1, 1, 3, 3))), OutOfRange),
    ],
)
def test_what_no_loss_is_defined_for_is_refused(call, error: type[CompressionError]) -> None:
    with pytest.raises(error):
        call()
