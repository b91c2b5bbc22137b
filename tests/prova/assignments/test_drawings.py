"""Pictures as SVG: finite places inside the view box, and the same numbers as a table."""

import re
from xml.etree import ElementTree

import hypothesis.strategies as st
import pytest
from django.template.loader import render_to_string
from django.utils.translation import override
from hypothesis import given
from prova.assignments.drawings import draw_picture, draw_points_curve
from prova.assignments.drawings.axis import Axis
from prova.assignments.drawings.histogram import HistogramDrawing
from prova.assignments.drawings.staircase import StaircaseDrawing

from grader.metric import Metric
from grader.picture import CodeLengths, Picture, Staircase, WeightHistogram

numbers = st.floats(-1e30, 1e30)
STAIRCASE = Staircase(
    x=(-1.0, -0.6, 0.0, 0.6, 1.0),
    got=(-1.0, 0.0, 0.0, 0.0, 1.0),
    expected=(-1.0, -1.0, 0.0, 1.0, 1.0),
    step=1.0,
)
HISTOGRAM = WeightHistogram(
    edges=(-1.0, -0.5, 0.0, 0.5, 1.0),
    kept=(2, 0, 0, 5000),
    dropped=(0, 40, 1, 0),
    smallest_kept=0.5,
    largest_dropped=0.4,
)
CODES = CodeLengths(
    symbols=("0", "'<b>'"),
    probabilities=(0.75, 0.25),
    lengths=(1.0, 3.0),
    mean_bits=1.5,
    entropy_bits=0.8112781,
    kraft_sum=0.625,
    left_out=3,
)
METRIC = Metric(key="sparsity", value=0.8, low=0.75, high=0.85, curve=((0.5, 0.0), (0.9, 1.0)))


def html_of(picture: Picture, language: str = "en") -> str:
    with override(language):
        drawing = draw_picture(picture, language)
        return render_to_string(drawing.template, {"id": "p", "title": "What there is", "drawing": drawing})


def tree_of(html: str) -> ElementTree.Element:
    return ElementTree.fromstring(html.strip())


@given(low=numbers, high=numbers, value=numbers)
def test_whatever_lies_on_an_axis_is_drawn_between_its_ends(low: float, high: float, value: float) -> None:
    axis = Axis.over((low, high, value), 40, 390)
    assert 40 <= axis.at(value) <= 390
    assert 1 <= len(axis.ticks("en")) <= 12
    assert all(40 <= tick.at <= 390 for tick in axis.ticks("pt-br"))


@given(points=st.lists(st.tuples(numbers, numbers, numbers), min_size=2, max_size=60))
def test_any_staircase_stays_inside_its_drawing(points: list[tuple[float, float, float]]) -> None:
    x, got, expected = zip(*sorted(points), strict=True)
    drawing = draw_picture(Staircase(x=x, got=got, expected=expected), "en")
    assert isinstance(drawing, StaircaseDrawing)
    for path in (drawing.expected, drawing.got, drawing.expected_error, drawing.got_error):
        places = [float(number) for number in re.findall(r"-?[\d.]+", path)]
        assert len(places) == 2 * len(points)
        assert all(0 <= place <= drawing.width for place in places[::2])
        assert all(0 <= place <= drawing.height for place in places[1::2])


@pytest.mark.parametrize("language", ["en", "pt-br"])
@pytest.mark.parametrize("picture", [STAIRCASE, HISTOGRAM, CODES], ids=lambda picture: picture.kind)
def test_a_drawing_is_named_and_has_its_numbers_as_a_table(picture: Picture, language: str) -> None:
    tree = tree_of(html_of(picture, language))
    svg = tree.find("svg")
    assert svg is not None
    named = {each.get("id") for each in svg.iter() if each.tag in {"title", "desc"}}
    assert set((svg.get("aria-labelledby") or "").split()) == named == {"p-title", "p-desc"}
    assert len(tree.findall(".//tbody/tr")) >= 2
    for element in tree.iter():
        for name in ("x", "y", "x1", "y1", "width", "height", "d", "cx", "cy"):
            # a template prints numbers in the page's language, an SVG reads a point
            assert not re.search(r"\d,\d+,", element.get(name, "")), (element.tag, name, element.get(name))
            if name != "d" and element.get(name):
                float(element.get(name, ""))


def test_the_table_of_a_staircase_is_about_where_it_differs() -> None:
    cells = [cell.text for cell in tree_of(html_of(STAIRCASE, "pt-br")).findall(".//tbody/tr/th")]
    assert cells == ["-0,6", "0,6"]


def test_a_single_dropped_weight_can_be_seen() -> None:
    drawing = draw_picture(HISTOGRAM, "en")
    assert isinstance(drawing, HistogramDrawing)
    assert min(float(bar.height) for bar in (*drawing.kept, *drawing.dropped)) >= 1.5
    assert sorted(drawing.cuts) == ["134.0", "306.0"]


def test_symbols_are_escaped() -> None:
    html = html_of(CODES)
    assert "<b>" not in html
    assert "&lt;b&gt;" in html
    assert "3 less probable symbols are not drawn" in html


def test_the_better_end_of_the_band_stands_on_the_curve() -> None:
    curve = draw_points_curve(METRIC, 0.875, "en")
    assert curve is not None
    right = float(curve.band_x) + float(curve.band_width)
    assert float(curve.counted_x) == pytest.approx(right, abs=0.11)
    falling = Metric(key="mse", value=0.8, low=0.75, high=0.85, curve=((0.5, 1.0), (0.9, 0.0)))
    fallen = draw_points_curve(falling, 0.375, "en")
    assert fallen is not None
    assert float(fallen.counted_x) == pytest.approx(float(fallen.band_x), abs=0.11)


def test_a_number_without_a_curve_is_not_drawn() -> None:
    assert draw_points_curve(Metric(key="mse", value=1.0, low=1.0, high=1.0), 0.0, "en") is None


extremes = st.sampled_from(
    [0.0, 5e-324, -5e-324, 1e-310, 1e-300, 1.0, 1.0 + 2**-52, 1e16, 1e16 + 2, -1e30, 1e30]
)


@given(st.lists(st.tuples(extremes, extremes, extremes), min_size=2, max_size=4), st.none() | st.just(5e-324))
def test_values_that_a_program_chose_in_order_to_break_the_page_are_drawn(points, step):
    x, got, expected = zip(*sorted(points), strict=True)
    drawing = draw_picture(Staircase(x=x, got=got, expected=expected, step=step), "en")
    assert isinstance(drawing, StaircaseDrawing)
    assert all(len(ticks) < 20 for ticks in (drawing.x_ticks, drawing.y_ticks, drawing.error_ticks))


@given(st.lists(extremes | st.sampled_from([1.79e308, -1.79e308]), min_size=3, max_size=3).map(sorted))
def test_a_number_of_any_size_stands_on_its_curve(values):
    low, value, high = values
    metric = Metric(key="mse", value=value, low=low, high=high, curve=((0.0, 1.0), (1e-300, 0.0)))
    drawing = draw_points_curve(metric, 0.5, "en")
    assert drawing is not None
    assert len(drawing.x_ticks) < 20


@given(st.sets(extremes, min_size=2, max_size=4).map(sorted))
def test_weights_of_any_size_have_a_histogram(edges):
    bins = len(edges) - 1
    histogram = WeightHistogram(edges=tuple(edges), kept=(1,) * bins, dropped=(10**29,) * bins)
    drawing = draw_picture(histogram, "en")
    assert isinstance(drawing, HistogramDrawing)
    assert len(drawing.x_ticks) < 20
