"""What correct norms are. Weights are quarters, so sums are exact in float32, in whatever order they are added."""

import numpy as np

from grader import expect
from grader.checks import check, given
from grader.strategies import arrays, integers, multiples, sampled_from, shapes

WEIGHTS = multiples(0.25, -20, 20)


def right_norms(w):
    return np.abs(w).sum(axis=1, dtype=np.float64)


def wrong_norms(w):
    """What known mistakes give for this very input: most specific first."""
    return {
        "signs_kept": w.sum(axis=1),
        "columns_added": np.abs(w).sum(axis=0),
        "squares_added": np.sqrt((w.astype(np.float64) ** 2).sum(axis=1)),
        "everything_added": np.abs(w).sum(),
    }


@check(points=2)
@given(w=arrays(WEIGHTS, shape=shapes(min_dims=2, max_dims=2, max_side=4)))
def each_row_is_added_up(solution, w):
    expect.close(solution.row_norms(w), right_norms(w), atol=1e-6, slips=wrong_norms(w))


@check(points=1, depends_on="each_row_is_added_up", examples=3)
@given(rows=sampled_from([1, 3, 0]))
def rows_without_columns_have_norm_zero(solution, rows):
    expect.close(solution.row_norms(np.zeros((rows, 0), np.float32)), np.zeros(rows), atol=1e-6)


@check(points=1, examples=15)
@given(w=arrays(WEIGHTS, shape=shapes(min_dims=2, max_dims=2, max_side=3)))
def the_weights_are_not_changed(solution, w):
    kept = solution.keep(w)
    before = solution.row_norms(kept)
    expect.unchanged_input(solution.row_norms(kept), before)


@check(points=1, visible=False, examples=15)
@given(rows=integers(5, 40), columns=integers(50, 90), seed=integers(0, 1000))
def larger_layers_are_added_up(solution, rows, columns, seed):
    w = np.random.default_rng(seed).integers(-80, 80, (rows, columns)).astype(np.float32) / 4
    expect.close(solution.row_norms(w), right_norms(w), rtol=1e-6, slips=wrong_norms(w))
