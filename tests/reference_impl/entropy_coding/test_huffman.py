from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reference_impl.entropy_coding.entropy import effective_bits, entropy
from reference_impl.entropy_coding.huffman import code_lengths, coded_bits, mean_code_length

counts = st.lists(st.integers(1, 1000), min_size=2, max_size=12)


def least_bits(frequencies: tuple[int, ...]) -> int:
    """By trying every way to join two trees: slow and plain."""
    if len(frequencies) == 1:
        return 0
    joined = []
    for i, j in combinations(range(len(frequencies)), 2):
        rest = [f for at, f in enumerate(frequencies) if at not in (i, j)]
        together = frequencies[i] + frequencies[j]
        joined.append(together + least_bits((*rest, together)))
    return min(joined)


@given(frequencies=counts)
def test_the_code_tree_is_full(frequencies: list[int]) -> None:
    assert sum(2.0**-length for length in code_lengths(frequencies)) == 1


@given(frequencies=counts)
def test_mean_length_lies_within_a_bit_above_the_entropy(frequencies: list[int]) -> None:
    information = entropy(frequencies)
    assert information - 1e-9 <= mean_code_length(frequencies) < information + 1


@given(frequencies=st.lists(st.integers(1, 50), min_size=2, max_size=6))
def test_no_other_tree_is_shorter(frequencies: list[int]) -> None:
    assert coded_bits(frequencies) == least_bits(tuple(frequencies))


def test_textbook_lengths() -> None:
    assert code_lengths([8, 4, 2, 1, 1]) == [1, 2, 3, 4, 4]
    assert sorted(code_lengths([1, 1, 2, 4])) == [1, 2, 3, 3]


def test_symbols_that_do_not_occur_get_no_code_and_a_lonely_one_gets_a_bit() -> None:
    assert code_lengths([0, 5, 0]) == [0, 1, 0]
    assert code_lengths([0, 5, 3]) == [0, 1, 1]


@given(levels=st.integers(1, 300))
def test_effective_bits_are_the_entropy_of_equal_levels(levels: int) -> None:
    assert effective_bits(levels) == pytest.approx(entropy([1] * levels), abs=1e-12)


@given(frequencies=counts)
def test_unequal_levels_carry_no_more_than_equal_ones(frequencies: list[int]) -> None:
    assert entropy(frequencies) <= effective_bits(len(frequencies)) + 1e-9


def test_counts_in_small_integers_do_not_wrap() -> None:
    counts = np.array([200, 100, 100, 30], np.uint8)
    assert code_lengths(counts) == code_lengths([200, 100, 100, 30]) == [1, 3, 2, 3]
    assert coded_bits(counts) == 200 + 200 + 300 + 90
