"""The losses in torch are those of the definitions in numpy, with their gradients."""

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from reference_impl.distillation import distillation_loss, label_cross_entropy
from reference_impl.errors import OutOfRange
from reference_impl.training.loss import distillation_loss_torch, label_loss


@given(st.integers(0, 999), st.floats(0.5, 10), st.floats(0, 1))
def test_distillation_agrees_with_its_definition(seed: int, temperature: float, alpha: float) -> None:
    random = np.random.default_rng(seed)
    student, teacher = random.normal(0, 3, (2, 5, 4))
    labels = random.integers(0, 4, 5)
    wanted = distillation_loss(student, teacher, labels, temperature=temperature, alpha=alpha)
    logits = torch.tensor(student, requires_grad=True)
    value = distillation_loss_torch(
        logits, torch.tensor(teacher), torch.tensor(labels), temperature=temperature, alpha=alpha
    )
    value.backward()
    assert logits.grad is not None
    assert value.item() == pytest.approx(wanted.value)
    np.testing.assert_allclose(logits.grad.numpy(), wanted.gradient, atol=1e-12)


def test_the_label_loss_agrees_with_its_definition() -> None:
    logits, labels = np.array([[1.0, 2.0, -1.0], [0.5, 0.0, 0.0]]), np.array([2, 0])
    wanted = label_cross_entropy(logits, labels).value
    assert label_loss(torch.tensor(logits), torch.tensor(labels)).item() == pytest.approx(wanted)


def test_a_teacher_of_other_classes_is_refused() -> None:
    with pytest.raises(OutOfRange):
        distillation_loss_torch(
            torch.zeros(2, 3), torch.zeros(1, 3), torch.zeros(2, dtype=torch.long), temperature=2.0, alpha=0.5
        )
