import re
from xml.etree import ElementTree

import nh3
import pytest

from questionbank.rendering import RenderingProblem, parts_of, plain, render
from questionbank.rendering.allowed import ATTRIBUTES, TAGS
from questionbank.rendering.mathematics import mathml
from questionbank.variant import Variant

FORMULAS = [
    r"s = \frac{x_{max} - x_{min}}{2^b - 1}",
    r"\left(\sum_{i=1}^{n} p_i \log_2 \frac{1}{p_i}\right)",
    r"\begin{bmatrix} 1 & 0 \\ 0 & 1 \end{bmatrix}",
    r"\operatorname{round}(x / s) + z",
    r"\sqrt{\sigma^2 + \varepsilon}",
    r"\lfloor x \rceil \le \hat{x} \cdot \text{bits}",
    r"\underbrace{a + b}_{n}",
    r"\begin{cases} 1 & x > 0 \\ 0 & \text{else} \end{cases}",
]
VARIANT = Variant(
    params={"x": -1.25, "w": [0.5, 2], "word": "a*b*<i>", "n": 12345}, options={"a": 0.5}, key=3.14159
)


def shown(source: str, language: str = "en") -> str:
    return render(source, language, VARIANT)


@pytest.mark.parametrize("latex", FORMULAS)
@pytest.mark.parametrize("display", [False, True])
def test_mathml_survives_the_cleaning_whole(latex: str, display: bool) -> None:
    converted = mathml(latex, "en", display)
    cleaned = nh3.clean(converted, tags=TAGS, attributes=ATTRIBUTES)
    before, after = ElementTree.fromstring(converted), ElementTree.fromstring(cleaned)
    assert [(each.tag, each.attrib, each.text) for each in after.iter()] == [
        (each.tag, {k: v for k, v in each.attrib.items() if k in ATTRIBUTES["math"]}, each.text)
        for each in before.iter()
    ]


def test_a_displayed_formula_says_so_to_assistive_technology() -> None:
    assert 'display="block"' in shown("$$x^2$$")
    assert 'display="inline"' in shown("Take $x^2$.")


def test_a_decimal_is_one_number_in_both_languages() -> None:
    assert "<mn>0.78</mn>" in shown("$0.78$", "en")
    assert "<mn>0,78</mn>" in shown("$0{,}78$", "pt-br")
    assert "<mn>0,78</mn>" in shown("$0.78$", "pt-br")


def test_a_word_as_an_index_is_one_word_and_letters_stay_letters() -> None:
    assert "<mtext>max</mtext>" in shown("$x_{max}$")
    assert "<mi>i</mi><mi>j</mi>" in shown("$w_{ij}$")


def test_each_place_writes_the_same_value_in_its_own_way() -> None:
    html = shown("[[x]], $[[x]]$, `[[x]]`, [[w]], `[[w]]`", "pt-br")
    assert html == (
        '<p>−1,25, <math xmlns="http://www.w3.org/1998/Math/MathML" display="inline"><mrow><mo>−</mo>'
        "<mn>1,25</mn></mrow></math>, <code>-1.25</code>, 0,5; 2, <code>0.5, 2</code></p>\n"
    )


def test_decimals_work_inside_a_table_whose_cells_end_with_the_same_sign() -> None:
    html = shown("| a | b |\n|---|---|\n| [[key|2]] | [[option.a|3]] |")
    assert "<td>3.14</td>" in html
    assert "<td>0.500</td>" in html


def test_a_drawn_text_is_neither_markdown_nor_html() -> None:
    assert shown("[[word]]") == "<p>a*b*&lt;i&gt;</p>\n"


@pytest.mark.parametrize(
    "source",
    [
        "<script>alert(1)</script>",
        "<b onclick=x>b</b>",
        "[link](javascript:alert(1))",
        "![picture](https://example.org/x.png)",
        "$\\text{<img src=x onerror=alert(1)>}$",
        "```html\n<script>\n```",
        "$\\href{javascript:alert(1)}{x}$",
    ],
)
def test_nothing_an_author_writes_becomes_active(source: str) -> None:
    try:
        html = shown(source)
    except RenderingProblem:
        return
    root = ElementTree.fromstring(f"<div>{html}</div>".replace("&nbsp;", " "))
    for element in root.iter():
        name = element.tag.rpartition("}")[2]
        assert name in TAGS
        assert not any(key.startswith("on") or key == "style" for key in element.attrib)
        assert not element.attrib.get("href", "").startswith("javascript")


def test_code_is_coloured_by_classes_only() -> None:
    html = shown("```python\nx = [[x]]  # [[w]]\n```")
    assert '<span class="c1"># 0.5, 2</span>' in html
    assert "style" not in html


def test_an_unknown_language_of_code_is_plain_text() -> None:
    assert "x = 1" in shown("```no-such-language\nx = 1\n```")


def test_a_phrase_has_no_paragraph_around_it() -> None:
    assert render("Yes, *always*", "en", VARIANT, inline=True) == "Yes, <em>always</em>"


@pytest.mark.parametrize(
    ("source", "problem"),
    [
        ("[[nothing]]", "stands for nothing"),
        ("[[option.b]]", "stands for nothing"),
        ("a $ is alone", "left over"),
        (r"$\frac{1}$", "incomplete"),
        (r"$\frac{1$", "unequal braces"),
        (r"$\foo{x}$", r"uses \\foo"),
        (r"$\left( x$", "cannot be read"),
    ],
)
def test_a_faulty_text_is_refused_with_advice(source: str, problem: str) -> None:
    with pytest.raises(RenderingProblem, match=problem):
        shown(source)


def test_an_escaped_dollar_is_a_dollar() -> None:
    assert shown(r"It costs 5\$ a day.") == "<p>It costs 5$ a day.</p>\n"


def test_plain_text_has_the_numbers_and_no_markup() -> None:
    assert plain("*At* $[[option.a|2]]$ < `[[x]]`", "pt-br", VARIANT) == "At 0,50 &lt; -1.25"


def test_a_text_is_taken_apart_with_its_placeholders() -> None:
    parts = parts_of("Take [[x|2]] and $[[w]]^2$ or `[[x]]`:\n\n```python\ny = 1\n```\n\n$$z$$")
    assert (parts.formulas, parts.code) == (("[[w]]^2", "z"), ("[[x]]", "y = 1\n"))
    assert re.sub(r"\s+", " ", parts.prose).strip() == "Take [[x|2]] and or :"
