"""Numbers as each language writes them: in prose, in mathematics, in code."""

from decimal import ROUND_HALF_UP, Decimal
from enum import Enum
from functools import lru_cache

from babel.core import Locale, UnknownLocaleError

#: Digits printed when the author asked for no number of decimals.
DEFAULT_SIGNIFICANT_DIGITS = 6
#: From here on the whole part is grouped by three; a four-digit number reads well without.
FIRST_GROUPED = 10_000
NARROW_SPACE = "\N{NARROW NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"
SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


class Context(Enum):
    PROSE = "prose"
    MATHEMATICS = "mathematics"
    CODE = "code"


@lru_cache(maxsize=200)
def writes_comma(language: str) -> bool:
    """Whether 1/2 is written 0,5 (Unicode CLDR); a language nobody knows writes a point."""
    for code in (language, language.split("-")[0]):
        try:
            return str(Locale.parse(code, sep="-").number_symbols["latn"]["decimal"]) == ","
        except (UnknownLocaleError, ValueError, KeyError):
            continue
    return False


def list_separator(language: str, context: Context) -> str:
    """Between the members of a list: a semicolon where the comma is the decimal sign."""
    if context is Context.CODE or not writes_comma(language):
        return ", "
    return "; "


def format_number(
    value: int | float, language: str, decimals: int | None = None, context: Context = Context.PROSE
) -> str:
    """`value` with `decimals` places, or as it is up to six significant digits."""
    exact = Decimal(value) if isinstance(value, int) else Decimal(repr(value))
    if decimals is not None:
        rounded = exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    else:
        rounded = _shortened(exact)
    if decimals is None and rounded and not Decimal("1e-6") <= abs(rounded) < Decimal("1e15"):
        return _with_exponent(rounded, language, context)
    sign = "-" if rounded < 0 else ""
    return _signed(sign, _plain(abs(rounded), language, context), context)


def _shortened(exact: Decimal) -> Decimal:
    """Whole numbers stay exact; the rest keeps six significant digits, without trailing zeros."""
    if exact == exact.to_integral_value():
        return exact.quantize(Decimal(1)) if abs(exact) < Decimal("1e15") else exact
    places = DEFAULT_SIGNIFICANT_DIGITS - 1 - exact.adjusted()
    return exact.quantize(Decimal(1).scaleb(-max(places, 0)), ROUND_HALF_UP).normalize()


def _plain(magnitude: Decimal, language: str, context: Context) -> str:
    whole, _, fraction = format(magnitude, "f").partition(".")
    if context is Context.CODE:
        return f"{whole}.{fraction}" if fraction else whole
    if int(whole) >= FIRST_GROUPED:
        whole = f"{int(whole):,}".replace(",", NARROW_SPACE if context is Context.PROSE else r"\,")
    if not fraction:
        return whole
    point = "." if not writes_comma(language) else "," if context is Context.PROSE else "{,}"
    return f"{whole}{point}{fraction}"


def _signed(sign: str, text: str, context: Context) -> str:
    return (MINUS if sign and context is Context.PROSE else sign) + text


def _with_exponent(value: Decimal, language: str, context: Context) -> str:
    exponent = value.adjusted()
    mantissa = _shortened(value.scaleb(-exponent))
    text = _signed("-" if mantissa < 0 else "", _plain(abs(mantissa), language, context), context)
    if context is Context.CODE:
        return f"{text}e{exponent}"
    if context is Context.MATHEMATICS:
        return f"{text} \\times 10^{{{exponent}}}"
    return f"{text} × 10{str(exponent).translate(SUPERSCRIPTS)}"
