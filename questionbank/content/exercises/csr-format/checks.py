"""What correct compressed rows are. Values are small whole numbers and quarters: their sums are exact in float32, in
whatever order they are added. Matrices to be multiplied also have stored zeros and columns in falling order."""

from functools import partial

import numpy as np

from grader import expect
from grader.checks import check, given, with_right
from grader.strategies import arrays, integers, one_of, sampled_from, shapes
from reference_impl import sparse

ENTRIES = sampled_from([0.0, 0.0, 1.0, -2.0, 0.25, 3.0, -0.0])
SMALL = shapes(min_dims=2, max_dims=2, max_side=4)
EMPTY = sampled_from([(0, 3), (3, 0), (0, 0), (1, 0), (3, 2)])
BITS = sampled_from([32, 8, 16, 4])


def right_csr(dense):
    """The reference's matrix as the three arrays of the statement."""
    matrix = sparse.to_csr(dense)
    return (
        matrix.row_starts.astype(np.int32),
        matrix.columns.astype(np.int32),
        matrix.values.astype(np.float32),
    )


def stored_loosely(dense, zeros_in, falling):
    """As another program might store it: with the zeros of one column, with columns in falling order."""
    kept = dense != 0
    kept[:, zeros_in : zeros_in + 1] = True
    rows, columns = np.nonzero(kept)
    order = np.lexsort((-columns if falling else columns, rows))
    starts = np.concatenate([[0], np.cumsum(kept.sum(axis=1))])
    return starts.astype(np.int32), columns[order].astype(np.int32), dense[rows, columns[order]]


def product(indptr, indices, data, x):
    """Of arrays as both functions above give them."""
    return np.bincount(row_of_each(indptr), weights=data * x[indices], minlength=len(indptr) - 1)


def row_of_each(indptr):
    return np.repeat(np.arange(len(indptr) - 1), np.diff(indptr))


def right_product(indptr, indices, data, x):
    return product(*map(np.asarray, (indptr, indices, data, x))).astype(np.float32)


def three_arrays(got):
    expect.that(
        isinstance(got, tuple | list) and len(got) == 3,
        "three_arrays_wanted",
        got=got if got is not None else "None",
    )
    return got


# ---------------------------------------------------------------- to_csr


def wrong_data(dense):
    indptr, columns, values = right_csr(dense)
    return {
        "zeros_are_stored": dense.ravel(),
        "column_by_column": right_csr(dense.T)[2],
        "columns_in_falling_order": values[np.lexsort((-columns, row_of_each(indptr)))],
        "ones_instead_of_values": np.ones_like(values),
        "negative_zeros_are_stored": dense[(dense != 0) | np.signbit(dense)],
    }


def wrong_indices(dense):
    indptr, columns, _ = right_csr(dense)
    rows = row_of_each(indptr)
    return {
        "places_in_the_flat_matrix": rows * dense.shape[1] + columns,
        "rows_instead_of_columns": rows,
        "column_by_column": right_csr(dense.T)[1],
        "columns_in_falling_order": columns[np.lexsort((-columns, rows))],
        "columns_counted_from_one": columns + 1,
        "zeros_are_stored": np.indices(dense.shape)[1].ravel(),
    }


def wrong_indptr(dense):
    starts = right_csr(dense)[0]
    counts = np.diff(starts)
    return {
        "leading_zero_missing": starts[1:],
        "last_start_missing": starts[:-1],
        "starts_counted_from_one": starts + 1,
        "counts_not_added_up": counts,
        "counts_with_a_leading_zero": np.concatenate([[0], counts]),
        "row_of_every_value": row_of_each(starts),
        "empty_rows_skipped": np.append(starts[:-1][counts > 0], starts[-1]),
        "column_by_column": right_csr(dense.T)[0],
        "zeros_are_stored": np.arange(len(dense) + 1) * dense.shape[1],
    }


@check(points=2)
@given(dense=arrays(ENTRIES, shape=SMALL))
def only_weights_that_are_not_zero_are_stored(solution, dense):
    _, indices, data = three_arrays(solution.to_csr(dense))
    _, columns, values = right_csr(dense)
    expect.equal(data, values, slips=lambda: wrong_data(dense))
    expect.equal(indices, columns, slips=lambda: wrong_indices(dense))


@check(points=2, depends_on="only_weights_that_are_not_zero_are_stored")
@given(dense=arrays(ENTRIES, shape=SMALL))
def row_starts_count_what_stands_before(solution, dense):
    indptr, _, _ = three_arrays(solution.to_csr(dense))
    expect.equal(indptr, right_csr(dense)[0], slips=lambda: wrong_indptr(dense))


@check(points=1, examples=30, depends_on="row_starts_count_what_stands_before")
@given(
    dense=one_of(arrays(ENTRIES, shape=EMPTY), arrays(ENTRIES, shape=SMALL)),
    with_gaps=sampled_from([False, True]),
)
def the_three_arrays_have_their_types(solution, dense, with_gaps):
    got = three_arrays(solution.to_csr(solution.strided(dense) if with_gaps else dense))
    wrong = wrong_indptr, wrong_indices, wrong_data
    for part, right, slips in zip(got, right_csr(dense), wrong, strict=True):
        expect.equal(part, right, slips=partial(slips, dense))
        expect.dtype(part, right.dtype.name)


# ---------------------------------------------------------------- csr_matvec


@check(points=3)
@given(
    dense=arrays(ENTRIES, shape=SMALL),
    zeros_in=integers(0, 4),
    falling=sampled_from([False, True]),
    shift=integers(0, 3),
)
def the_product_is_that_of_the_dense_matrix(solution, dense, zeros_in, falling, shift):
    stored = stored_loosely(dense, zeros_in, falling)
    x = np.arange(1 + shift, dense.shape[1] + 1 + shift, dtype=np.float32)
    expect.equal(
        solution.csr_matvec(*stored, x),
        product(*stored, x),
        slips=lambda: wrong_products(*stored, x),
    )


def wrong_products(indptr, indices, data, x):
    rows, height = row_of_each(indptr), len(indptr) - 1
    right, of_the_row = product(indptr, indices, data, x), np.resize(x, height)[rows]
    products = np.append(data * x[indices], 0.0)
    last = np.where(np.diff(indptr) > 0, products[indptr[1:] - 1], 0.0)
    ones = np.zeros_like(indices)
    return {
        "neighbour_instead_of_zero": np.add.reduceat(products, indptr[:-1]),
        "inputs_forgotten": product(indptr, ones, data, np.ones(1)),
        "values_forgotten": product(indptr, indices, np.ones_like(data), x),
        "input_of_the_row": product(indptr, ones, data * of_the_row, np.ones(1)),
        "inputs_in_order": product(indptr, ones, data * np.resize(x, len(data)), np.ones(1)),
        "last_value_of_a_row_lost": right - last,
        "only_the_last_value_of_a_row": last,
        "sums_carried_on": np.cumsum(right),
        "transposed_product": np.bincount(indices, weights=data * of_the_row, minlength=len(x)),
    }


@check(points=1, examples=20)
@given(shape=EMPTY)
def empty_matrices_and_empty_rows_give_zeros(solution, shape):
    dense, x = np.zeros(shape, np.float32), np.ones(shape[1], np.float32)
    y = solution.csr_matvec(*right_csr(dense), x)
    expect.equal(y, np.zeros(shape[0]))
    expect.dtype(y, "float32")


@check(points=1, examples=10)
@given(dense=arrays(sampled_from([0.0, 1.0, 2.0]), shape=(3, 3)))
def the_given_arrays_are_not_changed(solution, dense):
    kept = [solution.keep(part) for part in (*right_csr(dense), np.array([2, 3, 4], np.float32))]
    fresh = solution.csr_matvec(*kept)
    expect.shape(fresh, (3,))  # whether it is right is for other checks to say
    expect.unchanged_input(solution.csr_matvec(*kept), fresh)


# ---------------------------------------------------------------- what it costs


@check(points=2)
@given(rows=integers(1, 300), nonzeros=integers(0, 9000), value_bits=BITS, index_bits=BITS)
def values_columns_and_row_starts_are_counted(solution, rows, nonzeros, value_bits, index_bits):
    right = sparse.csr_bits(
        nonzeros, rows, 9000, value_bits=value_bits, column_bits=index_bits, start_bits=index_bits
    )
    expect.equal(
        solution.csr_bits(rows, nonzeros, value_bits, index_bits),
        right,
        slips={
            "row_starts_forgotten": nonzeros * (value_bits + index_bits),
            "one_start_a_row": right - index_bits,
            "columns_forgotten": right - nonzeros * index_bits,
            "values_forgotten_in_size": right - nonzeros * value_bits,
            "a_row_for_every_value": nonzeros * (value_bits + 2 * index_bits),
            "all_numbers_as_wide_as_values": sparse.stored_numbers(nonzeros, rows) * value_bits,
            "all_numbers_as_wide_as_indices": sparse.stored_numbers(nonzeros, rows) * index_bits,
            "numbers_instead_of_bits": sparse.stored_numbers(nonzeros, rows),
            "bytes_instead_of_bits": right / 8,
        },
    )


def break_even(rows, columns, value_bits, start_bits_in_all, index_bits):
    left_for_values = rows * columns * value_bits - start_bits_in_all
    return 1 - left_for_values / (rows * columns * (value_bits + index_bits))


@check(points=2, depends_on="values_columns_and_row_starts_are_counted")
@given(rows=integers(1, 300), columns=integers(1, 300), value_bits=BITS, index_bits=BITS)
def the_sparsity_at_which_it_pays(solution, rows, columns, value_bits, index_bits):
    starts = (rows + 1) * index_bits
    right = break_even(rows, columns, value_bits, starts, index_bits)
    without_columns = 1 - (rows * columns * value_bits - starts) / (rows * columns * value_bits)
    expect.close(
        solution.break_even_sparsity(rows, columns, value_bits, index_bits),
        right,
        rtol=1e-9,
        atol=1e-12,
        slips={
            "density_instead_of_sparsity": 1 - right,
            "percent_instead_of_share": 100 * right,
            "row_starts_forgotten": break_even(rows, columns, value_bits, 0, index_bits),
            "one_start_a_row": break_even(rows, columns, value_bits, starts - index_bits, index_bits),
            "columns_forgotten": without_columns,
            "weights_instead_of_share": (1 - right) * rows * columns,
            "kept_between_zero_and_one": min(max(right, 0.0), 1.0),
        },
    )


# ---------------------------------------------------------------- unseen


@check(
    points=1,
    visible=False,
    examples=6,
    depends_on=("row_starts_count_what_stands_before", "the_product_is_that_of_the_dense_matrix"),
)
@given(
    seed=integers(0, 2**20),
    rows=integers(0, 60),
    columns=integers(1, 300),
    percent=one_of(integers(3, 40), sampled_from([20, 3, 0, 100])),
)
@with_right(to_csr=right_csr, csr_matvec=right_product)
def larger_layers_are_multiplied_exactly(solution, seed, rows, columns, percent):
    draw = np.random.RandomState(seed)
    dense = draw.randint(-9, 10, (rows, columns)) * (draw.randint(0, 100, (rows, columns)) < percent)
    dense = dense.astype(np.float32)
    got = three_arrays(solution.to_csr(dense))
    for part, right in zip(got, right_csr(dense), strict=True):
        expect.equal(part, right)
    x = draw.randint(-9, 10, columns).astype(np.float32)
    expect.equal(solution.csr_matvec(*got, x), dense @ x)
