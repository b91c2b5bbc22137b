import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questionbank.items.messages import catalogue
from questionbank.items.number_parsing import NumberProblem, ParsedNumber, parse_number, reading, typed
from tests.questionbank.samples import LANGUAGES

languages = st.sampled_from(LANGUAGES)


def value_of(text: str, language: str = "en", unit: str = "") -> float:
    parsed = parse_number(text, language, unit)
    assert isinstance(parsed, ParsedNumber), f"{text!r} was refused: {parsed}"
    return parsed.value


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0),
        ("42", 42),
        ("+7", 7),
        ("-3", -3),
        ("\u22123", -3),
        ("\u20133,5", -3.5),
        ("- 3", -3),
        ("0.5", 0.5),
        ("0,5", 0.5),
        (".5", 0.5),
        (",5", 0.5),
        ("5.", 5),
        ("0,125", 0.125),
        ("0.125", 0.125),
        ("00.125", 0.125),
        ("1.0245", 1.0245),
        ("1234,567", 1234.567),
        ("1.024,5", 1024.5),
        ("1,024.5", 1024.5),
        ("1,024,000.5", 1_024_000.5),
        ("1.024.000", 1_024_000),
        ("1 024", 1024),
        ("1\u202f024\u202f000", 1_024_000),
        ("1\u00a0024,5", 1024.5),
        ("1 024,500", 1024.5),
        ("3.141 592", 3.141592),
        ("1e-3", 0.001),
        ("1E3", 1000),
        ("2,5e2", 250),
        ("3x10^8", 3e8),
        ("3 x 10^8", 3e8),
        ("3*10**8", 3e8),
        ("3·10^-2", 0.03),
        ("3×10⁸", 3e8),
        ("3 × 10⁻²", 0.03),
        ("10^6", 1e6),
        ("-10⁶", -1e6),
        ("1/255", 1 / 255),
        ("1 / 4", 0.25),
        ("-2,5/5", -0.5),
        ("80%", 0.8),
        ("12,5 %", 0.125),
        ("  7  ", 7),
    ],
)
def test_a_number_is_read_in_both_languages(text: str, value: float, language: str) -> None:
    assert value_of(text, language) == value


@pytest.mark.parametrize(
    ("text", "in_english", "in_portuguese"),
    [("1.024", 1.024, 1024), ("1,024", 1024, 1.024), ("12,345", 12345, 12.345), ("-999.000", -999, -999000)],
)
def test_one_sign_before_three_digits_is_read_by_the_language_and_said(
    text: str, in_english: float, in_portuguese: float
) -> None:
    assert parse_number(text, "en") == ParsedNumber(in_english, reading(in_english, "en"), ambiguous=True)
    assert parse_number(text, "pt-br") == ParsedNumber(
        in_portuguese, reading(in_portuguese, "pt-br"), ambiguous=True
    )


@pytest.mark.parametrize("text", ["1024", "1.5", "0,125", "1.024,5", "1.024.000", "12345.678", "1.024e3"])
def test_any_other_number_is_not_ambiguous(text: str) -> None:
    parsed = parse_number(text, "en")
    assert isinstance(parsed, ParsedNumber)
    assert not parsed.ambiguous


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("nan", "number.not_finite"),
        ("-Infinity", "number.not_finite"),
        ("inf", "number.not_finite"),
        ("∞", "number.not_finite"),
        ("0x1F", "number.not_decimal"),
        ("0b11", "number.not_decimal"),
        ("1_000", "number.underscore"),
        ("1,2,3", "number.separators"),
        ("1.024,000,5", "number.separators"),
        ("1..2", "number.separators"),
        ("12 34", "number.separators"),
        ("0.12 3", "number.separators"),
        ("1/0", "number.division_by_zero"),
        ("1e999", "number.too_large"),
        ("1e99999999999", "number.too_large"),
        ("9" * 81, "number.too_long"),
        ("abc", "number.not_a_number"),
        ("२", "number.not_a_number"),
        ("1+1", "number.not_a_number"),
        ("2^8", "number.not_a_number"),
        ("1/2/3", "number.not_a_number"),
        ("--1", "number.not_a_number"),
        (".", "number.not_a_number"),
        ("5 apples", "number.no_unit"),
    ],
)
def test_what_is_not_a_plain_number_is_refused_with_its_reason(text: str, message: str) -> None:
    refused = parse_number(text, "en")
    assert isinstance(refused, NumberProblem)
    assert refused.message == message
    assert set(catalogue()[message]) == set(LANGUAGES)


@pytest.mark.parametrize("text", ["", "   ", "\u00a0", "\t"])
def test_a_blank_field_is_no_number_and_no_problem(text: str) -> None:
    assert parse_number(text, "en") is None


@pytest.mark.parametrize("text", ["3 bit", "3 bits", "3bit", "3 Bit"])
def test_the_unit_of_the_question_may_follow(text: str) -> None:
    assert value_of(text, "en", "bit") == 3


def test_another_unit_is_never_taken_for_the_asked_one() -> None:
    refused = parse_number("3 byte", "en", "bit")
    assert refused == NumberProblem("number.unit", "byte")


def test_percent_is_the_unit_where_the_question_asks_for_percent() -> None:
    assert value_of("80 %", "en", "%") == 80
    assert value_of("80", "en", "%") == 80


@given(
    value=st.floats(-1e14, 1e14, allow_subnormal=False).filter(lambda x: abs(x) > 1e-6 or x == 0),
    language=languages,
)
def test_the_reading_of_a_number_is_read_back_as_that_number(value: float, language: str) -> None:
    back = parse_number(reading(value, language), language)
    assert isinstance(back, ParsedNumber)
    assert back.value == value


@given(
    value=st.floats(-1e9, 1e9, allow_subnormal=False).filter(lambda x: abs(x) > 1e-9 or x == 0),
    language=languages,
    decimals=st.none() | st.integers(0, 6),
)
def test_a_number_as_printed_is_read_back_up_to_its_rounding(
    value: float, language: str, decimals: int | None
) -> None:
    back = parse_number(typed(value, language, decimals), language)
    assert isinstance(back, ParsedNumber)
    if decimals is None:
        assert math.isclose(back.value, value, rel_tol=5.1e-6)
    else:
        assert abs(back.value - value) <= 0.5 * 10**-decimals * (1 + 1e-9) + 1e-15 * abs(value)


@given(whole=st.integers(0, 10**9), fraction=st.from_regex(r"\A[0-9]{1,8}\Z"), language=languages)
def test_comma_and_point_mean_the_same_where_nothing_is_ambiguous(
    whole: int, fraction: str, language: str
) -> None:
    with_point, with_comma = f"{whole}.{fraction}", f"{whole},{fraction}"
    first, second = parse_number(with_point, language), parse_number(with_comma, language)
    assert isinstance(first, ParsedNumber)
    assert isinstance(second, ParsedNumber)
    assert first.ambiguous == second.ambiguous
    assert first.ambiguous or first.value == second.value == float(with_point)


@given(text=st.text(max_size=100), language=languages)
def test_no_text_breaks_the_reader(text: str, language: str) -> None:
    parsed = parse_number(text, language)
    assert parsed is None or isinstance(parsed, NumberProblem) or math.isfinite(parsed.value)
