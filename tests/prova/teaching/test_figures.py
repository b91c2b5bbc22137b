from hypothesis import given
from hypothesis import strategies as st
from prova.teaching.figures import bin_counts, share, summarise

shares = st.lists(st.floats(0, 1), max_size=60)


@given(shares=shares, bins=st.integers(1, 20))
def test_every_share_is_in_exactly_one_bin(shares, bins):
    assert sum(bin_counts(shares, bins)) == len(shares)


def test_a_share_on_an_edge_belongs_to_the_bin_above_it_and_full_marks_to_the_last():
    assert bin_counts([0.0, 0.1, 0.7, 0.3, 1.0]) == (1, 1, 0, 1, 0, 0, 0, 1, 0, 1)


@given(points=st.integers(0, 10))
def test_an_edge_is_not_lost_to_rounding(points):
    assert bin_counts([points / 10])[min(points, 9)] == 1


@given(shares=shares.filter(bool))
def test_mean_and_median_lie_between_lowest_and_highest(shares):
    summary = summarise(shares)
    lowest, highest = min(shares), max(shares)
    assert (summary.lowest, summary.highest) == (lowest, highest)
    assert lowest <= (summary.median or 0.0) <= highest
    assert lowest - 1e-9 <= (summary.mean or 0.0) <= highest + 1e-9


def test_a_class_without_scores_has_no_figures():
    summary = summarise([])
    assert (summary.count, summary.mean, summary.median) == (0, None, None)


def test_no_share_without_a_score_or_without_anything_to_be_had():
    assert share(None, 10) is None
    assert share(3, 0) is None
    assert share(3, 4) == 0.75
