from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reference_impl.quantization.batch_norm import fold

finite = st.floats(-10, 10)


@given(
    weight=finite, bias=finite, gamma=finite, beta=finite, mean=finite, variance=st.floats(0, 10), x=finite
)
def test_the_folded_channel_gives_the_same_output(
    weight: float, bias: float, gamma: float, beta: float, mean: float, variance: float, x: float
) -> None:
    eps = 1e-3
    before = gamma * (weight * x + bias - mean) / sqrt(variance + eps) + beta
    folded_weight, folded_bias = fold(
        weight, bias, gamma=gamma, beta=beta, mean=mean, variance=variance, eps=eps
    )
    assert folded_weight * x + folded_bias == pytest.approx(before, rel=1e-9, abs=1e-6)
