import pytest

from questionbank.rendering.numbers import Context, format_number

PROSE, MATHEMATICS, CODE = Context.PROSE, Context.MATHEMATICS, Context.CODE


@pytest.mark.parametrize(
    ("value", "decimals", "language", "context", "text"),
    [
        (0.784314, 4, "en", PROSE, "0.7843"),
        (0.784314, 4, "pt-br", PROSE, "0,7843"),
        (0.784314, 4, "pt-br", MATHEMATICS, "0{,}7843"),
        (0.784314, 4, "en", MATHEMATICS, "0.7843"),
        (0.784314, 4, "pt-br", CODE, "0.7843"),
        (-1.5, None, "en", PROSE, "−1.5"),
        (-1.5, None, "en", CODE, "-1.5"),
        (-1.5, None, "pt-br", MATHEMATICS, "-1{,}5"),
        (2, 2, "en", PROSE, "2.00"),
        (8.0, None, "en", PROSE, "8"),
        (1 / 3, None, "pt-br", PROSE, "0,333333"),
        (0.125, 2, "en", PROSE, "0.13"),
        (2.675, 2, "en", PROSE, "2.68"),
        (-0.001, 2, "en", PROSE, "0.00"),
        (9999, None, "en", PROSE, "9999"),
        (25557032, None, "en", PROSE, "25\u202f557\u202f032"),
        (25557032, None, "pt-br", MATHEMATICS, r"25\,557\,032"),
        (25557032, None, "pt-br", CODE, "25557032"),
        (1.5e-7, None, "pt-br", PROSE, "1,5 × 10⁻⁷"),
        (1.5e-7, None, "en", MATHEMATICS, r"1.5 \times 10^{-7}"),
        (-1.5e-7, None, "en", CODE, "-1.5e-7"),
        (0, None, "en", PROSE, "0"),
    ],
)
def test_a_number_is_written_as_its_place_asks(
    value: float, decimals: int | None, language: str, context: Context, text: str
) -> None:
    assert format_number(value, language, decimals, context) == text


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("en", "0.5"),
        ("pt-br", "0,5"),
        ("pt", "0,5"),
        ("de", "0,5"),
        ("de-ch", "0.5"),
        ("fr", "0,5"),
        ("es-mx", "0.5"),
        ("zh-hant-tw", "0.5"),
        ("pl-x", "0,5"),
        ("tlh", "0.5"),
    ],
)
def test_the_decimal_sign_is_the_one_of_the_language(language: str, written: str) -> None:
    assert format_number(0.5, language) == written
