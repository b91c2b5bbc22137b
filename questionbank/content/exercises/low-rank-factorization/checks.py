"""What a correct low-rank factorization does. Signs, rotations and the split of the singular values between two factors
are free, so a pair is judged by what its product misses; mistakes are told by the same number, which knows no sign either."""

import numpy as np

from grader import expect
from grader.checks import check, given
from grader.strategies import arrays, integers, lists, multiples, one_of, sampled_from
from reference_impl import low_rank

ROOM = 1e-5  #: of the norm of the matrix, for float32
QUARTERS = multiples(0.25, -16, 16)
HADAMARD = np.array([[1, 1, 1, 1], [1, -1, 1, -1], [1, 1, -1, -1], [1, -1, -1, 1]]) / 2


def norm(w):
    return float(np.linalg.norm(np.asarray(w, np.float64)))


def factors_of(got, w, rank):
    """Both factors, as far as their shapes are those of this rank."""
    left, right = (expect.array(factor, finite=False) for factor in expect.pair(got))
    rows, columns = w.shape
    k = min(rank, rows, columns)
    wide = left.shape == (rows, rank) and right.shape == (rank, columns)
    expect.that(rank == k or not wide, "rank_beyond_the_sides", got=left.shape, expected=(rows, k))
    return expect.array(left, (rows, k)), expect.array(right, (k, columns))


def missed(got, w, rank):
    left, right = factors_of(got, w, rank)
    with np.errstate(all="ignore"):
        return norm(w - left @ right)


def nearest(got, w, rank, slips=None):
    """The product is as near as any of its rank; `slips` maps mistakes to what they would miss."""
    error, best = missed(got, w, rank), low_rank.tail_error(w, min(rank, *w.shape))
    room = ROOM * norm(w) + 1e-9
    if error <= best + room:
        return
    if any(abs(error - wrong) <= room < wrong - best for wrong in (slips or {}).values()):
        expect.close(error, best, atol=room, slips=slips)
    expect.that(False, "farther_than_necessary", error=error, best=best)


def wrongly_missed(w, rank):
    """Frobenius norm of what known mistakes miss. The values kept are a, the others stay: errors add up by squares."""
    u, s, vt = np.linalg.svd(w.astype(np.float64))
    kept, tail = s[:rank], s[rank:]
    not_transposed = (u[:, : len(kept)] * kept) @ vt.T[: len(kept)]

    def of(values):
        return norm(np.concatenate([kept - values, tail]))

    return {
        "singular_values_twice": of(kept**2),
        "singular_values_forgotten": of(np.ones_like(kept)),
        "root_in_one_factor_only": of(np.sqrt(kept)),
        "smallest_values_kept": norm(s[: len(s) - len(kept)]),
        "v_not_transposed": norm(w - not_transposed),
    }


# ---------------------------------------------------------------- factorise


@check(points=3)
@given(
    w=arrays(QUARTERS, shape=sampled_from([(2, 2), (3, 3), (3, 2), (4, 3), (5, 2)])),
    rank=integers(1, 2),
)
def no_product_of_that_rank_is_nearer(solution, w, rank):
    nearest(solution.factorise(w, rank), w, rank, wrongly_missed(w, rank))


@check(points=2, examples=30, depends_on="no_product_of_that_rank_is_nearer")
@given(
    w=arrays(QUARTERS, shape=sampled_from([(1, 1), (1, 3), (3, 1), (2, 4), (3, 5), (4, 2)])),
    rank=integers(1, 6),
    double=sampled_from([False, True]),
    with_gaps=sampled_from([False, True]),
)
def wide_and_tall_matrices_and_any_rank(solution, w, rank, double, with_gaps):
    w = w.astype(np.float64) if double else w
    got = solution.factorise(solution.strided(w) if with_gaps else w, rank)
    slips = wrongly_missed(w, rank)
    del slips["v_not_transposed"]  # of a wide matrix it has other shapes
    nearest(got, w, rank, slips)


@check(points=1, examples=20, depends_on="no_product_of_that_rank_is_nearer")
@given(
    column=lists(sampled_from([0.0, 1.0, -2.0, 0.5]), min_size=2, max_size=4),
    row=lists(sampled_from([0.0, 1.0, 3.0]), min_size=2, max_size=4),
    rank=integers(1, 3),
)
def matrices_of_rank_one_and_of_zeros_work(solution, column, row, rank):
    w = np.outer(column, row).astype(np.float32)
    slips = wrongly_missed(w, rank)
    del slips["v_not_transposed"]
    nearest(solution.factorise(w, rank), w, rank, slips)


@check(points=1, examples=15)
@given(
    w=arrays(QUARTERS, shape=sampled_from([(2, 3), (3, 2), (3, 3)])),
    rank=integers(1, 2),
    error=sampled_from([0.11, 0.37]),
)
def the_given_matrix_is_not_changed(solution, w, rank, error):
    fresh = missed(solution.factorise(w, rank), w, rank)
    same = solution.keep(w)
    solution.rank_for_error(same, error)
    solution.factorise(same, 1)
    again = missed(solution.factorise(same, rank), w, rank)
    expect.unchanged_input(again, fresh, atol=10 * ROOM * norm(w) + 1e-9)


# ---------------------------------------------------------------- rank_for_error


def of_singular_values(values, shape):
    """An exact matrix with these four singular values, filled up with zeros."""
    w = np.zeros(shape, np.float32)
    w[:4, :4] = HADAMARD @ np.diag(values) @ HADAMARD[[2, 0, 3, 1]]
    return w


def least(errors, limit):
    """The least rank, from 1 on, whose error is within the limit."""
    return 1 + int(np.argmax(np.append(errors[1:], 0.0) <= limit))


def whole(got):
    return expect.whole_number(got, key="rank_not_an_integer")


@check(points=3)
@given(
    values=lists(integers(1, 24), min_size=4, max_size=4, unique=True),
    cut=integers(0, 3),
    shape=sampled_from([(4, 4), (4, 6), (7, 4)]),
)
def the_least_rank_that_keeps_the_error(solution, values, cut, shape):
    s = np.sort(np.array(values, np.float64))[::-1]
    w = of_singular_values(s, shape)
    tails = np.sqrt(np.append(np.cumsum(s[::-1] ** 2)[::-1], 0.0)) / norm(
        w
    )  #: by rank: the share that is missed
    error = round(float((tails[cut] + tails[cut + 1]) / 2), 4)
    right = low_rank.rank_for_error(w, error)
    sums = np.append(np.cumsum(s[::-1])[::-1], 0.0) / s.sum()
    expect.equal(
        whole(solution.rank_for_error(w, error)),
        right,
        slips={
            "sums_without_squares": least(sums, error),
            "squared_error_compared": least(tails**2, error),
            "error_not_relative": least(tails * norm(w), error),
            "largest_missed_value_only": least(np.append(s, 0.0) / s[0], error),
            "one_rank_too_many": right + 1,
            "one_rank_too_few": right - 1,
        },
    )


@check(points=1, examples=15)
@given(
    kind=sampled_from(["zeros", "constant", "all may be missed"]),
    shape=sampled_from([(2, 2), (3, 2), (1, 3)]),
    error=sampled_from([0.1, 0.5]),
)
def one_rank_is_the_least(solution, kind, shape, error):
    w = np.full(shape, 0.0 if kind == "zeros" else 0.5, np.float32)
    if kind == "all may be missed":
        w[0, 0], error = 2.0, 1.0
    expect.equal(whole(solution.rank_for_error(w, error)), 1, slips={"rank_of_zero": 0})


# ---------------------------------------------------------------- largest_saving_rank


@check(points=2)
@given(
    rows=integers(1, 60),
    columns=integers(1, 60),
    parts=one_of(sampled_from([None]), sampled_from([(1, 1), (1, 2), (1, 3), (2, 3)])),
)
def factors_are_smaller_than_the_matrix(solution, rows, columns, parts):
    if parts is not None:  # sides whose break-even rank is a whole number
        a, b = parts
        rows, columns = rows * a * (a + b), rows * b * (a + b)
    expect.equal(
        solution.largest_saving_rank(rows, columns),
        low_rank.largest_saving_rank(rows, columns),
        slips={
            "equal_counts_as_smaller": rows * columns // (rows + columns),
            "first_rank_that_saves_nothing": low_rank.largest_saving_rank(rows, columns) + 1,
            "break_even_not_rounded": low_rank.break_even_rank(rows, columns),
            "smaller_side": min(rows, columns),
            "half_of_the_smaller_side": min(rows, columns) // 2,
            "one_factor_counted": (rows * columns - 1) // rows,
        },
    )


# ---------------------------------------------------------------- unseen


@check(points=2, visible=False, examples=12)
@given(
    seed=integers(0, 2**20),
    sides=lists(integers(5, 24), min_size=2, max_size=2),
    rank=integers(1, 8),
    falls=sampled_from([1.0, 0.7, 0.4]),
)
def larger_matrices_are_factorised_as_well_as_can_be(solution, seed, sides, rank, falls):
    draw = np.random.RandomState(seed)
    inner = min(sides)
    scales = falls ** np.arange(inner)
    w = (draw.normal(size=(sides[0], inner)) * scales @ draw.normal(size=(inner, sides[1]))).astype(
        np.float32
    )
    nearest(solution.factorise(w, rank), w, rank)
