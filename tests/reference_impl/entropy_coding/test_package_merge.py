from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reference_impl.entropy_coding.canonical import kraft_sum
from reference_impl.entropy_coding.huffman import code_lengths, coded_bits
from reference_impl.entropy_coding.package_merge import limited_lengths
from reference_impl.errors import EmptyInput, OutOfRange


def least_bits(frequencies: list[int], limit: int) -> int:
    """By trying every list of lengths that leaves no room in the Kraft sum: slow and plain."""

    @cache
    def rest(at: int, room: int) -> float:
        if at == len(frequencies):
            return 0 if room >= 0 else float("inf")
        tries = (
            frequencies[at] * length + rest(at + 1, room - 2 ** (limit - length))
            for length in range(1, limit + 1)
            if room >= 2 ** (limit - length)
        )
        return min(tries, default=float("inf"))

    return int(rest(0, 2**limit))


def bits(frequencies: list[int], lengths: list[int]) -> int:
    return sum(f * length for f, length in zip(frequencies, lengths, strict=True))


@given(frequencies=st.lists(st.integers(1, 100), min_size=2, max_size=8), limit=st.integers(3, 6))
def test_no_code_within_the_limit_is_shorter(frequencies: list[int], limit: int) -> None:
    lengths = limited_lengths(frequencies, limit=limit)
    assert max(lengths) <= limit
    assert bits(frequencies, lengths) == least_bits(frequencies, limit)


@given(
    frequencies=st.lists(st.integers(0, 10**6), min_size=2, max_size=256).filter(
        lambda f: sum(map(bool, f)) > 1
    )
)
def test_the_code_is_full(frequencies: list[int]) -> None:
    assert kraft_sum(limited_lengths(frequencies, limit=8)) == 1


@given(frequencies=st.lists(st.integers(0, 1000), min_size=1, max_size=40).filter(any))
def test_a_limit_that_does_not_bind_gives_huffmans_mean(frequencies: list[int]) -> None:
    assert bits(frequencies, limited_lengths(frequencies, limit=40)) == coded_bits(frequencies)


def test_fibonacci_counts_are_kept_within_the_limit() -> None:
    fibonacci = [1, 1, 2, 3, 5, 8, 13, 21]
    assert max(code_lengths(fibonacci)) == 7
    lengths = limited_lengths(fibonacci, limit=4)
    assert max(lengths) == 4
    assert bits(fibonacci, lengths) == least_bits(fibonacci, 4)


def test_one_symbol_gets_one_bit_and_those_that_never_occur_none() -> None:
    assert limited_lengths([0, 7, 0], limit=1) == [0, 1, 0]
    assert limited_lengths([3, 0, 1], limit=1) == [1, 0, 1]


def test_too_few_codewords_or_no_symbol_are_refused() -> None:
    with pytest.raises(OutOfRange):
        limited_lengths([1, 1, 1], limit=1)
    with pytest.raises(OutOfRange):
        limited_lengths([1], limit=0)
    with pytest.raises(EmptyInput):
        limited_lengths([0], limit=3)
