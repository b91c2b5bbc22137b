"""What a correct sparse product does. Values are small whole numbers and quarters: their sums are exact in float32, in
whatever order they are added."""

import numpy as np

from grader import expect
from grader.checks import check, given
from grader.strategies import arrays, integers, one_of, sampled_from, shapes
from reference_impl import sparse
from reference_impl.sparse import CsrMatrix

ENTRIES = sampled_from([0.0, 0.0, 1.0, -2.0, 0.25, 3.0, -0.0])
SMALL = shapes(min_dims=2, max_dims=2, max_side=4)
EMPTY = sampled_from([(0, 3), (3, 0), (0, 0), (1, 0)])
ROWS, STORED = 2000, 200_000


def stored_as(matrix):
    """The reference's matrix as the three arrays of the statement."""
    return (
        matrix.row_starts.astype(np.int32),
        matrix.columns.astype(np.int32),
        matrix.values.astype(np.float32),
    )


def vector(width, shift):
    """1, 2, 3, ... and the like: no two inputs are the same."""
    return np.arange(1 + shift, width + 1 + shift, dtype=np.float32)


def product(matrix, x):
    return sparse.matvec(matrix, x)


def three_arrays(got):
    expect.that(
        isinstance(got, tuple | list) and len(got) == 3,
        "three_arrays_wanted",
        got=got if got is not None else "None",
    )
    return got


# ---------------------------------------------------------------- to_csr


@check(points=2)
@given(dense=arrays(ENTRIES, shape=SMALL))
def only_what_is_not_zero_is_stored(solution, dense):
    _, indices, data = three_arrays(solution.to_csr(dense))
    right = sparse.to_csr(dense)
    by_column = sparse.to_csr(dense.T)
    rows = right.row_of_each()
    expect.equal(
        data,
        right.values,
        slips=lambda: {
            "zeros_are_stored": dense.ravel(),
            "column_by_column": by_column.values,
            "ones_instead_of_values": np.ones_like(right.values),
            "negative_zeros_are_stored": dense[(dense != 0) | np.signbit(dense)],
        },
    )
    expect.equal(
        indices,
        right.columns,
        slips=lambda: {
            "places_in_the_flat_matrix": rows * right.width + right.columns,
            "rows_instead_of_columns": rows,
            "column_by_column": by_column.columns,
            "columns_counted_from_one": right.columns + 1,
        },
    )


@check(points=2)
@given(dense=arrays(ENTRIES, shape=SMALL))
def row_starts_count_what_stands_before(solution, dense):
    indptr, _, _ = three_arrays(solution.to_csr(dense))
    right = sparse.to_csr(dense)
    starts, counts = right.row_starts, np.diff(right.row_starts)
    filled = np.flatnonzero(counts)
    expect.equal(
        indptr,
        starts,
        slips=lambda: {
            "leading_zero_missing": starts[1:],
            "last_start_missing": starts[:-1],
            "counts_not_added_up": counts,
            "counts_with_a_leading_zero": np.concatenate([[0], counts]),
            "row_of_every_value": right.row_of_each(),
            "empty_rows_skipped": np.append(starts[filled], starts[-1]),
            "column_by_column": sparse.to_csr(dense.T).row_starts,
        },
    )


@check(points=1, examples=30)
@given(
    dense=one_of(arrays(ENTRIES, shape=EMPTY), arrays(ENTRIES, shape=SMALL)),
    with_gaps=sampled_from([False, True]),
)
def the_three_arrays_have_their_types(solution, dense, with_gaps):
    got = three_arrays(solution.to_csr(solution.strided(dense) if with_gaps else dense))
    for part, right, name in zip(
        got, stored_as(sparse.to_csr(dense)), ("int32", "int32", "float32"), strict=True
    ):
        expect.equal(part, right)
        expect.dtype(part, name)


# ---------------------------------------------------------------- csr_matvec


@check(points=4)
@given(dense=arrays(ENTRIES, shape=SMALL), shift=integers(0, 3))
def product_is_that_of_the_dense_matrix(solution, dense, shift):
    matrix, x = sparse.to_csr(dense), vector(dense.shape[1], shift)
    rows, columns, values = matrix.row_of_each(), matrix.columns, matrix.values
    right = product(matrix, x)
    expect.equal(
        solution.csr_matvec(*stored_as(matrix), x),
        right,
        slips=lambda: {
            "neighbour_instead_of_zero": reduced(matrix, x),
            "inputs_forgotten": added_up(matrix, values),
            "values_forgotten": added_up(matrix, x[columns]),
            "input_of_the_row": added_up(matrix, values * np.resize(x, matrix.rows)[rows]),
            "inputs_in_order": added_up(matrix, values * np.resize(x, len(values))),
            "last_value_of_a_row_lost": without_last(matrix, x),
            "only_the_last_value_of_a_row": only_last(matrix, x),
            "sums_carried_on": np.cumsum(right),
            "transposed_product": np.bincount(
                columns, weights=values * np.resize(x, matrix.rows)[rows], minlength=matrix.width
            ),
        },
    )


def added_up(matrix, products):
    """By row."""
    return np.bincount(matrix.row_of_each(), weights=products, minlength=matrix.rows)


def reduced(matrix, x):
    """np.add.reduceat gives the value at the start of an empty row, which is its neighbour's."""
    products = np.append(matrix.values * x[matrix.columns], 0.0)
    return np.add.reduceat(products, matrix.row_starts[:-1]) if matrix.rows else np.zeros(0)


def without_last(matrix, x):
    return product(matrix, x) - only_last(matrix, x)


def only_last(matrix, x):
    products, last = matrix.values * x[matrix.columns], matrix.row_starts[1:] - 1
    filled = np.diff(matrix.row_starts) > 0
    return np.where(filled, np.append(products, 0.0)[last], 0.0)


@check(points=1, examples=20)
@given(shape=EMPTY, height=integers(1, 4))
def empty_matrices_and_empty_rows_give_zeros(solution, shape, height):
    for dense in (np.zeros(shape, np.float32), np.zeros((height, 2), np.float32)):
        matrix, x = sparse.to_csr(dense), vector(dense.shape[1], 0)
        y = solution.csr_matvec(*stored_as(matrix), x)
        expect.equal(y, product(matrix, x))
        expect.dtype(y, "float32")


@check(points=1, examples=10, depends_on="product_is_that_of_the_dense_matrix")
@given(dense=arrays(sampled_from([0.0, 1.0, 2.0]), shape=(3, 3)))
def the_given_arrays_are_not_changed(solution, dense):
    matrix = sparse.to_csr(dense)
    kept = [solution.keep(part) for part in (*stored_as(matrix), vector(3, 1))]
    fresh = solution.csr_matvec(*kept)
    expect.unchanged_input(solution.csr_matvec(*kept), fresh)


# ---------------------------------------------------------------- unseen, and fast


PLACES = np.unique(np.random.RandomState(0).randint(0, ROWS * ROWS, STORED))  #: made once: it takes longest
STARTS = np.searchsorted(PLACES, np.arange(ROWS + 1) * ROWS)


def large(rng):
    """About STORED whole numbers in a matrix of ROWS x ROWS, and an input; both are new, the places are always the same."""
    values = rng.integers(1, 9, PLACES.size) * rng.choice([-1.0, 1.0], PLACES.size)
    x = rng.integers(-8, 9, ROWS).astype(np.float32)
    return CsrMatrix(values, PLACES % ROWS, STARTS, ROWS), x


@check(points=4, curve=[[0.6, 1], [1.0, 0.4], [4.0, 0]], depends_on="product_is_that_of_the_dense_matrix")
def the_product_is_fast(solution):
    matrices = []

    def inputs(rng):
        matrix, x = large(rng)
        matrices[:] = [matrix]
        return (*stored_as(matrix), x)

    def verify(y, indptr, indices, data, x):
        expect.equal(y, product(matrices[0], x))

    expect.metric(solution.race("csr_matvec", inputs, verify))


@check(points=1, visible=False, examples=6)
@given(
    seed=integers(0, 2**20),
    rows=integers(0, 60),
    columns=integers(1, 90),
    percent=one_of(integers(3, 40), sampled_from([20, 3, 0, 100])),
)
def larger_layers_are_multiplied_exactly(solution, seed, rows, columns, percent):
    draw = np.random.RandomState(seed)
    dense = draw.randint(-9, 10, (rows, columns)) * (draw.randint(0, 100, (rows, columns)) < percent)
    dense = dense.astype(np.float32)
    got = three_arrays(solution.to_csr(dense))
    matrix, x = sparse.to_csr(dense), draw.randint(-9, 10, columns).astype(np.float32)
    for part, right in zip(got, stored_as(matrix), strict=True):
        expect.equal(part, right)
    expect.equal(solution.csr_matvec(*stored_as(matrix), x), product(matrix, x))
