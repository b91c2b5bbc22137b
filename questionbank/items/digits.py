"""How many significant digits an answer must show."""

from questionbank.items.number_parsing import Digits
from questionbank.items.outcome import ParseProblem
from questionbank.typed import DigitsDefinition


def digits_problem(wanted: DigitsDefinition | None, typed: Digits | None) -> ParseProblem | None:
    """`typed`: the least and the greatest number that can be meant; 1200 may have two to four."""
    if wanted is None:
        return None
    if typed is None:
        return ParseProblem("number.digits_of_fraction")
    least, most = typed
    if most < wanted.least:
        return ParseProblem("number.too_few_digits", {"least": str(wanted.least)})
    if wanted.most is not None and least > wanted.most:
        return ParseProblem("number.too_many_digits", {"most": str(wanted.most)})
    return None


def decimals_for(wanted: DigitsDefinition | None, key: float, decimals: int | None) -> int | None:
    """As many decimals as show the wanted digits of the key; `decimals` where nothing is wanted."""
    if wanted is None or key == 0:
        return decimals
    least = _decimals(key, wanted.least)
    if wanted.most is None:
        return least if decimals is None else max(least, decimals)
    most = _decimals(key, wanted.most)
    return max(least, most if decimals is None else min(decimals, most))


def _decimals(key: float, digits: int) -> int:
    """At which the key, rounded, shows so many significant digits; 0.97 rounded to one digit is 1."""
    exponent = int(f"{abs(key):.{digits - 1}e}".partition("e")[2])
    return max(0, digits - 1 - exponent)
