from itertools import pairwise, permutations
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reference_impl.entropy_coding.canonical import (
    canonical_codes,
    codewords,
    is_complete,
    kraft_sum,
    reversed_codes,
)
from reference_impl.entropy_coding.huffman import code_lengths
from reference_impl.errors import OutOfRange

counts = st.lists(st.integers(0, 1000), min_size=1, max_size=12).filter(any)


@given(frequencies=counts)
def test_no_codeword_begins_another(frequencies: list[int]) -> None:
    words = [word for word in codewords(code_lengths(frequencies)) if word]
    assert not any(longer.startswith(word) for word, longer in permutations(words, 2))


@given(frequencies=counts)
def test_codewords_have_their_lengths_and_symbols_that_never_occur_none(frequencies: list[int]) -> None:
    words = codewords(code_lengths(frequencies))
    assert [len(word) for word in words] == code_lengths(frequencies)
    assert [bool(word) for word in words] == [count > 0 for count in frequencies]


@given(frequencies=counts)
def test_read_as_fractions_the_codewords_rise_with_length_and_symbol(frequencies: list[int]) -> None:
    lengths = code_lengths(frequencies)
    order = sorted((length, symbol) for symbol, length in enumerate(lengths) if length)
    fractions = [canonical_codes(lengths)[symbol] / 2**length for length, symbol in order]
    assert all(a < b for a, b in pairwise(fractions))


def test_the_example_of_rfc_1951() -> None:
    lengths = [3, 3, 3, 3, 3, 2, 4, 4]
    assert codewords(lengths) == ["010", "011", "100", "101", "110", "00", "1110", "1111"]
    assert reversed_codes(lengths) == [0b010, 0b110, 0b001, 0b101, 0b011, 0b00, 0b0111, 0b1111]


def test_lengths_that_leave_room_are_a_code_but_not_a_full_one() -> None:
    assert not is_complete([1, 2])
    assert kraft_sum([1, 2]) == 0.75
    assert codewords([0, 1, 0]) == ["", "0", ""]


@pytest.mark.parametrize("lengths", [[1, 1, 1], [1, 2, 2, 8], [-1, 1]])
def test_lengths_of_no_prefix_code_are_refused(lengths: list[int]) -> None:
    with pytest.raises(OutOfRange):
        canonical_codes(lengths)


def test_lengths_in_numpy_integers_do_not_wrap() -> None:
    lengths: Any = np.array([1, *range(2, 71), 70])
    assert kraft_sum(lengths.tolist()) == kraft_sum(lengths) == 1
    assert codewords(lengths)[-1] == "1" * 70
