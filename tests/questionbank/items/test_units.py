"""Numbers with units and with a demanded number of digits."""

from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from questionbank.definition import QuestionDefinition, ToleranceDefinition
from questionbank.items import ItemVerdict, ParseProblem, bind, explain
from questionbank.items.number_parsing import ParsedNumber, parse_number
from questionbank.items.numeric import Numeric
from questionbank.typed import DigitsDefinition, UnitsDefinition
from questionbank.variant import Variant
from tests.questionbank.samples import numeric, read_answer

UNITS = {"bit": 0.125, "kB": 1000, "KiB": 1024}


def size(**changes: object) -> QuestionDefinition:
    fields = {
        "tolerance": ToleranceDefinition("relative", 0.001),
        "unit": "B",
        "units": UnitsDefinition(UNITS),
    }
    return numeric(**(fields | changes))


def item(**changes: object) -> Numeric:
    bound = bind(size(**changes), Variant(key=12288.0, slips={"no_codebook": 98304.0}), "salt")
    assert isinstance(bound, Numeric)
    return bound


@pytest.mark.parametrize(
    "typed", ["12288", "12288 B", "12 KiB", "12KiB", "12.288 kB", "98304 bit", "1,2e1 KiB"]
)
def test_an_amount_is_right_in_every_unit_that_is_understood(typed: str) -> None:
    response = item().parse({"answer": typed}, language="en")
    assert not isinstance(response, ParseProblem)
    assert item().score(response).verdict is ItemVerdict.RIGHT


@pytest.mark.parametrize("typed", ["12 kb", "12 kib", "12 Kib", "12288 b", "12 MB", "12288 %"])
def test_another_unit_or_other_capitals_are_told_with_what_is_understood(typed: str) -> None:
    problem = item().parse({"answer": typed}, language="en")
    assert isinstance(problem, ParseProblem)
    assert typed.split()[1] in explain(problem, "en")
    assert "bit, B, kB, KiB" in explain(problem, "pt-br")


def test_the_right_number_with_another_unit_is_told_so_without_being_right() -> None:
    for typed, right in (("12 kB", "KiB"), ("12", "KiB"), ("12288 kB", "B")):
        response = read_answer(item(), typed)
        told = item().feedback(response, seed=1, language="en")
        assert told.outcome.verdict is ItemVerdict.WRONG
        assert f"right for {right}" in told.slip_html


def test_bits_taken_for_bytes_are_the_slip_the_author_named() -> None:
    response = read_answer(item(), "98304")
    assert item().score(response).slip == "no_codebook"


def test_where_a_unit_is_required_a_bare_number_does_not_count_and_the_page_does_not_say_which() -> None:
    strict = item(units=UnitsDefinition(UNITS, required=True))
    problem = strict.parse({"answer": "12288"}, language="en")
    assert isinstance(problem, ParseProblem)
    assert "unit is missing" in explain(problem, "en")
    page = strict.present(seed=1, language="en")
    assert (page.unit, page.unit_required) == ("", True)
    assert page.units == ("bit", "B", "kB", "KiB")


def test_the_page_says_how_an_amount_was_converted() -> None:
    response = read_answer(item(), "12,5 KiB", language="pt-br")
    assert item().present(seed=1, language="pt-br", response=response).reading == "12800 B"
    plain = read_answer(item(), "12800 B", language="pt-br")
    assert item().present(seed=1, language="pt-br", response=plain).reading == ""


def test_micro_is_read_from_either_of_its_signs_and_from_u() -> None:
    for typed in ("3 \u00b5J", "3 \u03bcJ", "3 uJ"):
        read = parse_number(typed, "en", "pJ", {"\u00b5J": 1e6})
        assert isinstance(read, ParsedNumber)
        assert read.value == 3e6


@settings(max_examples=80)
@given(st.integers(1, 10**6), st.sampled_from(sorted(UNITS)))
def test_converting_is_exact(amount: int, unit: str) -> None:
    read = parse_number(f"{amount} {unit}", "en", "B", UNITS)
    assert isinstance(read, ParsedNumber)
    assert read.value == amount * UNITS[unit]
    assert (read.number, read.unit) == (amount, unit)


@pytest.mark.parametrize(
    ("typed", "digits"),
    [
        ("1200", (2, 4)), ("1200.", (2, 4)), ("1.20e3", (3, 3)), ("0.00120", (3, 3)), ("120.0", (4, 4)), ("7", (1, 1)),
        ("12 345", (5, 5)), ("12.0 %", (3, 3)), ("10^5", (1, 1)), ("0.00", (1, 2)), ("1/255", None), ("-0,50", (2, 2)),
    ],
)  # fmt: skip
def test_significant_digits_are_counted_as_typed(typed: str, digits: tuple[int, int] | None) -> None:
    read = parse_number(typed, "en")
    assert isinstance(read, ParsedNumber)
    assert read.digits == digits


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("3.56", None), ("3.5556", None), ("3.6", "too_few"), ("4", "too_few"), ("3.555556", "too_many"),
        ("32/9", "fraction"), ("356 %", None),
    ],
)  # fmt: skip
def test_too_few_or_too_many_digits_are_told_before_they_count(typed: str, message: str | None) -> None:
    question = numeric(
        digits=DigitsDefinition(3, 5), unit=None, tolerance=ToleranceDefinition("absolute", 0.01)
    )
    bound = bind(question, Variant(key=256 / 72, slips={"no_codebook": 4.0}), "salt")
    found = bound.parse({"answer": typed}, language="en")
    assert (message or "") in (found.message if isinstance(found, ParseProblem) else "")
    assert isinstance(found, ParseProblem) == (message is not None)


@settings(max_examples=80)
@given(st.floats(0.001, 9999), st.integers(1, 4), st.integers(0, 3))
def test_the_key_is_printed_with_digits_that_are_taken(key: float, least: int, more: int) -> None:
    assume(key < 10 ** (least + more))  # else no number of so few digits is near; the linter says so
    question = numeric(
        digits=DigitsDefinition(least, least + more),
        unit=None,
        tolerance=ToleranceDefinition("relative", 0.51),
    )
    bound = bind(question, Variant(key=key, slips={"no_codebook": -1.0}), "salt")
    assert isinstance(bound, Numeric)
    response = bound.parse({"answer": bound.typed_key("pt-br")}, language="pt-br")
    assert not isinstance(response, ParseProblem)


def test_questions_without_units_are_stored_as_before() -> None:
    question = replace(size(), units=None)
    assert "units" not in question.to_json()
    response = bind(question, Variant(key=12288.0), "salt").parse({"answer": "12288"}, language="en")
    assert response == {"text": "12288", "value": 12288.0, "ambiguous": False}


def test_the_right_answer_is_printed_in_the_handiest_unit_and_in_the_base_unit_where_the_margin_is_absolute() -> (
    None
):
    told = item().feedback(None, seed=1, language="pt-br")
    assert told.right_answer_html == "12\u00a0KiB"
    fixed = item(tolerance=ToleranceDefinition("absolute", 1.0)).feedback(None, seed=1, language="pt-br")
    assert fixed.right_answer_html == "12\u202f288\u00a0B"
