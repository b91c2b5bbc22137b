"""Which figure decides, and when there is nothing to decide."""

import pytest

from benchmarks.kernels.goals import Goal
from benchmarks.kernels.timing import Seconds
from benchmarks.kernels.verdict import limit_fraction, ratios, verdict

OURS = Seconds(least=1.0, median=2.0)
GOAL = Goal(gate=2.0, moonshot=4.0)


def test_it_works():
    found = ratios(OURS, {"slow": Seconds(9.0, 10.0), "quick": Seconds(3.0, 5.0)})
    assert (found.best_peer, found.of_medians, found.of_minima) == ("quick", 2.5, 3.0)
    assert verdict(GOAL, found) == "pass"


def test_the_least_time_of_any_peer_counts_for_the_ratio_of_minima():
    found = ratios(OURS, {"even": Seconds(4.0, 4.0), "lucky once": Seconds(1.0, 9.0)})
    assert found.best_peer == "even"
    assert found.surest == found.of_minima == 1.0


@pytest.mark.parametrize(
    ("peer", "expected"),
    [
        (Seconds(2.0, 4.0), "pass"),
        (Seconds(1.9, 4.0), "fail"),
        (Seconds(2.0, 3.9), "fail"),
    ],
)
def test_medians_and_minima_must_both_reach_the_gate(peer, expected):
    assert verdict(GOAL, ratios(OURS, {"peer": peer})) == expected


def test_a_gate_may_ask_for_more_than_speed():
    found = ratios(OURS, {"peer": Seconds(100.0, 100.0)})
    assert verdict(GOAL, found, condition=False) == "fail"


def test_without_a_goal_for_the_tier_the_verdict_is_skipped_however_slow_the_kernel_is():
    assert verdict(None, ratios(OURS, {"peer": Seconds(0.1, 0.1)})) == "skipped"


def test_without_an_installed_peer_the_verdict_is_skipped():
    assert verdict(GOAL, None) == "skipped"


def test_the_fastest_limit_is_the_limit():
    limits = {"one stream": Seconds(0.8, 0.9), "four streams": Seconds(0.5, 0.9)}
    assert limit_fraction(OURS, limits) == 0.5


def test_no_limit_no_fraction():
    assert limit_fraction(OURS, {}) is None
