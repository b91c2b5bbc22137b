"""How many significant digits an answer must show."""

import math

from questionbank.items.base import ParseProblem
from questionbank.items.number_parsing import Digits
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
    leading = math.floor(math.log10(abs(key)))
    least = max(0, wanted.least - 1 - leading)
    if wanted.most is None:
        return least if decimals is None else max(least, decimals)
    most = max(0, wanted.most - 1 - leading)
    return max(least, most if decimals is None else min(decimals, most))
