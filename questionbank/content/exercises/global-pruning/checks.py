"""What correct global pruning does. Shares are multiples of 0.04: n times such a share is never half a weight, so every
way to round counts the same. Masks are compared as a whole dict: a mistake has to explain the masks of all layers."""

from math import ceil

import numpy as np

from grader import expect, pictures
from grader.checks import check, given
from grader.strategies import arrays, integers, lists, sampled_from, shapes
from reference_impl import pruning

SHARES = sampled_from([0.4, 0.2, 0.6, 0.8, 0.12, 0.28, 0.52, 0.88, 0.96])
ALL_SHARES = sampled_from([0.4, 0.0, 1.0, 0.2, 0.6, 0.8])
TIES = sampled_from([0.5, -0.5, 1.0, -1.0])


def distinct_weights(count):
    """In a row, without two of the same magnitude, exact in float32."""
    quarters = lists(integers(-90, 90), min_size=count, max_size=count, unique_by=abs)
    return quarters.map(lambda values: np.array(values, np.float32) / 4)


def network(values):
    """Three layers of 12 weights, the second of small ones; a bias of 2. By name the order is another one."""
    return {
        "stem": values[:4].reshape(2, 2),
        "stem.bias": values[4:6] / 8,
        "body": values[6:12].reshape(2, 3) / 64,
        "head": values[12:].reshape(1, 2),
    }


# ---------------------------------------------------------------- right and wrong masks


def prunable(layers):
    return {name: w for name, w in layers.items() if w.ndim > 1}


def weights_of(layers):
    return sum(w.size for w in prunable(layers).values())


def with_biases(masks, layers):
    return {name: masks.get(name, np.ones(w.shape, bool)) for name, w in layers.items()}


def right_masks(layers, share):
    return with_biases(pruning.global_masks(prunable(layers), share), layers)


def without(sizes, count, layers):
    """The `count` smallest of these magnitudes go, as far as there are as many."""
    total = weights_of(layers)
    share = min(max(count, 0), total) / max(total, 1)
    return with_biases(pruning.global_masks(prunable(sizes), share), layers)


def safe_weights(w, floor):
    return pruning.magnitude_mask(w, min(max(w.size - floor, 0), w.size) / max(w.size, 1))


def floor_masks(layers, count, floor):
    """`count` go, none of the `floor` largest of a layer among them."""
    safe = {name: safe_weights(w, floor) for name, w in prunable(layers).items()}
    behind_all = {name: np.where(safe[name], 1e6, w) for name, w in prunable(layers).items()}
    free = sum(int((~one).sum()) for one in safe.values())
    return without(behind_all, min(count, free), layers)


def right_floor_masks(layers, share, floor):
    return floor_masks(layers, round(share * weights_of(layers)), floor)


def wrong_masks(layers, share):
    weights, right = prunable(layers), right_masks(layers, share)
    count = round(share * weights_of(layers))
    every_size = sum(w.size for w in layers.values())
    relative = {name: np.abs(w) / (np.abs(w).max(initial=0) or 1) for name, w in weights.items()}
    not_rows = {name: w for name, w in layers.items() if w.ndim != 1}
    return {
        "pruned_layer_by_layer": with_biases(
            {name: pruning.magnitude_mask(w, share) for name, w in weights.items()}, layers
        ),
        "magnitudes_scaled_by_layer": without(relative, count, layers),
        "single_numbers_pruned": with_biases(pruning.global_masks(not_rows, share), layers),
        "biases_pruned_too": pruning.global_masks(layers, share),
        "count_rounded_down": without(layers, int(share * weights_of(layers) + 1e-9), layers),
        "count_rounded_up": without(layers, ceil(share * weights_of(layers) - 1e-9), layers),
        "quantile_of_magnitudes": above_quantile(layers, share),
        "biases_counted": without(layers, round(share * every_size), layers),
        "biases_lost": right | {name: np.zeros(w.shape, bool) for name, w in layers.items() if w.ndim < 2},
        "sparsity_taken_for_density": without(layers, weights_of(layers) - count, layers),
        "mask_inverted": {name: ~mask for name, mask in right.items()},
        "largest_pruned": without({name: 100 - np.abs(w) for name, w in weights.items()}, count, layers),
        "signed_values_ranked": without({name: w + 100 for name, w in weights.items()}, count, layers),
        "split_in_another_order": split_in_another_order(layers, share),
    }


def split_in_another_order(layers, share):
    """Ranked by name, handed out in the order of the dict."""
    by_name = pruning.global_masks(prunable(dict(sorted(layers.items()))), share)
    flat = np.concatenate([np.ones(0, bool), *(mask.ravel() for mask in by_name.values())])
    ends = np.cumsum([w.size for w in prunable(layers).values()])
    parts = zip(prunable(layers).items(), np.split(flat, ends[:-1]), strict=False)
    return with_biases({name: part.reshape(w.shape) for (name, w), part in parts}, layers)


def above_quantile(layers, share):
    weights = prunable(layers)
    sizes = np.abs(np.concatenate([np.zeros(0), *(w.ravel() for w in weights.values())]))
    threshold = np.quantile(sizes, share) if sizes.size else 0
    return with_biases({name: np.abs(w) > threshold for name, w in weights.items()}, layers)


def wrong_ties(layers, share):
    weights = prunable(layers)
    sizes = np.sort(np.abs(np.concatenate([w.ravel() for w in weights.values()])))
    count = round(share * sizes.size)
    first_left = sizes[count] if count < sizes.size else np.inf
    return {
        "layers_by_name": right_masks(dict(sorted(layers.items())), share),
        "layers_from_the_last": right_masks(dict(reversed(layers.items())), share),
        "ties_by_the_highest_index": reversed_masks(layers, share),
        "ties_all_pruned": with_biases(
            {name: np.abs(w) > sizes[count - 1] for name, w in weights.items()}, layers
        ),
        "ties_all_kept": with_biases({name: np.abs(w) >= first_left for name, w in weights.items()}, layers),
    }


def reversed_masks(layers, share):
    """Of equal magnitudes the last one of the whole network goes first."""
    backwards = {name: w[::-1, ::-1] for name, w in reversed(prunable(layers).items())}
    masks = pruning.global_masks(backwards, share)
    return with_biases({name: mask[::-1, ::-1] for name, mask in masks.items()}, layers)


def masks_of(got, layers):
    """What came back, as far as it is a dict with a mask for every layer."""
    expect.that(isinstance(got, dict), "not_a_dict", got=got)
    missing = [name for name in layers if name not in got]
    expect.that(not missing, "layer_without_mask", got=got, layer=missing[0] if missing else "")
    return got


def expect_masks(got, layers, right, wrong, picture=None):
    """`wrong` makes the masks of known mistakes, which cost more than the right ones; most are never asked for."""
    masks = masks_of(got, layers)
    same = all(np.array_equal(masks[name], right[name]) for name in layers)
    expect.equal(masks, right, slips={} if same else wrong(), picture=picture)


DRAW = np.random.default_rng(1)
BELLS = {
    "stem": DRAW.normal(0, 1.0, (12, 25)).astype(np.float32),
    "body": DRAW.normal(0, 0.4, (12, 25)).astype(np.float32),
}


def drawn(solution):
    """What global pruning keeps of a layer of large and a layer of small weights."""

    def sketch():
        masks = solution.global_prune(BELLS, 0.6)
        if not isinstance(masks, dict) or not all(isinstance(masks.get(name), np.ndarray) for name in BELLS):
            return None
        return pictures.weight_histogram(
            np.concatenate([w.ravel() for w in BELLS.values()]),
            np.concatenate([masks[name].ravel() for name in BELLS]),
        )

    return sketch


# ---------------------------------------------------------------- global_prune


@check(points=2, examples=30)
@given(values=distinct_weights(14), sparsity=SHARES)
def one_threshold_for_all_layers(solution, values, sparsity):
    layers = network(values)
    expect_masks(
        solution.global_prune(layers, sparsity),
        layers,
        right_masks(layers, sparsity),
        lambda: wrong_masks(layers, sparsity),
        picture=drawn(solution),
    )


@check(points=1, examples=25, depends_on="one_threshold_for_all_layers")
@given(
    stem=arrays(TIES, shape=(2, 2)),
    body=arrays(TIES, shape=(1, 3)),
    head=arrays(TIES, shape=(2, 1)),
    sparsity=SHARES,
)
def ties_between_layers_go_by_their_order(solution, stem, body, head, sparsity):
    layers = {"stem": stem, "body": body, "head": head}
    expect_masks(
        solution.global_prune(layers, sparsity),
        layers,
        right_masks(layers, sparsity),
        lambda: {**wrong_ties(layers, sparsity), **wrong_masks(layers, sparsity)},
    )


@check(points=1, examples=20, depends_on="one_threshold_for_all_layers")
@given(
    sides=lists(integers(0, 3), min_size=4, max_size=4),
    weights=sampled_from([True, False]),
    dtype=sampled_from(["float32", "float64"]),
    sparsity=ALL_SHARES,
)
def every_array_gets_a_mask_of_its_shape(solution, sides, weights, dtype, sparsity):
    """A convolution, empty layers, a single number, biases; and networks of nothing else."""
    out, inner, rows, columns = sides
    of_weights = {"conv": (out, inner, 2, 1), "fc": (rows, columns)} if weights else {}
    sizes = {"scale": (), **of_weights, "bias": (out,)}
    layers = {
        name: np.arange(1, 1 + np.prod(size, dtype=int)).reshape(size).astype(dtype)
        for name, size in sizes.items()
    }
    masks, right = solution.global_prune(layers, sparsity), right_masks(layers, sparsity)
    expect_masks(masks, layers, right, lambda: wrong_masks(layers, sparsity))
    for name in layers:
        expect.dtype(masks[name], "bool")
        expect.shape(masks[name], right[name].shape)  # empty arrays are equal in any shape


@check(points=1, examples=15)
@given(values=distinct_weights(14), floor=integers(0, 2))
def the_given_layers_are_not_changed(solution, values, floor):
    """Weights that were set to zero are of equal magnitude; whether the masks are right is for other checks to say."""
    layers = network(values)
    fresh = masks_of(solution.global_prune(layers, 0.2), layers)
    kept = solution.keep(layers)
    solution.global_prune(kept, 0.8)
    solution.prune_with_floor(kept, 0.8, floor)
    again = masks_of(solution.global_prune(kept, 0.2), layers)
    for name in layers:
        expect.dtype(fresh[name], "bool")
        expect.unchanged_input(again[name], fresh[name])


# ---------------------------------------------------------------- sparsities


def share_of(mask):
    return pruning.sparsity(mask) if mask.size else 0.0


def expect_shares(got, masks):
    """One share a mask, and that of all masks together."""
    shares, total = expect.pair(got)
    expect.that(isinstance(shares, dict), "shares_not_a_dict", got=shares)
    missing = [name for name in masks if name not in shares]
    expect.that(not missing, "layer_without_share", got=shares, layer=missing[0] if missing else "")
    expect.length(shares, len(masks))
    exact = {name: share_of(mask) for name, mask in masks.items()}
    together = np.concatenate([np.ones(0, bool), *(mask.ravel() for mask in masks.values())])
    for name, share in exact.items():
        pruned = int((~masks[name]).sum())
        slips = {
            "density_returned": 1 - share,
            "pruned_not_divided": pruned,
            "divided_by_the_whole_network": pruned / max(together.size, 1),
        }
        expect.close(shares[name], share, atol=1e-9, slips=slips)
    slips = {
        "mean_of_the_shares": sum(exact.values()) / max(len(exact), 1),
        "shares_added_up": sum(exact.values()),
    }
    expect.close(total, share_of(together), atol=1e-9, slips=slips)


def masks_to_measure(min_side):
    sides = shapes(min_dims=1, max_dims=2, max_side=4, min_side=min_side)
    some = lists(arrays(sampled_from([True, False]), dtype=bool, shape=sides), min_size=1, max_size=3)
    return some.map(lambda found: dict(zip(("stem", "body", "head"), found, strict=False)))


@check(points=2, examples=30)
@given(masks=masks_to_measure(1))
def the_total_is_a_ratio_of_sums(solution, masks):
    expect_shares(solution.sparsities(masks), masks)


@check(points=1, examples=20, depends_on="the_total_is_a_ratio_of_sums")
@given(masks=masks_to_measure(0), empty=sampled_from([False, True]))
def empty_layers_and_networks_have_sparsity_zero(solution, masks, empty):
    masks = {} if empty else {**masks, "tail": np.ones((0, 2), bool)}
    expect_shares(solution.sparsities(masks), masks)


# ---------------------------------------------------------------- prune_with_floor


def wrong_floor_masks(layers, share, floor):
    weights, total = prunable(layers), weights_of(layers)
    count = round(share * total)
    globally = right_masks(layers, share)
    safe = with_biases({name: safe_weights(w, floor) for name, w in weights.items()}, layers)
    free = sum(max(w.size - floor, 0) for w in weights.values())
    by_layer = {
        name: pruning.magnitude_mask(w, max(0, min(round(share * w.size), w.size - floor)) / w.size)
        for name, w in weights.items()
    }
    return {
        "floor_ignored": globally,
        "restored_but_none_instead": {name: globally[name] | safe[name] for name in layers},
        "floor_of_the_network": without(layers, min(count, total - floor), layers),
        "floor_one_too_low": floor_masks(layers, count, floor - 1),
        "floor_one_too_high": floor_masks(layers, count, floor + 1),
        "count_of_the_rest": floor_masks(layers, round(share * free), floor),
        "count_beside_the_floor": floor_masks(layers, count - (total - free), floor),
        "floor_by_layer": with_biases(by_layer, layers),
        **wrong_masks(layers, share),
    }


@check(points=2, examples=30, depends_on="one_threshold_for_all_layers")
@given(values=distinct_weights(14), sparsity=SHARES, floor=integers(1, 3))
def no_layer_falls_below_its_floor(solution, values, sparsity, floor):
    layers = network(values)
    expect_masks(
        solution.prune_with_floor(layers, sparsity, floor),
        layers,
        right_floor_masks(layers, sparsity, floor),
        lambda: wrong_floor_masks(layers, sparsity, floor),
    )


@check(points=1, examples=25, depends_on="no_layer_falls_below_its_floor")
@given(
    stem=arrays(TIES, shape=(2, 2)),
    body=arrays(TIES, shape=(1, 3)),
    floor=sampled_from([2, 0, 1, 4, 50]),
    sparsity=ALL_SHARES,
)
def floors_of_any_height_hold_with_ties(solution, stem, body, floor, sparsity):
    layers = {"stem": stem, "scale": np.array([0.25], np.float32), "body": body}
    expect_masks(
        solution.prune_with_floor(layers, sparsity, floor),
        layers,
        right_floor_masks(layers, sparsity, floor),
        lambda: wrong_floor_masks(layers, sparsity, floor),
    )


# ---------------------------------------------------------------- unseen


@check(points=1, visible=False, examples=12)
@given(
    seed=integers(0, 2**20),
    sides=lists(integers(0, 9), min_size=4, max_size=4),
    sparsity=ALL_SHARES,
    floor=integers(0, 40),
    steps=sampled_from([4, 64]),
)
def larger_networks_are_pruned_exactly(solution, seed, sides, sparsity, floor, steps):
    """Convolutions, empty layers, many ties (few steps), biases."""
    draw = np.random.RandomState(seed)
    out, inner, kernel, classes = sides
    sizes = {"stem": (out, inner, kernel, kernel), "bias": (out,), "head": (classes, 8), "body": (20, 10)}
    layers = {
        name: (draw.randint(-steps, steps + 1, size) / 8).astype(np.float32) for name, size in sizes.items()
    }
    expect.equal(masks_of(solution.global_prune(layers, sparsity), layers), right_masks(layers, sparsity))
    expect.equal(
        masks_of(solution.prune_with_floor(layers, sparsity, floor), layers),
        right_floor_masks(layers, sparsity, floor),
    )
