"""Texts made to keep a reader busy: what a learner types against an accepted wording, and what authors may save."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from questionbank.items.text_matching import edit_distance, fewest_typos
from questionbank.rendering import RenderingProblem, parts_of, render
from questionbank.searchable import readable
from questionbank.typed import TextRules
from questionbank.variant import Variant

#: Hundreds of times what each takes; what they took before was minutes.
ENOUGH_S = 2.0
RULES = TextRules(typos=3, ignore_accents=True)
LONGEST = 1000  # of a short answer


def whole_table(one: str, other: str) -> int:
    """Restricted Damerau-Levenshtein distance by its definition."""
    table = {(i, 0): i for i in range(len(one) + 1)} | {(0, j): j for j in range(len(other) + 1)}
    for i in range(1, len(one) + 1):
        for j in range(1, len(other) + 1):
            same = one[i - 1] == other[j - 1]
            table[i, j] = min(table[i - 1, j] + 1, table[i, j - 1] + 1, table[i - 1, j - 1] + (not same))
            if i > 1 and j > 1 and one[i - 1] == other[j - 2] and one[i - 2] == other[j - 1]:
                table[i, j] = min(table[i, j], table[i - 2, j - 2] + 1)
    return table[len(one), len(other)]


@settings(max_examples=150)
@given(st.text("ab", max_size=9), st.text("ab", max_size=9), st.integers(0, 4))
def test_looking_only_where_few_changes_reach_finds_the_same_distance(one, other, limit):
    assert edit_distance(one, other, limit) == min(whole_table(one, other), limit + 1)


@pytest.mark.parametrize("typed", ["a" * LONGEST, "\ufdfa" * LONGEST, "ab " * 333, "\u0301" * LONGEST])
def test_no_answer_takes_long_to_compare(typed):
    wordings = [typed[:-number] + "b" * number for number in range(1, 31)]
    begun = time.process_time()
    fewest_typos(typed, wordings, RULES)
    assert time.process_time() - begun < ENOUGH_S


@pytest.mark.parametrize(
    "text", ["\n" * 60_000, " \n" * 30_000, "|" * 60_000, "[a](" * 15_000, "$$a" * 20_000]
)
def test_no_text_takes_long_to_be_made_searchable(text):
    begun = time.process_time()
    readable(text, "en", Variant())
    assert time.process_time() - begun < ENOUGH_S


@pytest.mark.parametrize("text", ["[[n|100]]", "[[n|300000000]]", "[[big|2]]"])
def test_a_number_that_cannot_be_printed_is_the_author_s_turn(text):
    with pytest.raises(RenderingProblem):
        render(text, "en", Variant(params={"n": 1.5, "big": 10**70}))


def test_more_digits_than_python_reads_are_no_placeholder():
    assert "[[n|999" in render(f"[[n|{'9' * 5000}]]", "en", Variant(params={"n": 1.5}))


@pytest.mark.parametrize("text", ["[" * 60_000, "![a" * 15_000, "*a " * 20_000])
def test_a_text_that_would_keep_the_parser_busy_is_refused(text):
    begun = time.process_time()
    with pytest.raises(RenderingProblem, match="too long, or has too many brackets"):
        render(text, "en", Variant())
    assert parts_of(text).formulas == ()
    assert time.process_time() - begun < ENOUGH_S
