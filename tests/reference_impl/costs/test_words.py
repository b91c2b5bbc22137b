"""How many memory words a row of small values takes."""

import pytest

from reference_impl.costs import words
from reference_impl.errors import OutOfRange


def test_four_bytes_fill_a_word() -> None:
    assert words(1000, bits=8) == 250


def test_a_wider_word_holds_more() -> None:
    assert words(1000, bits=8, word_bits=64) == 125


def test_values_of_no_bits_are_refused() -> None:
    with pytest.raises(OutOfRange, match="bits of a value"):
        words(1000, bits=0)
