import pytest
from hypothesis import given
from hypothesis import strategies as st
from prova.gradebook.policies import Counts, Score, counted

scores = st.lists(st.builds(Score, st.floats(0, 100), st.floats(0, 100)), min_size=1)


@pytest.mark.parametrize("counts", Counts)
def test_no_scores_no_grade(counts):
    assert counted([], counts) is None


@given(scores)
def test_no_score_beats_the_best(earned):
    best = counted(earned, Counts.BEST)
    assert best is not None
    assert best in earned
    assert all(score.share <= best.share for score in earned)


@given(scores)
def test_first_and_last_go_by_the_order_in_which_they_were_earned(earned):
    assert counted(earned, Counts.FIRST) is earned[0]
    assert counted(earned, Counts.LAST) is earned[-1]


def test_best_is_by_share_when_the_maximum_changed():
    assert counted([Score(9, 20), Score(8, 10)], Counts.BEST) == Score(8, 10)


def test_of_equal_scores_the_earliest_counts():
    earned = [Score(5, 10), Score(10, 20)]
    assert counted(earned, Counts.BEST) is earned[0]
