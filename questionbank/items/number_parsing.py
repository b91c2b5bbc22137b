"""Numbers as people type them: comma and point in every language, Unicode signs, powers of ten, fractions, percent.

`float()` is never given the text itself: it takes NaN, infinity, underscores and other scripts' digits.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from questionbank.rendering.numbers import Context, format_number, writes_comma

MAX_LENGTH = 80
#: Beyond this no answer of this field lies, and 10**exponent stays cheap.
MAX_EXPONENT = 99

_MINUS_SIGNS = str.maketrans(dict.fromkeys("\u2212\u2010\u2011\u2012\u2013\ufe63\uff0d", "-"))
_SPACES = re.compile(r"[ \t\u00a0\u2009\u202f\u2007\u2008]+")
_SUPERSCRIPT = re.compile(r"(?<=10)([⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)")
_FROM_SUPERSCRIPT = str.maketrans("⁻⁺⁰¹²³⁴⁵⁶⁷⁸⁹", "-+0123456789")
_NUMERAL = r"(?:\d[\d ]*(?:[.,][\d ]*)*|[.,]\d[\d ]*)"
_TIMES = r" ?(?:x|X|\*|·|×|⋅) ?"
_NUMBER = re.compile(
    rf"(?P<sign>[+-] ?)?(?P<mantissa>{_NUMERAL})"
    rf"(?:(?:[eE]|{_TIMES}10 ?(?:\^|\*\*) ?)(?P<exponent>\(?[+-]?\d+\)?))?"
    rf"(?: ?/ ?(?P<below>{_NUMERAL}))?(?P<rest>.*)",
    re.ASCII | re.DOTALL,
)
_BARE_POWER = re.compile(
    r"(?P<sign>[+-] ?)?10 ?(?:\^|\*\*) ?(?P<exponent>\(?[+-]?\d+\)?)(?P<rest>.*)", re.ASCII
)
_GROUPS = re.compile(r"[1-9]\d{0,2}(?:(?P<separator>[., ])\d{3})(?:(?P=separator)\d{3})*", re.ASCII)

Digits = tuple[int, int]


@dataclass(frozen=True)
class ParsedNumber:
    value: float
    #: The number in the reader's language without grouping: "read as 1024".
    reading: str
    #: "1.024" may be a thousand or one: the language decided, and the page must say how.
    ambiguous: bool = False
    #: What the text itself says, before its unit is counted in.
    number: float = field(default=0.0, compare=False)
    #: The unit as typed; empty where none was.
    unit: str = field(default="", compare=False)
    #: The least and the greatest number of significant digits that can be meant; None: a fraction shows none.
    digits: Digits | None = field(default=None, compare=False)


@dataclass(frozen=True)
class NumberProblem:
    message: str
    found: str = ""


@dataclass(frozen=True)
class _Numeral:
    value: Fraction
    ambiguous: bool
    digits: Digits


class _Refused(Exception):
    def __init__(self, message: str, found: str = "") -> None:
        super().__init__(message)
        self.problem = NumberProblem(message, found)


def parse_number(
    text: str, language: str, unit: str = "", units: Mapping[str, float] | None = None
) -> ParsedNumber | NumberProblem | None:
    """None for a blank text. A unit may follow the number: `unit`, one of `units`, or a percent sign.

    `units` says how many `unit` one of each is; the value is given in `unit`.
    """
    tidy = _tidy(text)
    if not tidy:
        return None
    try:
        _refuse_foreign(tidy)
        exact, rest, ambiguous, digits = _read(tidy, language)
        rest = rest.strip()
        factor = _converted(rest, unit, units) if units else _factor(rest, unit)
        value = _as_float(exact * factor)
        return ParsedNumber(
            value, reading(value, language), ambiguous, _as_float(exact), rest if rest != "%" else "", digits
        )
    except _Refused as refused:
        return refused.problem


def reading(value: float, language: str) -> str:
    """The value with all its digits, as one types it in this language."""
    value = float(value)  # JSON may give a whole number
    if value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    text = repr(value)
    return text.replace(".", ",") if writes_comma(language) else text


def typed(value: float, language: str, decimals: int | None = None) -> str:
    """A number printed for a reader; `parse_number` takes it back."""
    return format_number(value, language, decimals, Context.PROSE)


def _tidy(text: str) -> str:
    joined = _SPACES.sub(" ", text.translate(_MINUS_SIGNS)).strip()
    return _SUPERSCRIPT.sub(lambda found: "^" + found[1].translate(_FROM_SUPERSCRIPT), joined)


def _refuse_foreign(text: str) -> None:
    if len(text) > MAX_LENGTH:
        raise _Refused("number.too_long")
    if "_" in text:
        raise _Refused("number.underscore")
    bare = text.lstrip("+- ").lower()
    if re.match(r"0[xbo]", bare):
        raise _Refused("number.not_decimal")
    if re.match(r"(nan|inf|infinity|infinito|∞)\b|∞", bare):
        raise _Refused("number.not_finite")


def _read(text: str, language: str) -> tuple[Fraction, str, bool, Digits | None]:
    power = _BARE_POWER.fullmatch(text)
    if power:
        return _signed(power, _power_of_ten(power["exponent"])), power["rest"], False, (1, 1)
    found = _NUMBER.fullmatch(text)
    if not found:
        raise _Refused("number.not_a_number", text)
    scientific = found["exponent"] is not None
    numeral = _numeral(found["mantissa"], language, decimal_only=scientific)
    value, ambiguous, digits = numeral.value, numeral.ambiguous, numeral.digits
    if scientific:
        value *= _power_of_ten(found["exponent"])
    if found["below"] is None:
        return _signed(found, value), found["rest"], ambiguous, digits
    below = _numeral(found["below"], language)
    if below.value == 0:
        raise _Refused("number.division_by_zero")
    return _signed(found, value / below.value), found["rest"], ambiguous or below.ambiguous, None


def _signed(found: re.Match[str], value: Fraction) -> Fraction:
    return -value if (found["sign"] or "").startswith("-") else value


def _power_of_ten(exponent: str) -> Fraction:
    digits = exponent.strip("()")
    if len(digits) > 4 or abs(int(digits)) > MAX_EXPONENT:
        raise _Refused("number.too_large")
    return Fraction(10) ** int(digits)


def _numeral(text: str, language: str, decimal_only: bool = False) -> _Numeral:
    text = text.strip()
    separators = [sign for sign in text if sign in ".,"]
    if not separators:
        return _join(_grouped(text), "")
    decimal = separators[-1]
    if len(set(separators)) == 2:
        if separators.count(decimal) > 1:
            raise _Refused("number.separators", text)
        whole, _, fraction = text.rpartition(decimal)
        return _join(_grouped(whole), fraction)
    if len(separators) > 1:
        return _join(_grouped(text), "")
    whole, _, fraction = text.partition(decimal)
    ambiguous = not decimal_only and _GROUPS.fullmatch(text) is not None
    if ambiguous and (decimal == ",") != writes_comma(language):
        return _join(whole + fraction, "", ambiguous)
    return _join(_grouped(whole), fraction, ambiguous)


def _grouped(whole: str) -> str:
    """The digits of a whole part, whose groups must be of three and divided by one kind of sign."""
    if whole.isdigit() or not whole:
        return whole
    if not _GROUPS.fullmatch(whole):
        raise _Refused("number.separators", whole)
    return re.sub(r"[., ]", "", whole)


def _join(whole: str, fraction: str, ambiguous: bool = False) -> _Numeral:
    if " " in fraction and not re.fullmatch(r"(\d{3} )+\d{1,3}", fraction, re.ASCII):
        raise _Refused("number.separators", f"{whole},{fraction}")
    fraction = fraction.replace(" ", "")
    return _Numeral(
        Fraction(int((whole or "0") + fraction), 10 ** len(fraction)),
        ambiguous,
        significant_digits(whole, fraction),
    )


def significant_digits(whole: str, fraction: str) -> Digits:
    """The zeros at the end of a whole number may count or not; those after the decimal sign always do."""
    counted = (whole + fraction).lstrip("0")
    if not counted:  # nothing but zeros
        return 1, max(1, len(fraction))
    return (len(counted) if fraction else len(counted.rstrip("0"))), len(counted)


def _micro(unit: str) -> str:
    """The two signs for micro, and the u that stands for them, are one."""
    return re.sub("^[u\u00b5](?=[A-Za-z])", "\u03bc", unit)


def _converted(rest: str, unit: str, units: Mapping[str, float]) -> Fraction:
    """Units differ by their capitals (b and B, kB and KiB), so these must be exact."""
    if not rest:
        return Fraction(1)
    factors = {_micro(name): factor for name, factor in ({unit: 1} | dict(units)).items()}
    if _micro(rest) in factors:
        return Fraction(Decimal(repr(factors[_micro(rest)])))
    if rest[0] in "+-*/^=<>(" or rest[0].isdigit():
        raise _Refused("number.not_a_number", rest)
    raise _Refused("number.units", rest)


def _factor(rest: str, unit: str) -> Fraction:
    """What the words after the number mean. Plural of the unit included; a percent sign divides by 100."""
    known = {name.casefold() for name in (unit, unit + "s", unit + "es", unit.rstrip("s")) if name}
    if not rest or (unit and (rest == unit or rest.casefold() in known)):
        return Fraction(1)
    if rest == "%":
        return Fraction(1, 100)
    if rest[0] in "+-*/^=<>(" or rest[0].isdigit():
        raise _Refused("number.not_a_number", rest)
    raise _Refused("number.unit" if unit else "number.no_unit", rest)


def _as_float(exact: Fraction) -> float:
    try:
        return float(exact)
    except OverflowError as overflow:
        raise _Refused("number.too_large") from overflow
