from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from questionbank.drawings import DrawingProblem, Frame
from questionbank.items import ItemVerdict, ParseProblem, bind
from questionbank.items.hotspot import Hotspot
from questionbank.items.hotspot_areas import areas
from questionbank.items.messages import explain
from questionbank.pictures import RegionDefinition
from questionbank.variant import Variant
from tests.questionbank.samples.pictures import HOTSPOT_VARIANT, hotspot

LEFT, RIGHT, PEAK, NOWHERE = (-0.3, 20), (0.3, 20), (0.0, 10), (0.195, 10)
FRAME = Frame.of_stored_picture(200, 100)


def item(**changes) -> Hotspot:
    question = hotspot(**changes)
    bound = bind(question, HOTSPOT_VARIANT, "salt")
    assert isinstance(bound, Hotspot)
    return bound


def response(*points):
    return {"points": [[number, x, y] for number, (x, y) in enumerate(points, start=1)]}


@pytest.mark.parametrize(
    ("points", "net", "each", "all_or_nothing"),
    [
        ((LEFT, RIGHT), 1.0, 1.0, 1.0),
        ((LEFT,), 0.5, 0.5, 0.0),
        ((LEFT, PEAK), 0.0, 0.5, 0.0),
        ((LEFT, NOWHERE), 0.0, 0.5, 0.0),
        ((LEFT, LEFT), 0.5, 0.5, 0.0),
        ((PEAK, NOWHERE), 0.0, 0.0, 0.0),
    ],
)
def test_points_are_worth_what_the_rule_says(points, net, each, all_or_nothing):
    for rule, fraction in (
        ("net_correct", net),
        ("every_decision", each),
        ("all_or_nothing", all_or_nothing),
    ):
        assert item(scoring=rule).score(response(*points)).fraction == fraction


def test_the_order_of_the_points_does_not_matter():
    for points in permutations([LEFT, RIGHT, PEAK]):
        assert item().score(response(*points)).fraction == 0.5


def test_any_right_regions_will_do_where_fewer_points_may_be_set():
    spots = item().spots
    one = item(hotspot=replace(spots, points=1))
    assert one.wanted == 1
    for point in (LEFT, RIGHT):
        assert one.score(response(point)).verdict is ItemVerdict.RIGHT


def test_a_wrong_region_tells_which_mistake_it_is():
    told = item().feedback(response(LEFT, PEAK), seed=1, language="pt-br").hotspot
    assert told is not None
    assert [point.verdict for point in told.points] == ["right", "wrong"]
    assert "near zero" in told.points[1].message_html
    assert [region.is_found for region in told.regions] == [True, False]
    assert "hotspot__region" in told.marks_html
    assert told.marks_html.count("✓") == told.marks_html.count("✗") == 1


def test_the_page_before_the_answer_says_nothing_of_regions():
    shown = item().present(seed=1, language="en", response=response(LEFT)).hotspot
    assert shown is not None
    assert shown.marked == 1
    assert "hotspot__region" not in repr(shown)
    assert item(hotspot=replace(item().spots, regions=item().spots.regions[:1])).present(
        seed=1, language="en", response=response(LEFT)
    ).hotspot == replace(shown, points=shown.points)


def test_numbers_are_read_as_the_language_writes_them():
    fields = ["x1=-0,3", "y1=20", "x2=0.3", "y2=20"]
    read = item().parse({"answer": fields}, language="pt-br")
    assert not isinstance(read, ParseProblem)
    assert item().score(read).fraction == 1.0


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        (["x1=0.3"], "hotspot.half_point"),
        (["x1=0.3", "y1=900"], "hotspot.outside"),
        (["x1=here", "y1=1"], "number.not_a_number"),
        (["x3=0.3", "y3=1"], "hotspot.unknown_field"),
        (["0.3"], "hotspot.unknown_field"),
    ],
)
def test_what_is_no_point_is_said_in_words(fields, message):
    problem = item().parse({"answer": fields}, language="en")
    assert isinstance(problem, ParseProblem)
    assert problem.message == message
    for language in ("en", "pt-br"):
        assert "{" not in explain(problem, language)


@settings(max_examples=60)
@given(st.floats(1, 99), st.floats(1, 99), st.floats(2, 30))
def test_a_rectangle_a_polygon_and_a_circle_agree_on_their_middle_and_far_away(x, y, size):
    shapes = [
        RegionDefinition("r", "rectangle", (x - size, y - size, x + size, y + size)),
        RegionDefinition("c", "circle", (x, y, size)),
        RegionDefinition("p", "polygon", (x - size, y, x, y - size, x + size, y, x, y + size)),
    ]
    for area in areas(shapes, FRAME, Variant()):
        assert area.holds(FRAME.place(x, y))
        assert area.holds(area.inner)
        far = (100 if x < 50 else 0, 100 if y < 50 else 0)
        assert not area.holds(FRAME.place(*far))


def test_a_circle_is_round_on_the_screen_and_not_in_its_numbers():
    (circle,) = areas([RegionDefinition("c", "circle", (50, 50, 10))], FRAME, Variant())
    # 10 % across are 20 % down in a picture twice as wide as high
    assert circle.holds(FRAME.place(59, 50))
    assert circle.holds(FRAME.place(50, 69))
    assert not circle.holds(FRAME.place(57.5, 65))


def test_a_region_beside_the_picture_is_refused():
    for at in ((101, 10, 120, 20), (10, -30, 20, -20)):
        with pytest.raises(DrawingProblem):
            areas([RegionDefinition("r", "rectangle", at)], FRAME, Variant())
