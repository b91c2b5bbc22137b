"""What correct n:m pruning does, and the format that stores what stays. Masks of known mistakes are made when an answer
is wrong, as most are never asked for."""

import numpy as np

from grader import expect
from grader.checks import check, given
from grader.strategies import arrays, integers, lists, sampled_from, shapes
from reference_impl import pruning

PATTERNS = sampled_from([(1, 4), (2, 4), (1, 2), (3, 4), (2, 3)])
TIES = sampled_from([0.5, -0.5, 1.0, -1.0])


def distinct_weights(count):
    """In a row, without two of the same magnitude, exact in float32."""
    quarters = lists(integers(-90, 90), min_size=count, max_size=count, unique_by=abs)
    return quarters.map(lambda values: np.array(values, np.float32) / 4)


def right_mask(w, n, m, axis=-1):
    return pruning.n_m_mask(w, n, m, axis=axis)


def expect_mask(got, right, wrong):
    same = isinstance(got, np.ndarray) and np.array_equal(got, right)
    expect.equal(got, right, slips={} if same else wrong())


def wrong_masks(w, n, m, axis=-1):
    right = right_mask(w, n, m, axis)
    gone = (m - n) / m
    rows = np.moveaxis(w, axis, -1)
    by_row = np.stack([pruning.magnitude_mask(row, gone) for row in rows.reshape(-1, rows.shape[-1])])
    return {
        "n_zeroed": right_mask(w, m - n, m, axis),
        "smallest_stay": right_mask(100 - np.abs(w), n, m, axis),
        "signed_values_ranked": right_mask(w + 100, n, m, axis),
        "mask_inverted": ~right,
        "weights_instead_of_mask": w * right,
        "last_axis_whatever_is_asked": right_mask(w, n, m),
        "first_axis_whatever_is_asked": right_mask(w, n, m, 0),
        "groups_across_rows": right_mask(w.ravel(), n, m).reshape(w.shape),
        "row_instead_of_groups": np.moveaxis(by_row.reshape(rows.shape), -1, axis),
        "array_instead_of_groups": pruning.magnitude_mask(w, gone),
        "not_neighbours": spread_mask(w, n, m, axis),
    }


def spread_mask(w, n, m, axis):
    """Groups of every (length / m)-th weight instead of neighbours."""
    rows = np.moveaxis(w, axis, -1)
    if rows.shape[-1] % m:
        return right_mask(w, n, m, axis)
    spread = rows.reshape(*rows.shape[:-1], m, rows.shape[-1] // m)
    return np.moveaxis(right_mask(spread, n, m, -2).reshape(rows.shape), -1, axis)


# ---------------------------------------------------------------- nm_prune


@check(points=2, examples=30)
@given(values=distinct_weights(16), pattern=PATTERNS, groups=integers(1, 2), rows=integers(1, 2))
def the_n_largest_of_each_group_stay(solution, values, pattern, groups, rows):
    n, m = pattern
    w = values[: rows * groups * m].reshape(rows, groups * m)
    expect_mask(solution.nm_prune(w, n, m, 1), right_mask(w, n, m), lambda: wrong_masks(w, n, m))


@check(points=2, examples=30, depends_on="the_n_largest_of_each_group_stay")
@given(
    values=distinct_weights(16),
    layout=sampled_from(
        [((4, 2), 0), ((2, 4), 0), ((4, 4), 0), ((2, 4, 2), 1), ((2, 2, 4), -2), ((4, 2), -2)]
    ),
    n=integers(1, 3),
)
def groups_run_along_the_axis(solution, values, layout, n):
    shape, axis = layout
    w, m = values[: np.prod(shape)].reshape(shape), shape[axis] if n > 1 else 2
    n = min(n, m - 1)
    expect_mask(
        solution.nm_prune(w, n, m, axis), right_mask(w, n, m, axis), lambda: wrong_masks(w, n, m, axis)
    )


@check(points=1, examples=30, depends_on="the_n_largest_of_each_group_stay")
@given(values=distinct_weights(16), columns=integers(3, 8), rows=sampled_from([2, 1]), pattern=PATTERNS)
def short_groups_count_as_filled_with_zeros(solution, values, columns, rows, pattern):
    n, m = pattern
    w = values[: rows * columns].reshape(rows, columns)
    right = right_mask(w, n, m)
    expect_mask(
        solution.nm_prune(w, n, m, 1),
        right,
        lambda: {**wrong_remainders(w, n, m), **wrong_masks(w, n, m)},
    )


def wrong_remainders(w, n, m):
    columns = w.shape[-1]
    full = columns - columns % m
    right, rest = right_mask(w, n, m), w[:, full:]
    whole = right[:, :full]
    kept_of_rest = round(rest.shape[1] * n / m)
    overlapping = right_mask(w[:, -m:], n, m) if columns >= m else right
    return {
        "short_group_kept_whole": np.hstack([whole, np.ones(rest.shape, bool)]),
        "short_group_dropped": np.hstack([whole, np.zeros(rest.shape, bool)]),
        "short_group_in_proportion": np.hstack([whole, right_mask(rest, kept_of_rest, m)]),
        "short_group_overlaps": np.hstack([whole, overlapping[:, m - rest.shape[1] :]])
        if rest.size and columns >= m
        else right,
    }


@check(points=1, examples=30, depends_on="the_n_largest_of_each_group_stay")
@given(w=arrays(TIES, shape=(2, 4)), n=integers(1, 3))
def of_equal_magnitudes_the_lowest_index_stays(solution, w, n):
    sizes = np.abs(w)
    ranked = -np.sort(-sizes, axis=1)
    expect_mask(
        solution.nm_prune(w, n, 4, 1),
        right_mask(w, n, 4),
        lambda: {
            "highest_index_stays": right_mask(w[:, ::-1], n, 4)[:, ::-1],
            "ties_all_kept": sizes >= ranked[:, n - 1 : n],
            "ties_all_dropped": sizes > ranked[:, n : n + 1],
            **wrong_masks(w, n, 4),
        },
    )


@check(
    points=1,
    examples=20,
    depends_on=("the_n_largest_of_each_group_stay", "short_groups_count_as_filled_with_zeros"),
)
@given(
    shape=shapes(min_dims=1, max_dims=3, max_side=4, min_side=0),
    pattern=sampled_from([(1, 2), (0, 2), (2, 2), (2, 9), (0, 1)]),
    dtype=sampled_from(["float32", "float64"]),
    with_gaps=sampled_from([False, True]),
)
def masks_are_bool_in_the_shape_of_w(solution, shape, pattern, dtype, with_gaps):
    """None and all of a group, groups longer than a row, no weights at all."""
    w = np.arange(1, 1 + np.prod(shape, dtype=int)).reshape(shape).astype(dtype)
    mask = solution.nm_prune(solution.strided(w) if with_gaps else w, *pattern, len(shape) - 1)

    def wrong():
        rows = w.reshape(-1, shape[-1])
        all_or_right = {"minus_zero_keeps_all": right_mask(rows, *pattern) | (pattern[0] == 0)}
        masks = {**all_or_right, **wrong_remainders(rows, *pattern), **wrong_masks(rows, *pattern)}
        return {slip: found.reshape(shape) for slip, found in masks.items()}

    expect_mask(mask, right_mask(w, *pattern), wrong if w.size else dict)
    expect.dtype(mask, "bool")
    expect.shape(mask, shape)  # empty arrays are equal in any shape


@check(points=1, examples=15)
@given(values=distinct_weights(8), n=integers(1, 2))
def the_given_weights_are_not_changed(solution, values, n):
    """What was pruned in place, or lost its signs, is stored otherwise."""
    w = values.reshape(1, 8)
    fresh, _ = expect.pair(solution.nm_compress(w, 3, 4))
    kept = solution.keep(w)
    solution.nm_prune(kept, n, 4, 1)
    solution.nm_compress(kept, n, 4)
    again, _ = expect.pair(solution.nm_compress(kept, 3, 4))
    expect.unchanged_input(again, expect.array(fresh))


# ---------------------------------------------------------------- nm_compress, nm_decompress


def stored(w, n, m):
    """Values and places of what stays, row by row, from left to right."""
    mask, shape = right_mask(w, n, m), (w.shape[0], w.shape[1] // m * n)
    return w[mask].reshape(shape), (np.nonzero(mask)[1] % m).reshape(shape).astype(np.uint8)


def some_zeros(values, zeros, shape):
    """Trained layers have groups with fewer than n weights that are not zero."""
    w = values[: np.prod(shape)].copy()
    w[:zeros] = 0
    return w.reshape(shape)


@check(points=2, examples=30)
@given(
    values=distinct_weights(16),
    pattern=PATTERNS,
    groups=integers(1, 2),
    rows=integers(1, 2),
    zeros=sampled_from([0, 0, 3]),
)
def what_stays_is_stored_with_its_places(solution, values, pattern, groups, rows, zeros):
    n, m = pattern
    w = some_zeros(values, zeros, (rows, groups * m))
    right_values, right_places = stored(w, n, m)
    got_values, got_places = expect.pair(solution.nm_compress(w, n, m))
    by_size = np.argsort(-np.abs(w.reshape(-1, m)), axis=1, kind="stable")[:, :n]
    columns = np.nonzero(right_mask(w, n, m))[1].reshape(right_places.shape)
    expect.equal(
        got_values,
        right_values,
        slips={
            "magnitudes_stored": np.abs(right_values),
            "stored_by_magnitude": np.take_along_axis(w.reshape(-1, m), by_size, 1).reshape(
                right_values.shape
            ),
            "zeros_stored_too": w * right_mask(w, n, m),
            "values_in_groups": right_values.reshape(rows, groups, n),
        },
    )
    expect.equal(
        got_places,
        right_places,
        slips={"columns_instead_of_places": columns, "places_from_one": right_places + 1},
    )
    expect.dtype(got_values, "float32")
    expect.dtype(got_places, "uint8")


@check(points=2, examples=30)
@given(
    values=distinct_weights(16),
    pattern=PATTERNS,
    groups=integers(1, 2),
    rows=integers(1, 2),
    zeros=sampled_from([0, 0, 3]),
)
def stored_weights_return_to_their_places(solution, values, pattern, groups, rows, zeros):
    n, m = pattern
    w = some_zeros(values, zeros, (rows, groups * m))
    kept, places = stored(w, n, m)
    got = solution.nm_decompress(kept, places, n, m)
    expect.equal(
        got,
        w * right_mask(w, n, m),
        slips={
            "places_ignored": side_by_side(kept, n, m),
            "places_as_columns": put(kept, places.astype(np.int64), w.shape),
            "groups_of_n": put(
                kept, np.minimum(np.arange(kept.shape[1]) // n * n + places, w.shape[1] - 1), w.shape
            ),
        },
    )
    expect.dtype(got, "float32")


def side_by_side(kept, n, m):
    """Each group begins with what stayed of it."""
    groups = kept.reshape(-1, n)
    return np.hstack([groups, np.zeros((len(groups), m - n), kept.dtype)]).reshape(len(kept), -1)


def put(kept, columns, shape):
    w = np.zeros(shape, kept.dtype)
    for row, values, places in zip(w, kept, np.broadcast_to(columns, kept.shape), strict=True):
        for value, place in zip(values, places, strict=True):
            row[place] = value
    return w


# ---------------------------------------------------------------- unseen


@check(points=1, visible=False, examples=12)
@given(
    seed=integers(0, 2**20),
    rows=integers(0, 20),
    groups=integers(1, 20),
    pattern=sampled_from([(2, 4), (4, 8), (1, 16), (3, 4), (16, 32)]),
    steps=sampled_from([3, 900]),
)
def larger_layers_are_pruned_and_stored_exactly(solution, seed, rows, groups, pattern, steps):
    """Many ties (few steps), both axes, no rows."""
    n, m = pattern
    w = (np.random.RandomState(seed).randint(-steps, steps + 1, (rows, groups * m)) / 8).astype(np.float32)
    mask = right_mask(w, n, m)
    expect.equal(solution.nm_prune(w, n, m, 1), mask)
    expect.equal(solution.nm_prune(w, n, m, 0), right_mask(w, n, m, 0))
    values, places = expect.pair(solution.nm_compress(w, n, m))
    right_values, right_places = stored(w, n, m)
    expect.equal(values, right_values)
    expect.equal(places, right_places)
    expect.equal(solution.nm_decompress(right_values, right_places, n, m), w * mask)
