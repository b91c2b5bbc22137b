"""A program with its colours, or plain where these would take long."""

import pytest
from prova.teaching.source import LONGEST_LINE_CHARS, MOST_CHARS, highlighted_lines


def test_a_program_has_colours():
    assert "<span" in highlighted_lines("def f(x):\n    return x\n")[0]


@pytest.mark.parametrize("source", ["x = 1 < 2\n" * MOST_CHARS, f"a < b\n{'@' * LONGEST_LINE_CHARS}@"])
def test_a_source_that_is_too_long_is_plain_and_escaped(source):
    lines = highlighted_lines(source)
    assert "&lt;" in lines[0]
    assert not any("<" in line for line in lines)
    assert len(lines) == len(source.removesuffix("\n").split("\n"))
