"""Laws of points curves, for every curve an author can write."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.curves import Curve
from grader.metric import Metric, exact

values = st.floats(-1e6, 1e6, allow_nan=False)


@st.composite
def curves(draw: st.DrawFn) -> Curve:
    places = sorted(draw(st.sets(values, min_size=2, max_size=6)))
    shares = sorted(draw(st.lists(st.floats(0, 1), min_size=len(places) - 2, max_size=len(places) - 2)))
    shares = [0.0, *shares, 1.0]
    return Curve(tuple(zip(places, shares if draw(st.booleans()) else reversed(shares), strict=True)))


@given(curves(), values, values)
def test_better_is_never_worth_less(curve: Curve, one: float, other: float) -> None:
    worse, better = sorted((one, other), reverse=not curve.rises)

    assert 0.0 <= curve.share(worse) <= curve.share(better) <= 1.0


@given(curves())
def test_a_curve_goes_through_its_corners_and_is_level_beyond_them(curve: Curve) -> None:
    for value, share in curve.knots:
        assert curve.share(value) == pytest.approx(share, abs=1e-9)
    assert curve.share(float("-inf")) == curve.knots[0][1]
    assert curve.share(float("inf")) == curve.knots[-1][1]
    assert curve.share(float("nan")) == 0.0


@given(curves(), st.floats(0, 1))
def test_between_two_corners_a_curve_is_straight(curve: Curve, part: float) -> None:
    for (x0, y0), (x1, y1) in pairwise(curve.knots):
        between = x0 + part * (x1 - x0)
        # Rounding may put the place on a corner that has another one right beside it.
        beside = [y for x, y in curve.knots if abs(x - between) < 1e-9]
        assert curve.share(between) == pytest.approx(y0 + part * (y1 - y0), abs=1e-6) or beside


@given(curves())
def test_all_points_are_given_from_the_named_value_on(curve: Curve) -> None:
    assert curve.share(curve.full_from) == 1.0
    assert curve.share(curve.full_from + (1.0 if curve.rises else -1.0)) == 1.0


@given(curves(), st.lists(values, min_size=3, max_size=3).map(sorted))
def test_what_is_not_known_for_sure_never_costs_points(curve: Curve, band: list[float]) -> None:
    low, value, high = band
    metric = Metric(key="mse", value=value, low=low, high=high)

    assert curve.share_of(metric) >= curve.share(value)
    assert curve.share_of(exact("mse", value)) == curve.share(value)
    if curve.decides(metric):
        assert curve.share(low) == curve.share(value) == curve.share(high)


@pytest.mark.parametrize(
    ("corners", "says"),
    [
        ([[0, 0]], "two corners"),
        ([[0, 0], [0, 1]], "ascend"),
        ([[2, 0], [1, 1]], "ascend"),
        ([[0, 0], [1, 0.5]], "from 0 to 1"),
        ([[0, 0], [1, 1], [2, 0]], "only rise"),
        ([[0, -1], [1, 1]], "from 0 to 1"),
        ([[0, 0], [1, 2]], "from 0 to 1"),
        ([[0, 0], [float("inf"), 1]], "finite"),
        ([[0, float("nan")], [1, 1]], "finite"),
        ([[0, 0, 0], [1, 1]], "not a corner"),
        ([["0", 0], [1, 1]], "not a corner"),
        ([[True, 0], [2, 1]], "not a corner"),
        ("0,0", "list of corners"),
        (7, "list of corners"),
    ],
)
def test_what_is_no_curve_is_refused(corners: object, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        Curve.parse(corners)


def test_a_curve_is_read_from_lists_as_from_tuples() -> None:
    assert Curve.parse([[2, 0], [8, 1]]) == Curve.parse(((2, 0.0), (8.0, 1)))


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_a_metric_holds_finite_numbers_only(number: float) -> None:
    with pytest.raises(ValueError, match="finite"):
        exact("mse", number)
    with pytest.raises(ValueError, match="finite"):
        exact("mse", 1.0, reference=number)


def test_a_metric_lies_in_its_band() -> None:
    with pytest.raises(ValueError, match="between"):
        Metric(key="mse", value=3.0, low=1.0, high=2.0)
