from xml.etree import ElementTree

import pytest

from questionbank.rendering.line_breaks import breakable
from questionbank.rendering.mathematics import mathml

LONG = r"x = s\,(q - z) = 0.05 \cdot (50 - 105) \approx -2.75"


def formulas(html: str) -> list[str]:
    """The text of each formula."""
    return ["".join(formula.itertext()) for formula in ElementTree.fromstring(f"<p>{html}</p>")]


def test_a_long_formula_may_be_broken_before_each_relation():
    pieces = formulas(breakable(mathml(LONG, "en", False)))
    assert len(pieces) == 4
    assert [piece[0] for piece in pieces[1:]] == ["=", "=", "≈"]


@pytest.mark.parametrize("latex", [LONG, "x = 1", r"\frac{a = b + c + d + e + f}{2} + g + h + i"])
def test_nothing_of_a_formula_is_lost_or_changed(latex):
    whole = mathml(latex, "pt-br", False)
    assert "".join(formulas(breakable(whole))) == "".join(formulas(whole))


def test_a_short_formula_stays_as_it_is():
    short = mathml("2^b - 1 = 255", "en", False)
    assert breakable(short) == short


def test_a_relation_inside_a_fraction_is_no_place_to_break():
    assert len(formulas(breakable(mathml(r"\frac{a = b + c + d + e + f}{2} + g + h + i", "en", False)))) == 1
