"""Counting, so little is left to rounding: shares agree to six digits, bits exactly, and a float of the same value is
as good as an integer."""

from math import ceil, floor, log, log2

import numpy as np

from grader import expect
from grader.checks import check, given, with_right
from grader.strategies import arrays, integers, one_of, sampled_from, shapes
from reference_impl import pruning
from reference_impl.costs import index_bits as bits_of_positions

SMALL = 2.0**-40  #: near zero, also for np.isclose, and no zero
WIDTHS = sampled_from([8, 4, 16, 32])
INDEX_WIDTHS = sampled_from([8, 5, 16, 24])
#: AlexNet, VGG-16, GPT-2: 32 bits cannot count what most of them take
NETWORKS = sampled_from([60_965_224, 138_357_544, 124_439_808])


def share_of_zeros(w):
    """NaN has no place in the reference's weights; like any number that is not zero it counts as one."""
    return pruning.sparsity(np.nan_to_num(w, nan=1.0)) if w.size else 0.0


def wrong_shares(w):
    zeros, exact = int((w == 0).sum()), share_of_zeros(w)
    with_sign = int(((w == 0) & ~np.signbit(w)).sum())
    return {
        "density_returned": 1 - exact,
        "zeros_not_divided": zeros,
        "percent_instead_of_share": 100 * exact,
        "small_weights_counted": float(np.mean(np.abs(w) < 1e-4)),
        "negative_zero_not_counted": with_sign / w.size,
        "nan_left_out": zeros / max(int((~np.isnan(w)).sum()), 1),
        "nan_counted_as_zero": float(np.mean(~(np.abs(w) > 0))),
        "share_rounded": round(exact, 1),
    }


# ---------------------------------------------------------------- sparsity


@check(points=2)
@given(w=arrays(sampled_from([0.0, 1.0, -0.5, SMALL, 3.0]), shape=shapes(min_dims=1, max_dims=2)))
def sparsity_is_the_share_of_zeros(solution, w):
    expect.close(solution.sparsity(w), share_of_zeros(w), atol=1e-9, slips=wrong_shares(w))


@check(points=1, depends_on="sparsity_is_the_share_of_zeros")
@given(w=arrays(sampled_from([0.0, -0.0, 1.0, float("nan"), -2.0]), max_size=8))
def negative_zero_is_zero_and_nan_is_not(solution, w):
    expect.close(solution.sparsity(w), share_of_zeros(w), atol=1e-9, slips=wrong_shares(w))


@check(points=1, examples=30, depends_on="sparsity_is_the_share_of_zeros")
@given(
    shape=one_of(sampled_from([(), (0,), (2, 0)]), shapes(min_dims=1, max_dims=3, max_side=3)),
    dtype=sampled_from(["float32", "float64", "int8"]),
    first=integers(-3, 0),
    with_gaps=sampled_from([False, True]),
)
def arrays_of_every_kind_are_measured(solution, shape, dtype, first, with_gaps):
    w = np.arange(first, first + np.prod(shape, dtype=int)).reshape(shape).astype(dtype)
    got = solution.sparsity(solution.strided(w) if with_gaps and w.ndim else w)
    expect.close(got, share_of_zeros(w), atol=1e-9, slips=wrong_shares(w) if w.size else {})


# ---------------------------------------------------------------- position_bits


@check(points=2)
@given(n=one_of(integers(1, 70), integers(1, 40).map(lambda k: 2**k), integers(2, 10**8)))
def positions_take_whole_bits(solution, n):
    right = bits_of_positions(n)
    expect.equal(
        solution.position_bits(n),
        right,
        slips={
            "noise_of_the_logarithm": ceil(log(n) / log(2)),
            "one_position_needs_a_bit": max(right, 1),
            "digits_of_n": n.bit_length(),
            "bits_rounded_to_nearest": round(log2(n)),
            "bits_rounded_down": floor(log2(n)),
            "bits_not_whole": log2(n),
            "bits_in_whole_bytes": -(-right // 8) * 8,
        },
    )


# ---------------------------------------------------------------- size_bits


def smaller_size(n, nnz, bits, index_bits):
    return min(n * bits, nnz * (bits + index_bits))


def wrong_sizes(n, nnz, bits, index_bits):
    dense, sparse = n * bits, nnz * (bits + index_bits)
    right = min(dense, sparse)
    return {
        "always_dense": dense,
        "always_sparse": sparse,
        "larger_chosen": max(dense, sparse),
        "positions_forgotten": nnz * bits,
        "position_for_every_weight": min(dense, nnz * bits + n * index_bits),
        "one_position_for_all": min(dense, nnz * bits + index_bits),
        "zeros_stored": min(dense, (n - nnz) * (bits + index_bits)),
        "bytes_returned": right / 8,
        "bits_taken_for_bytes": right * 8,
        "overflow_of_32_bits": min(wrapped(dense), wrapped(sparse)),
    }


def wrapped(number):
    """What is left of it in a signed integer of 32 bits."""
    return (number + 2**31) % 2**32 - 2**31


@check(points=2)
@given(nnz=integers(0, 300), zeros=integers(0, 500), bits=WIDTHS, index_bits=INDEX_WIDTHS)
def size_is_that_of_the_smaller_storage(solution, nnz, zeros, bits, index_bits):
    n = nnz + zeros
    expect.equal(
        solution.size_bits(n, nnz, bits, index_bits),
        smaller_size(n, nnz, bits, index_bits),
        slips=wrong_sizes(n, nnz, bits, index_bits),
    )


@check(points=1, examples=15, depends_on="size_is_that_of_the_smaller_storage")
@given(n=NETWORKS, kept=sampled_from([0.9, 0.75, 0.5]), bits=sampled_from([32, 64]))
def sizes_of_real_networks_do_not_overflow(solution, n, kept, bits):
    nnz = int(n * kept)
    expect.equal(
        solution.size_bits(n, nnz, bits, 8),
        smaller_size(n, nnz, bits, 8),
        slips=wrong_sizes(n, nnz, bits, 8),
    )


# ---------------------------------------------------------------- break_even_sparsity


@check(points=2)
@given(bits=integers(1, 32), index_bits=integers(0, 32))
def both_storages_meet_at_the_break_even(solution, bits, index_bits):
    density = pruning.break_even_density(bits, index_bits)
    expect.close(
        solution.break_even_sparsity(bits, index_bits),
        1 - density,
        atol=1e-9,
        slips={
            "break_even_as_density": density,
            "share_rounded": round(1 - density, 2),
            "break_even_over_the_value": index_bits / bits,
            "percent_instead_of_share": 100 * (1 - density),
        },
    )


# ---------------------------------------------------------------- unseen


@check(
    points=1,
    visible=False,
    examples=20,
    depends_on=(
        "sparsity_is_the_share_of_zeros",
        "positions_take_whole_bits",
        "size_is_that_of_the_smaller_storage",
    ),
)
@with_right(sparsity=share_of_zeros, position_bits=bits_of_positions, size_bits=smaller_size)
@given(
    seed=integers(0, 2**20),
    rows=integers(1, 60),
    columns=integers(1, 60),
    percent=sampled_from([0, 2, 40, 97, 100]),
    bits=WIDTHS,
)
def pruned_layers_are_measured_from_end_to_end(solution, seed, rows, columns, percent, bits):
    draw = np.random.RandomState(seed)
    w = draw.normal(0, 1, (rows, columns)) * (draw.randint(0, 100, (rows, columns)) < percent)
    nnz = int(np.count_nonzero(w))
    expect.close(solution.sparsity(w.astype(np.float32)), 1 - nnz / w.size, atol=1e-9)
    expect.equal(solution.position_bits(w.size), bits_of_positions(w.size))
    positions = bits_of_positions(w.size)
    got = solution.size_bits(w.size, nnz, bits, positions)
    expect.equal(got, smaller_size(w.size, nnz, bits, positions))
