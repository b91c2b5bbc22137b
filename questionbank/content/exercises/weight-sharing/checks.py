"""What correct weight sharing does. Weights are whole and half numbers and centroids quarters off them, so that no weight
lies halfway between two centroids unless a check is about that."""

import numpy as np

from grader import expect, pictures
from grader.checks import check, given
from grader.strategies import arrays, integers, lists, multiples, sampled_from, shapes
from reference_impl import weight_sharing
from reference_impl.costs import storage

HALVES = multiples(0.5, -16, 16)
SHAPES = shapes(min_dims=1, max_dims=3, max_side=3)
RTOL, ATOL = 1e-5, 1e-6


def centroids(min_size=2, max_size=5):
    """Increasing, distinct, no two of them equally far from a whole or half number."""
    numbers = lists(integers(-16, 16), min_size=min_size, max_size=max_size, unique=True).map(sorted)
    return numbers.map(lambda found: np.array([n / 2 + 0.03125 * (i + 1) for i, n in enumerate(found)]))


# ---------------------------------------------------------------- linear_centroids


@check(points=2)
@given(w=arrays(HALVES, shape=SHAPES), k=integers(2, 6))
def centroids_are_spread_over_the_range(solution, w, k):
    lo, hi = float(w.min()), float(w.max())
    right = weight_sharing.linear_centroids(w, k)
    expect.close(
        solution.linear_centroids(w, k),
        right,
        rtol=RTOL,
        atol=ATOL,
        slips=lambda: {
            "last_centroid_short_of_the_largest": lo + (hi - lo) * np.arange(k) / k,
            "centroids_in_the_middle_of_shares": lo + (hi - lo) * (np.arange(k) + 0.5) / k,
            "density_instead_of_linear": np.quantile(w, np.linspace(0, 1, k)),
            "symmetric_range": np.linspace(-max(-lo, hi), max(-lo, hi), k),
            "range_from_zero": np.linspace(0.0, hi, k),
            "one_centroid_too_many": weight_sharing.linear_centroids(w, k + 1),
            "a_centroid_for_each_weight": np.unique(w),
        },
    )


# ---------------------------------------------------------------- assign


@check(points=2)
@given(w=arrays(HALVES, shape=SHAPES), codebook=centroids())
def each_weight_takes_its_nearest_centroid(solution, w, codebook):
    right = weight_sharing.assign(w, codebook)
    got = solution.assign(w, codebook)
    expect.equal(
        got,
        right,
        slips=lambda: {
            "values_instead_of_indices": codebook[right],
            "indices_counted_from_one": right + 1,
            "farthest_centroid": np.abs(w[..., None] - codebook).argmax(axis=-1),
            "signed_distance": (w[..., None] - codebook).argmin(axis=-1),
            "next_centroid_above": np.minimum(np.searchsorted(codebook, w), len(codebook) - 1),
            "next_centroid_below": np.maximum(np.searchsorted(codebook, w) - 1, 0),
            "magnitudes_compared": np.abs(np.abs(w)[..., None] - np.abs(codebook)).argmin(axis=-1),
            "indices_flattened": right.ravel(),
        },
        picture=lambda: pictures.staircase(w, shared(got, codebook), codebook[right]),
    )
    expect.that(np.asarray(got).dtype.kind in "iu", "indices_not_whole", got=got)


def shared(got, codebook):
    """For the picture: nothing where there are no indices of the codebook."""
    fits = isinstance(got, np.ndarray) and got.dtype.kind in "iu" and got.size
    return codebook[got] if fits and got.min() >= 0 and got.max() < len(codebook) else None


@check(points=1)
@given(places=lists(integers(-8, 8), min_size=1, max_size=5), apart=sampled_from([2, 4]))
def halfway_goes_to_the_lower_index(solution, places, apart):
    codebook = np.array([-8.0, -8.0 + apart, 8.0])
    w = np.array([-8.0 + apart / 2, *places], np.float32)
    right = weight_sharing.assign(w, codebook)
    from_above = len(codebook) - 1 - weight_sharing.assign(w, codebook[::-1])
    expect.equal(
        solution.assign(w, codebook), right, slips=lambda: {"halfway_to_the_upper_index": from_above}
    )


# ---------------------------------------------------------------- kmeans_codebook


def moved(w, codebook, steps):
    return weight_sharing.k_means(w, codebook, steps=steps)


@check(points=2, depends_on="each_weight_takes_its_nearest_centroid")
@given(w=arrays(HALVES, shape=SHAPES), codebook=centroids())
def a_step_moves_each_centroid_to_its_mean(solution, w, codebook):
    indices = weight_sharing.assign(w, codebook)
    sums = weight_sharing.centroid_gradient(w, indices, len(codebook))
    counts = np.bincount(indices.ravel(), minlength=len(codebook))
    right = moved(w, codebook, 1)
    middle = [np.median(w[indices == i]) if counts[i] else codebook[i] for i in range(len(codebook))]
    expect.close(
        solution.kmeans_codebook(w, codebook, 1),
        right,
        rtol=RTOL,
        atol=ATOL,
        slips=lambda: {
            "sum_instead_of_mean": np.where(counts > 0, sums, codebook),
            "empty_cluster_is_not_a_number": np.where(counts > 0, right, np.nan),
            "empty_cluster_becomes_zero": np.where(counts > 0, right, 0.0),
            "empty_cluster_left_out": right[counts > 0],
            "divided_by_all_weights": np.where(counts > 0, sums / w.size, codebook),
            "median_instead_of_mean": np.array(middle),
            "codebook_unchanged": codebook,
            "shared_weights_instead_of_codebook": right[indices],
        },
    )


@check(points=2, depends_on="a_step_moves_each_centroid_to_its_mean")
@given(
    w=arrays(multiples(1.0, -30, 30), shape=shapes(min_dims=1, max_dims=1, min_side=5, max_side=9)),
    codebook=centroids(2, 3),
    steps=sampled_from([2, 3, 0, 5]),
)
def steps_are_repeated_with_new_assignments(solution, w, codebook, steps):
    if any(halfway(w, moved(w, codebook, before)) for before in range(steps + 1)):
        return  # rounding decides
    expect.close(
        solution.kmeans_codebook(w, codebook, steps),
        moved(w, codebook, steps),
        rtol=RTOL,
        atol=ATOL,
        slips=lambda: {
            "one_step_only": moved(w, codebook, 1),
            "one_step_too_many": moved(w, codebook, steps + 1),
            "one_step_too_few": moved(w, codebook, max(steps - 1, 0)),
            "steps_ignored": moved(w, codebook, 50),
        },
    )


def halfway(w, codebook):
    """Whether a weight lies about as near to one centroid as to another."""
    distances = np.sort(np.abs(w[..., None] - codebook), axis=-1)
    return bool((distances[..., 1] - distances[..., 0] < 1e-4).any())


# ---------------------------------------------------------------- centroid_grad


@check(points=2)
@given(
    pairs=lists(integers(0, 31), min_size=1, max_size=6),
    columns=sampled_from([1, 2]),
    unused=integers(0, 2),
)
def gradients_of_sharers_add_up(solution, pairs, columns, unused):
    numbers = np.array(pairs * columns).reshape(-1, columns)
    indices, grad = numbers % 4, (numbers // 4 - 3).astype(np.float32) / 2
    k = 4 + unused
    right = weight_sharing.centroid_gradient(grad, indices, k)
    counts = np.bincount(indices.ravel(), minlength=k)
    by_column = weight_sharing.centroid_gradient(
        grad, np.asarray(indices.ravel(order="F")).reshape(indices.shape), k
    )
    last = np.zeros(k)
    last[indices.ravel()] = grad.ravel()
    expect.close(
        solution.centroid_grad(grad, indices, k),
        right,
        rtol=RTOL,
        atol=ATOL,
        slips=lambda: {
            "mean_of_the_gradients": right / np.maximum(counts, 1),
            "only_the_last_gradient": last,
            "indices_column_by_column": by_column,
            "unused_centroids_left_out": right[counts > 0],
            "cut_at_the_largest_index": right[: int(indices.max()) + 1],
            "gradient_of_every_weight": right[indices],
            "gradient_of_the_mean": float(grad.mean()) * counts,
        },
    )


# ---------------------------------------------------------------- compression_ratio


@check(points=2)
@given(n=integers(1, 4000), log_k=integers(1, 8), less=integers(0, 1), weight_bits=sampled_from([32, 16]))
def ratio_counts_indices_and_codebook(solution, n, log_k, less, weight_bits):
    k = max(2**log_k - less, 2)
    index_bits = storage.index_bits(k)
    right = storage.sharing_ratio(n, k, weight_bits=weight_bits)
    expect.close(
        solution.compression_ratio(n, k, weight_bits),
        right,
        rtol=1e-9,
        slips=lambda: {
            "codebook_forgotten": weight_bits / index_bits,
            "ratio_turned_around": 1 / right,
            "codewords_for_bits": n * weight_bits / (n * k + k * weight_bits),
            "index_bits_not_whole": n * weight_bits / (n * np.log2(k) + k * weight_bits),
            "index_bits_rounded_down": n * weight_bits / (n * int(np.log2(k)) + k * weight_bits),
            "codebook_of_one_bit_each": n * weight_bits / (n * index_bits + k),
            "indices_forgotten": n / k,
            "always_32_bits": n * 32 / (n * index_bits + k * 32),
            "one_byte_per_index": n * weight_bits / (n * 8 + k * weight_bits),
        },
    )


# ---------------------------------------------------------------- unseen


@check(points=1, visible=False, examples=10)
@given(seed=integers(0, 2**20), k=sampled_from([2, 16, 7]), dims=integers(1, 4))
def larger_layers_are_shared_well(solution, seed, k, dims):
    """From linear centroids to a codebook: nothing is lost on the way, and the error is what the reference reaches."""
    draw = np.random.RandomState(seed)
    w = draw.normal(0, 0.1, draw.randint(2, 7, dims)).astype(np.float32)
    start = expect.array(solution.linear_centroids(w, k), (k,))
    codebook = expect.array(solution.kmeans_codebook(w, start, 10), (k,))
    indices = solution.assign(w, codebook)
    expect.equal(indices, weight_sharing.assign(w, codebook))
    right = weight_sharing.lloyd(w, weight_sharing.linear_centroids(w, k), steps=10).clustering
    expect.close(
        weight_sharing.inertia(w, weight_sharing.assign(w, codebook), codebook),
        right.inertia,
        rtol=0.02,
        atol=1e-9,
    )
