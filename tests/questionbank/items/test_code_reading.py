"""What a program prints, line by line."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from questionbank.definition import QuestionDefinition
from questionbank.items import ItemVerdict, bind
from questionbank.items.output_lines import LineFate, difference, lines_of, share_of_lines
from questionbank.typed import ProgramDefinition
from questionbank.variant import Variant
from tests.questionbank.samples import CODE_VARIANT, code_reading, read_answer

PROGRAM = ProgramDefinition("print('A b')")
lines = st.lists(st.sampled_from("abcd"), max_size=6)


def fraction_of(
    typed: str, question: QuestionDefinition | None = None, variant: Variant = CODE_VARIANT
) -> float:
    item = bind(question or code_reading(), variant, "salt")
    return item.score(read_answer(item, typed)).fraction


@pytest.mark.parametrize(
    ("typed", "fraction"),
    [
        ("  16\n 256", 1.0),
        ("16  \n 256\n\n", 1.0),
        ("\r\n16\r\n 256\r\n", 1.0),
        ("16\n256", 0.5),
        ("16", 0.5),
        ("16\n 255\n 256", 2 / 3),
        ("1 6\n 2 5 6", 0.0),
        ("256\n16", 0.5),
    ],
)
def test_lines_are_compared_as_the_page_says(typed: str, fraction: float) -> None:
    assert fraction_of(typed) == pytest.approx(fraction)


def test_without_partial_credit_one_wrong_line_earns_nothing() -> None:
    question = code_reading(scoring="all_or_nothing")
    assert (fraction_of("16\n 256", question), fraction_of("16", question)) == (1.0, 0.0)


def test_the_author_may_let_case_and_spaces_pass() -> None:
    for fields, typed in (({"ignore_case": True}, "a B"), ({"ignore_spaces": True}, "Ab"), ({}, "A b")):
        question = code_reading(program=ProgramDefinition("print('A b')", "A b", **fields), generator=None)
        assert fraction_of(typed, question, Variant()) == 1.0
        assert fraction_of("x", question, Variant()) == 0.0
    strict = code_reading(program=ProgramDefinition("print('A b')", "A b"), generator=None)
    assert fraction_of("a b", strict, Variant()) == fraction_of("Ab", strict, Variant()) == 0.0


def test_nothing_but_white_space_is_blank() -> None:
    item = bind(code_reading(), CODE_VARIANT, "salt")
    for typed in ("", " \n\t\n"):
        assert item.score(read_answer(item, typed)).verdict is ItemVerdict.BLANK
        assert item.feedback({"text": typed}, seed=1, language="en").diff == ()


@settings(max_examples=60)
@given(lines, lines)
def test_the_difference_holds_both_texts_and_is_as_short_as_the_score_says(
    one: list[str], other: list[str]
) -> None:
    found = difference("\n".join(one), "\n".join(other), PROGRAM)
    assert [line.text for line in found if line.fate is not LineFate.EXTRA] == one
    assert [line.text for line in found if line.fate is not LineFate.MISSING] == other
    same = sum(line.fate is LineFate.SAME for line in found)
    longest = max(len(one), len(other))
    assert share_of_lines(one, other) == (same / longest if longest else 1.0)


@settings(max_examples=60)
@given(lines)
def test_only_the_whole_output_earns_everything(expected: list[str]) -> None:
    assert share_of_lines(expected, expected) == 1.0
    assert share_of_lines(expected, [*expected, "x"]) < 1.0 or not expected
    assert lines_of("\n".join(expected) + "\n \n") == expected
