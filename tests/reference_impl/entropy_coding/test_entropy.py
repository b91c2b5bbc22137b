from math import inf, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reference_impl.entropy_coding.entropy import cross_entropy, divergence, effective_bits, entropy
from reference_impl.entropy_coding.huffman import code_lengths
from reference_impl.errors import EmptyInput, NotFinite, OutOfRange

two_distributions = st.integers(1, 10).flatmap(
    lambda n: st.tuples(*[st.lists(st.integers(1, 1000), min_size=n, max_size=n)] * 2)
)


@given(pair=two_distributions)
def test_a_code_for_other_frequencies_costs_more_bits(pair: tuple[list[int], list[int]]) -> None:
    real, other = pair
    assert cross_entropy(real, other) >= entropy(real) - 1e-9
    assert divergence(real, real) == pytest.approx(0, abs=1e-12)
    assert divergence(real, other) == pytest.approx(cross_entropy(real, other) - entropy(real), abs=1e-9)


@given(pair=two_distributions, factor=st.integers(2, 9))
def test_counts_and_their_multiples_mean_the_same(pair: tuple[list[int], list[int]], factor: int) -> None:
    real, other = pair
    more = [factor * count for count in other]
    assert cross_entropy(real, more) == pytest.approx(cross_entropy(real, other), abs=1e-9)


def test_cross_entropy_by_hand() -> None:
    assert cross_entropy([0.5, 0.5], [0.25, 0.75]) == pytest.approx(0.5 * 2 + 0.5 * 0.4150374993)
    assert cross_entropy([1, 1], [1, 0]) == inf
    assert cross_entropy([1, 0], [1, 1]) == 1


@pytest.mark.parametrize(
    ("frequencies", "error"),
    [
        ([], EmptyInput),
        ([0, 0], EmptyInput),
        ([1, nan], NotFinite),
        ([inf], NotFinite),
        ([1, -1], OutOfRange),
    ],
)
def test_what_is_no_distribution_is_refused(frequencies: list[float], error: type[Exception]) -> None:
    for function in (entropy, code_lengths):
        with pytest.raises(error):
            function(frequencies)


def test_distributions_over_different_alphabets_are_refused() -> None:
    with pytest.raises(OutOfRange):
        cross_entropy([1, 2], [1, 2, 3])


def test_no_level_at_all_is_refused() -> None:
    with pytest.raises(OutOfRange):
        effective_bits(0)
