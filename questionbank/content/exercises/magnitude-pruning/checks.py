"""What correct magnitude pruning does. Shares are multiples of 0.04: n times such a share is never half a weight, so
every way to round counts the same. The wrong masks are the reference's too, of weights or shares changed by a mistake."""

import numpy as np

from grader import expect, pictures
from grader.checks import check, given
from grader.strategies import arrays, integers, lists, multiples, sampled_from, shapes
from reference_impl import pruning

SHARES = sampled_from([0.4, 0.2, 0.6, 0.8, 0.12, 0.28, 0.52, 0.88, 0.96])
ALL_SHARES = sampled_from([0.4, 0.0, 1.0, 0.2, 0.6, 0.8, 0.28])
BIASES = ("stem.bias", "head.bias")


def distinct_weights(min_size, max_size):
    """In a row, without two of the same magnitude, exact in float32."""
    quarters = lists(integers(-60, 60), min_size=min_size, max_size=max_size, unique_by=abs)
    return quarters.map(lambda values: np.array(values, np.float32) / 4)


def tied_weights(max_size=6):
    return arrays(sampled_from([0.5, -0.5, 1.0, -1.0]), max_size=max_size)


def without(w, count):
    """The reference's mask that lacks `count` weights, as far as there are as many."""
    return pruning.magnitude_mask(w, min(max(count, 0), w.size) / max(w.size, 1))


def wrong_masks(w, share):
    exact = w.size * share
    sizes = np.abs(w)
    return {
        "mask_inverted": ~pruning.magnitude_mask(w, share),
        "weights_instead_of_mask": w * pruning.magnitude_mask(w, share),
        "signed_values_ranked": pruning.magnitude_mask(w - w.min(), share),
        "largest_pruned": pruning.magnitude_mask(sizes.max() - sizes, share),
        "sparsity_taken_for_density": without(w, w.size - round(exact)),
        "share_of_the_largest": pruning.threshold_mask(w, share * float(sizes.max())),
        "quantile_of_magnitudes": sizes > np.quantile(sizes, share),
        "count_rounded_down": without(w, int(exact)),
        "count_rounded_up": without(w, int(np.ceil(exact - 1e-9))),
        "one_too_many": without(w, round(exact) + 1),
        "one_too_few": without(w, round(exact) - 1),
    }


#: weights as a trained layer has them, to be drawn
BELL = np.random.default_rng(1).normal(0.0, 0.8, 600).astype(np.float32)


# ---------------------------------------------------------------- sparsity_of


@check(points=1)
@given(w=arrays(sampled_from([0.0, 1.0, -0.5, -0.0, 3.0]), shape=shapes(min_dims=1, max_dims=2)))
def sparsity_is_the_share_of_zeros(solution, w):
    right = pruning.sparsity(w)
    plus_zeros = int(np.count_nonzero((w == 0) & ~np.signbit(w)))
    expect.close(
        solution.sparsity_of(w),
        right,
        atol=1e-9,
        slips=lambda: {
            "density_returned": 1 - right,
            "zeros_not_divided": w.size - np.count_nonzero(w),
            "percent_instead_of_share": 100 * right,
            "negative_zero_not_counted": plus_zeros / w.size,
        },
    )


# ---------------------------------------------------------------- threshold_prune


@check(points=1)
@given(w=arrays(multiples(0.25, -8, 8)), threshold=multiples(0.25, 0, 8))
def magnitudes_at_the_threshold_stay(solution, w, threshold):
    got = solution.threshold_prune(w, threshold)
    right = pruning.threshold_mask(w, threshold)
    sizes = np.abs(w)
    expect.equal(
        got,
        right,
        slips=lambda: {
            "threshold_excluded": sizes > threshold,
            "threshold_without_magnitude": w >= threshold,
            "mask_inverted": ~right,
            "weights_instead_of_mask": w * right,
        },
        picture=lambda: pictures.weight_histogram(BELL, solution.threshold_prune(BELL, 0.75)),
    )


# ---------------------------------------------------------------- magnitude_prune


@check(points=2)
@given(w=distinct_weights(2, 8), sparsity=SHARES)
def the_smallest_magnitudes_go(solution, w, sparsity):
    got = solution.magnitude_prune(w, sparsity)
    expect.equal(
        got,
        pruning.magnitude_mask(w, sparsity),
        slips=lambda: wrong_masks(w, sparsity),
        picture=lambda: pictures.weight_histogram(BELL, solution.magnitude_prune(BELL, 0.5)),
    )


@check(points=2, depends_on="the_smallest_magnitudes_go")
@given(pattern=tied_weights(), repeats=sampled_from([1, 6]), sparsity=SHARES)
def ties_go_by_the_lowest_index(solution, pattern, repeats, sparsity):
    w = np.tile(pattern, repeats)
    got = solution.magnitude_prune(w, sparsity)
    expect.equal(
        got,
        pruning.magnitude_mask(w, sparsity),
        slips=lambda: wrong_ties(w, sparsity),
    )


def wrong_ties(w, share):
    sizes, count = np.abs(w), round(w.size * share)
    ranked = np.sort(sizes)
    unstable = np.ones(w.size, bool)
    unstable[np.argsort(sizes)[:count]] = False
    return {
        "ties_all_pruned": sizes > ranked[count - 1] if count else sizes >= 0,
        "ties_all_kept": sizes >= ranked[count] if count < w.size else sizes < 0,
        "ties_by_the_highest_index": pruning.magnitude_mask(w[::-1], share)[::-1],
        "sort_not_stable": unstable,
    }


@check(points=1)
@given(w=distinct_weights(1, 6), everything=sampled_from([False, True]))
def nothing_or_everything_may_go(solution, w, everything):
    got = solution.magnitude_prune(w, 1.0 if everything else 0.0)
    right = pruning.magnitude_mask(w, 1.0 if everything else 0.0)
    sizes = np.abs(w)
    expect.equal(
        got,
        right,
        slips=lambda: {
            "index_minus_one": right if everything else sizes > sizes.max(),
            "one_always_stays": without(w, w.size - 1) if everything else right,
            "one_always_goes": right if everything else without(w, 1),
            "mask_inverted": ~right,
        },
    )


@check(points=1, examples=30)
@given(
    shape=shapes(min_dims=1, max_dims=3, max_side=3, min_side=0),
    first=integers(-4, 2),
    sparsity=ALL_SHARES,
    with_gaps=sampled_from([False, True]),
)
def masks_are_bool_in_the_shape_of_w(solution, shape, first, sparsity, with_gaps):
    w = np.arange(first, first + np.prod(shape, dtype=int)).reshape(shape).astype(np.float32)
    mask = solution.magnitude_prune(solution.strided(w) if with_gaps else w, sparsity)
    expect.equal(mask, pruning.magnitude_mask(w, sparsity))
    expect.dtype(mask, "bool")


@check(points=1, examples=15, depends_on=("magnitudes_at_the_threshold_stay", "the_smallest_magnitudes_go"))
@given(w=arrays(multiples(0.25, -40, 40), max_size=8), sparsity=SHARES)
def the_given_weights_are_not_changed(solution, w, sparsity):
    """Weights that were pruned or sorted in place lie on other sides of the threshold."""
    kept = solution.keep(w)
    before = solution.threshold_prune(kept, 1.0)
    expect.equal(before, pruning.threshold_mask(w, 1.0))
    solution.magnitude_prune(kept, sparsity)
    expect.unchanged_input(solution.threshold_prune(kept, 1.0), before)


# ---------------------------------------------------------------- global_prune


def prunable(layers):
    return {name: w for name, w in layers.items() if w.ndim > 1}


def right_masks(layers, share):
    masks = pruning.global_masks(prunable(layers), share)
    return {name: masks.get(name, np.ones(w.shape, bool)) for name, w in layers.items()}


def masks_of(got, layers):
    """What came back, as far as it is a dict with a mask for every layer."""
    expect.that(isinstance(got, dict), "global_not_a_dict", got=got)
    missing = [name for name in layers if name not in got]
    expect.that(not missing, "layer_without_mask", got=got, layer=missing[0] if missing else "")
    return got


def network(values):
    """Two layers and their biases, of 14 weights."""
    return {
        "stem.weight": values[:4].reshape(2, 2),
        "stem.bias": values[4:6],
        "head.weight": values[6:12].reshape(2, 3),
        "head.bias": values[12:],
    }


@check(points=2, depends_on="the_smallest_magnitudes_go")
@given(values=distinct_weights(14, 14), sparsity=SHARES)
def one_ranking_for_all_layers(solution, values, sparsity):
    layers = network(values)
    weights = prunable(layers)
    masks = masks_of(solution.global_prune(layers, sparsity), layers)
    biases_too = pruning.global_masks(layers, sparsity)
    with_biases_counted = right_masks(layers, min(1.0, round(14 * sparsity) / 10))
    for name, right in right_masks(layers, sparsity).items():
        expect.equal(
            masks[name],
            right,
            slips={
                "biases_pruned_too": biases_too[name],
                "biases_counted": with_biases_counted[name],
                "pruned_layer_by_layer": pruning.magnitude_mask(layers[name], sparsity)
                if name in weights
                else right,
                "biases_lost": np.zeros_like(right) if name in BIASES else right,
            },
        )


@check(points=1, depends_on=("ties_go_by_the_lowest_index", "one_ranking_for_all_layers"))
@given(
    body=arrays(sampled_from([0.5, -0.5, 1.0]), shape=(1, 3)),
    stem=arrays(sampled_from([0.5, -0.5, 1.0]), shape=(2, 2)),
    head=arrays(sampled_from([0.5, -0.5, 1.0]), shape=(2, 1)),
    sparsity=SHARES,
)
def ties_between_layers_go_by_their_order(solution, body, stem, head, sparsity):
    layers = {"body": body, "stem": stem, "head": head}
    masks = masks_of(solution.global_prune(layers, sparsity), layers)
    by_name = pruning.global_masks(dict(sorted(layers.items())), sparsity)
    from_the_last = pruning.global_masks(dict(reversed(layers.items())), sparsity)
    sizes = np.abs(np.concatenate([w.ravel() for w in layers.values()]))
    cut = np.sort(sizes)[round(sizes.size * sparsity) - 1]
    for name, right in right_masks(layers, sparsity).items():
        expect.equal(
            masks[name],
            right,
            slips={
                "layers_by_name": by_name[name],
                "layers_from_the_last": from_the_last[name],
                "ties_all_pruned": np.abs(layers[name]) > cut,
            },
        )


# ---------------------------------------------------------------- unseen


@check(points=1, visible=False, examples=20)
@given(
    seed=integers(0, 2**20),
    sides=lists(integers(0, 9), min_size=4, max_size=4),
    sparsity=ALL_SHARES,
    steps=sampled_from([4, 64]),
)
def larger_networks_are_pruned_exactly(solution, seed, sides, sparsity, steps):
    """Convolutions, empty layers, many ties (few steps), biases."""
    draw = np.random.RandomState(seed)
    out, inner, kernel, classes = sides
    sizes = {
        "conv": (out, inner, kernel, kernel),
        "conv.bias": (out,),
        "fc": (classes, 8),
        "fc.bias": (classes,),
    }
    layers = {
        name: (draw.randint(-steps, steps + 1, size) / 8).astype(np.float32) for name, size in sizes.items()
    }
    masks = masks_of(solution.global_prune(layers, sparsity), layers)
    for name, right in right_masks(layers, sparsity).items():
        expect.equal(masks[name], right)
        expect.dtype(masks[name], "bool")
    one = layers["fc"]
    expect.equal(solution.magnitude_prune(one, sparsity), pruning.magnitude_mask(one, sparsity))
