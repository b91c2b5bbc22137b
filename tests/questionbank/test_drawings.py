"""Plots in questions: what they draw, and what they refuse."""

from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from questionbank.drawings import DrawingProblem, draw
from questionbank.drawings.scale import Scale
from questionbank.pictures import ImageText
from questionbank.variant import Variant

TEXT = ImageText(alt="alt", x="weight <w>", y="count & more")
SOUND = {
    "histogram": {"kind": "histogram", "edges": [0, 1, 2], "counts": [3, 0], "marks": [1]},
    "staircase": {"kind": "staircase", "edges": [-1, 0, 1], "levels": [-0.5, 0.5], "identity": True},
    "bars": {"kind": "bars", "values": [1, 20, 300], "names": ["a", "b", "c"], "log": True},
    "curve": {"kind": "curve", "x": [1, 2, 4], "y": [0.5, 0.25, 0.1]},
    "matrix": {"kind": "matrix", "columns": 2, "values": [0, 1.5, -2, 0]},
}


def plot(fields, language="en", variant=None):
    return draw(fields, TEXT, language, variant or Variant())


@pytest.mark.parametrize("kind", SOUND)
def test_every_kind_is_one_svg_with_words_and_without_styles_or_ids(kind):
    drawn = plot(SOUND[kind]).svg('what "it" shows')
    root = ElementTree.fromstring(drawn)
    assert root.get("role") == "img"
    assert root.get("aria-label") == 'what "it" shows'
    assert not any({"style", "id", "fill"} & set(element.attrib) for element in root.iter())


@pytest.mark.parametrize("kind", SOUND)
def test_every_kind_has_its_numbers_as_a_table(kind):
    table = plot(SOUND[kind]).table
    assert table.rows
    assert all(len(row) == len(table.head) for row in table.rows)


def test_numbers_are_written_as_the_language_writes_them():
    assert "1.5" in plot(SOUND["matrix"]).body
    assert "1,5" in plot(SOUND["matrix"], "pt-br").body


def test_a_drawing_takes_its_numbers_from_the_variant():
    fields = {"kind": "bars", "values": ["[[a]]", 2], "marks": "[[marks]]"}
    table = plot(fields, variant=Variant(params={"a": 7, "marks": [1]})).table
    assert [row[1] for row in table.rows] == ["7", "2"]
    with pytest.raises(DrawingProblem, match=r"\[\[a\]\] stands for nothing"):
        plot(fields)


@pytest.mark.parametrize(
    ("kind", "change"),
    [
        ("histogram", {"edges": [0, 1]}),
        ("histogram", {"edges": [0, 2, 1]}),
        ("histogram", {"counts": [-1, 1]}),
        ("histogram", {"counts": [float("inf"), 1]}),
        ("histogram", {"colour": "red"}),
        ("staircase", {"levels": [1]}),
        ("bars", {"values": [0, 1, 2]}),
        ("bars", {"names": ["a"]}),
        ("curve", {"x": [1, 1, 2]}),
        ("curve", {"y": [0, 1, 2], "log_y": True}),
        ("matrix", {"columns": 3}),
        ("matrix", {"kind": "pie"}),
    ],
)
def test_numbers_that_make_no_drawing_are_refused_in_words(kind, change):
    with pytest.raises(DrawingProblem) as problem:
        plot(SOUND[kind] | change)
    assert problem.value.advice


@settings(max_examples=80)
@given(
    st.floats(-1e6, 1e6),
    st.floats(1e-3, 1e6),
    st.floats(0, 1),
    st.booleans(),
)
def test_a_place_on_an_axis_and_its_number_are_each_others_inverse(low, width, share, is_log):
    low = abs(low) + 1e-3 if is_log else low
    scale = Scale(low, low + width, 390, 50, is_log=is_log)
    value = low + share * width
    place = scale.at(value)
    assert 50 - 1e-6 <= place <= 390 + 1e-6
    assert abs(scale.at(scale.value(place)) - place) < 1e-3


def test_ticks_lie_on_the_axis_and_are_few():
    for low, high in ((0, 1), (-0.35, 0.4), (0, 640), (1e-6, 2e-6)):
        ticks = Scale(low, high, 0, 400).ticks("en")
        assert 2 <= len(ticks) <= 8
        assert len({tick.label for tick in ticks}) == len(ticks)
    assert [tick.label for tick in Scale(0.1, 1000, 0, 400, is_log=True).ticks("pt-br")] == [
        "0,1",
        "1",
        "10",
        "100",
        "1000",
    ]
