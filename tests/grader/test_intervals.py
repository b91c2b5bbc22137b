"""Confidence intervals: known values, and their coverage counted over every possible sample."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.metrics.cpu_time import ratios_left_out
from grader.metrics.intervals import paired_difference, two_sided_z, wilson


@pytest.mark.parametrize(
    ("hits", "n", "low", "high"),
    [(8, 10, 0.4902, 0.9433), (0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (50, 100, 0.4038, 0.5962)],
)
def test_the_score_interval_of_known_cases(hits: int, n: int, low: float, high: float) -> None:
    assert wilson(hits, n) == pytest.approx((low, high), abs=1e-4)


@pytest.mark.parametrize("share", [0.05, 0.3, 0.5, 0.9])
def test_the_score_interval_holds_the_true_share_about_as_often_as_it_says(share: float) -> None:
    n = 60
    held = sum(
        math.comb(n, hits) * share**hits * (1 - share) ** (n - hits)
        for hits in range(n + 1)
        if wilson(hits, n)[0] <= share <= wilson(hits, n)[1]
    )
    assert 0.92 < held < 0.99


@pytest.mark.parametrize(("lost", "won"), [(0.01, 0.01), (0.05, 0.01), (0.1, 0.05), (0.2, 0.0), (0.0, 0.0)])
def test_the_paired_interval_holds_the_true_difference_at_least_as_often_as_it_says(
    lost: float, won: float
) -> None:
    n = 80
    held = 0.0
    for first in range(n + 1):
        for second in range(n + 1 - first):
            low, high = paired_difference(first, second, n)
            if low <= lost - won <= high:
                rest = n - first - second
                held += (
                    math.comb(n, first) * math.comb(n - first, second)
                    * lost**first * won**second * (1 - lost - won) ** rest
                )  # fmt: skip
    assert held > 0.94


@given(st.integers(0, 60), st.integers(0, 60), st.integers(1, 60), st.floats(0.5, 0.99))
def test_one_more_right_answer_never_worsens_either_end_of_a_paired_band(
    lost: int, won: int, rest: int, confidence: float
) -> None:
    """Whether it is one that was lost, or one that the network before had wrong too."""
    n = lost + won + rest
    low, high = paired_difference(lost, won, n, confidence)
    assert -1.0 <= low <= high <= 1.0

    better = [paired_difference(lost, won + 1, n, confidence)]
    if lost:
        better.append(paired_difference(lost - 1, won, n, confidence))
    for better_low, better_high in better:
        assert better_low <= low + 1e-12
        assert better_high <= high + 1e-12


@given(st.integers(0, 100), st.integers(1, 100))
def test_the_score_interval_rises_with_the_hits(hits: int, more: int) -> None:
    n = 200
    assert wilson(hits, n)[0] <= hits / n <= wilson(hits, n)[1]
    assert wilson(hits, n)[0] <= wilson(hits + more, n)[0]
    assert wilson(hits, n)[1] <= wilson(hits + more, n)[1]


@pytest.mark.parametrize("n", range(7, 62))
def test_the_band_of_a_race_holds_the_median_at_least_as_often_as_it_says(n: int) -> None:
    """The true median misses it only where too few of n fair coins fall on one side."""
    k = ratios_left_out(n)

    def miss(left_out: int) -> float:
        return 2 * sum(math.comb(n, i) for i in range(left_out + 1)) / 2**n

    assert miss(k) <= 0.05 < miss(k + 1)


@pytest.mark.parametrize("confidence", [0.0, 0.3, 0.999, 1.0])
def test_a_confidence_under_which_a_right_answer_more_could_cost_is_refused(confidence: float) -> None:
    with pytest.raises(ValueError, match="confidence"):
        two_sided_z(confidence)
