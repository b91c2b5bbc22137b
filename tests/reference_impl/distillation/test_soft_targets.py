import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reference_impl.distillation.soft_targets import soft_cross_entropy, softened_softmax
from reference_impl.entropy_coding.entropy import entropy

logit_lists = st.lists(st.floats(-30, 30), min_size=2, max_size=8)
temperatures = st.floats(0.5, 50)


@given(logits=logit_lists, temperature=temperatures, shift=st.floats(-1e4, 1e4))
def test_only_differences_of_logits_matter(logits: list[float], temperature: float, shift: float) -> None:
    outputs = softened_softmax(logits, temperature)
    assert outputs.sum() == pytest.approx(1)
    np.testing.assert_allclose(softened_softmax(np.array(logits) + shift, temperature), outputs, atol=1e-9)


@given(logits=logit_lists, temperature=temperatures)
def test_a_higher_temperature_never_lowers_the_entropy(logits: list[float], temperature: float) -> None:
    cooler = list(softened_softmax(logits, temperature))
    warmer = list(softened_softmax(logits, 2 * temperature))
    assert entropy(warmer) >= entropy(cooler) - 1e-9


@given(logits=logit_lists, temperature=temperatures)
def test_the_student_can_do_no_better_than_its_teacher(logits: list[float], temperature: float) -> None:
    own = soft_cross_entropy([logits], [logits], temperature)
    assert own == pytest.approx(entropy(list(softened_softmax(logits, temperature))) * np.log(2), abs=1e-7)
    assert soft_cross_entropy([logits[::-1]], [logits], temperature) >= own - 1e-9


def test_the_gradient_shrinks_with_the_square_of_the_temperature() -> None:
    """Zero-mean logits, hot limit of section 2.1: the derivative tends to (z - v) / (N T^2)."""
    student, teacher, step = np.array([0.3, -0.1, -0.2]), np.array([1.0, -0.4, -0.6]), 1e-3
    for temperature in (50.0, 100.0):
        moved = student + np.array([step, 0, 0])
        slope = soft_cross_entropy([moved], [teacher], temperature) - soft_cross_entropy(
            [student], [teacher], temperature
        )
        assert slope / step * temperature**2 == pytest.approx((0.3 - 1.0) / 3, rel=0.03)
