"""What correct channel pruning does. Every number of a block is another one, so that whatever is picked wrongly shows;
the last check asks for no order of anything, only for what the network computes."""

import numpy as np

from grader import expect
from grader.checks import check, given
from grader.strategies import arrays, integers, lists, multiples, sampled_from
from reference_impl.batch_norm import BatchNorm
from reference_impl.pruning import channels

SHARES = sampled_from([0.4, 0.6, 0.2, 0.8, 0.0, 0.28, 1.0, 0.52])
KEEP = lists(integers(0, 4), min_size=1, max_size=4, unique=True)
LAYERS = sampled_from([(3, 3), (2, 3), (4, 2), (2, 2, 1, 2), (3, 3, 2, 1), (3, 1, 2, 2)])
NORM = ("gamma", "beta", "mean", "var")
NAMES = ("w1", "b1", *NORM, "w2")


# ---------------------------------------------------------------- channel_norms


@check(points=1, examples=30)
@given(w=arrays(multiples(0.25, -12, 12), shape=LAYERS), with_gaps=sampled_from([False, True]))
def importance_is_the_sum_of_magnitudes(solution, w, with_gaps):
    got = solution.channel_norms(solution.strided(w) if with_gaps else w)
    expect.close(
        got,
        channels.channel_norms(w),
        slips={
            "norm_of_input_channels": channels.channel_norms(np.moveaxis(w, 1, 0)),
            "signed_sum": w.reshape(len(w), -1).sum(axis=1),
            "mean_of_magnitudes": channels.channel_norms(w) / w[0].size,
            "euclidean_norm": channels.channel_norms(w, order=2),
        },
    )


# ---------------------------------------------------------------- channels_to_keep


@check(points=2)
@given(quarters=lists(integers(1, 60), min_size=2, max_size=8, unique=True), sparsity=SHARES)
def exactly_the_least_important_go(solution, quarters, sparsity):
    importance = np.array(quarters, np.float32) / 4
    order = np.argsort(importance)
    count = round(len(order) * sparsity)
    right = channels.channels_to_keep(importance, sparsity)
    got = solution.channels_to_keep(importance, sparsity)
    found = expect.array(got, finite=False)
    expect.that(not shuffled(found, right), "not_in_increasing_order", got=got, expected=right)
    expect.equal(
        got,
        right,
        slips={
            "index_minus_one": right if count else np.zeros(0),
            "pruned_ones_returned": np.sort(order[:count]),
            "mask_instead_of_indices": np.isin(np.arange(len(order)), right),
            "sparsity_taken_for_density": np.sort(order[len(order) - count :]),
            "count_rounded_down": np.sort(order[int(len(order) * sparsity + 1e-9) :]),
        },
    )
    whole = not len(right) or np.asarray(got).dtype.kind in "iu"
    expect.that(whole, "indices_not_integers", got=got, expected=right)


def shuffled(found, right):
    same_shape = found.shape == right.shape
    return same_shape and bool((np.sort(found) == right).all() and (found != right).any())


@check(points=1, depends_on="exactly_the_least_important_go")
@given(
    pattern=lists(sampled_from([0.5, 1.0, 2.0]), min_size=1, max_size=6),
    repeats=sampled_from([1, 6]),
    sparsity=SHARES,
)
def ties_go_by_the_lowest_index(solution, pattern, repeats, sparsity):
    importance = np.tile(np.array(pattern, np.float32), repeats)
    ranked, count = np.sort(importance), round(importance.size * sparsity)
    below = ranked[count - 1] if count else -1.0
    first = ranked[count] if count < importance.size else 9.0
    reversed_ = channels.channels_to_keep(importance[::-1], sparsity)
    expect.equal(
        solution.channels_to_keep(importance, sparsity),
        channels.channels_to_keep(importance, sparsity),
        slips={
            "ties_all_pruned": np.flatnonzero(importance > below),
            "ties_all_kept": np.flatnonzero(importance >= first),
            "ties_by_the_highest_index": np.sort(importance.size - 1 - reversed_),
            # right, but for a mistake that the check above looks at
            "count_rounded_down": channels.channels_to_keep(
                importance, int(importance.size * sparsity + 1e-9) / importance.size
            ),
            "index_minus_one": np.flatnonzero(importance > ranked[count - 1]),
        },
    )


# ---------------------------------------------------------------- prune_channels


def numbered(first, *shape):
    """Whole numbers in a row, no two of one block alike."""
    return np.arange(first, first + np.prod(shape), dtype=np.float32).reshape(shape)


def block_of(keep, *, extra, inner, w2_shape, dtype="float32", kernel=(1, 2)):
    """A block that has all the channels of `keep` and `extra` more."""
    out = max(keep) + 1 + extra
    vectors = {name: numbered(1000 + 10 * place, out) for place, name in enumerate(("b1", *NORM))}
    block = {
        "w1": numbered(1, out, out + inner, *kernel),
        **vectors,
        "w2": numbered(2000, *w2_shape(out)),
    }
    return {name: values.astype(dtype) for name, values in block.items()}


def right_block(block, keep):
    norm = BatchNorm(block["gamma"], block["beta"], block["mean"], block["var"])
    pruned = channels.prune_channels(channels.Block(block["w1"], block["b1"], norm, block["w2"]), keep)
    return {
        "w1": pruned.weights,
        "b1": pruned.bias,
        "gamma": pruned.norm.gamma,
        "beta": pruned.norm.beta,
        "mean": pruned.norm.mean,
        "var": pruned.norm.variance,
        "w2": pruned.next_weights,
    }


def parts_of(got):
    """What came back, as far as it is a dict with all seven arrays."""
    expect.that(got is not None, "returned_nothing")
    expect.that(isinstance(got, dict), "block_not_a_dict", got=got)
    missing = [name for name in NAMES if name not in got]
    expect.that(not missing, "array_missing", got=got, name=missing[0] if missing else "")
    return got


def without(channel_count, keep):
    """The channels that go."""
    return np.setdiff1d(np.arange(channel_count), keep)


def wrongly_picked(whole, axis, keep, gone):
    """Along an axis of channels, by mistakes that are made with any of the arrays."""
    zeroed = np.moveaxis(whole.copy(), axis, 0)
    zeroed[gone] = 0
    return {
        "channels_of_keep_removed": whole.take(gone, axis),
        "order_of_keep_lost": whole.take(np.sort(keep), axis),
        "zeroed_instead_of_removed": np.moveaxis(zeroed, 0, axis),
    }


@check(points=2)
@given(keep=KEEP, extra=integers(0, 2), inner=integers(0, 1), dtype=sampled_from(["float32", "float64"]))
def layer_and_normalisation_lose_the_same_channels(solution, keep, extra, inner, dtype):
    keep = np.array(keep)
    block = block_of(keep, extra=extra, inner=inner, w2_shape=lambda out: (2, out, 1, 1), dtype=dtype)
    got = parts_of(solution.prune_channels(block, keep))
    right = right_block(block, keep)
    gone = without(len(block["b1"]), keep)
    for name in NAMES[:-1]:
        whole = block[name]
        expect.equal(
            got[name],
            right[name],
            slips={
                **wrongly_picked(whole, 0, keep, gone),
                "input_channels_removed": whole[:, keep] if name == "w1" else right[name],
                "bias_forgotten": whole if name == "b1" else right[name],
                "normalisation_forgotten": whole if name in {"gamma", "beta"} else right[name],
                "statistics_forgotten": whole if name in {"mean", "var"} else right[name],
            },
        )
        expect.dtype(got[name], dtype)


@check(points=2, depends_on="layer_and_normalisation_lose_the_same_channels")
@given(keep=KEEP, extra=integers(0, 2), more=integers(0, 1), kernel=sampled_from([(1, 1), (2, 2)]))
def the_next_convolution_reads_what_is_left(solution, keep, extra, more, kernel):
    keep = np.array(keep)
    block = block_of(keep, extra=extra, inner=0, w2_shape=lambda out: (out + more, out, *kernel))
    got = parts_of(solution.prune_channels(block, keep))
    whole, gone = block["w2"], without(len(block["b1"]), keep)
    expect.equal(
        got["w2"],
        right_block(block, keep)["w2"],
        slips={
            **wrongly_picked(whole, 1, keep, gone),
            "next_layer_forgotten": whole,
            "next_layer_by_its_outputs": whole[keep],
        },
    )


@check(points=2, depends_on="the_next_convolution_reads_what_is_left")
@given(keep=KEEP, extra=integers(0, 2), places=integers(2, 4), more=integers(0, 1))
def a_flattened_channel_is_a_run_of_inputs(solution, keep, extra, places, more):
    keep = np.array(keep)
    block = block_of(keep, extra=extra, inner=0, w2_shape=lambda out: (out + more, out * places))
    got = parts_of(solution.prune_channels(block, keep))
    right, out = right_block(block, keep), len(block["b1"])
    w1, w2, gone = block["w1"], block["w2"], without(out, keep)
    of_w1 = {**wrongly_picked(w1, 0, keep, gone), "input_channels_removed": w1[:, keep]}
    expect.equal(got["w1"], right["w1"], slips=of_w1)
    rows, runs = len(w2), w2.reshape(-1, out, places)
    picked = wrongly_picked(runs, 1, keep, gone)
    expect.equal(
        got["w2"],
        right["w2"],
        slips={
            "columns_by_channel_number": w2[:, keep],
            "channels_last": w2.reshape(rows, places, out)[:, :, keep].reshape(rows, -1),
            **{key: wrong.reshape(rows, -1) for key, wrong in picked.items()},
            "next_layer_forgotten": w2,
            "next_layer_by_its_outputs": w2[keep],
        },
    )


@check(points=1, examples=15)
@given(keep=KEEP, extra=integers(1, 2), flattened=sampled_from([False, True]))
def the_given_block_is_not_changed(solution, keep, extra, flattened):
    """Both times in the reversed order of the whole, so that what went in the call before is asked for again."""
    block = block_of(
        keep, extra=extra, inner=0, w2_shape=lambda out: (2, out * 2) if flattened else (2, out, 1, 1)
    )
    everything = np.arange(len(block["b1"]))[::-1]
    fresh = parts_of(solution.prune_channels(block, everything))
    same = solution.keep(block)
    solution.prune_channels(same, np.array(keep))
    again = parts_of(solution.prune_channels(same, everything))
    for name in NAMES:
        if not (flattened and name == "w2"):  # whether it is right is for other checks to say
            expect.shape(fresh[name], block[name].shape)
        expect.unchanged_input(again[name], fresh[name])


# ---------------------------------------------------------------- unseen


def convolved(x, w):
    """x (channels, height, width), without padding; w (out, in, height, width)."""
    windows = np.lib.stride_tricks.sliding_window_view(x, w.shape[2:], axis=(1, 2))
    return np.einsum("chwij,ocij->ohw", windows, w)


def output(block, x, masked=()):
    """What a block computes; the channels `masked` are zero after the ReLU."""
    wide = {name: np.asarray(values, np.float64) for name, values in block.items()}
    y = wide["w1"] @ x if wide["w1"].ndim == 2 else convolved(x, wide["w1"])
    each = (-1,) + (1,) * (y.ndim - 1)
    norm = BatchNorm(*(wide[name] for name in NORM))
    shift = wide["beta"] + norm.gain() * (wide["b1"] - wide["mean"])
    y = np.maximum(y * norm.gain().reshape(each) + shift.reshape(each), 0.0)
    y[list(masked)] = 0
    return wide["w2"] @ y.ravel() if wide["w2"].ndim == 2 else convolved(y, wide["w2"])


def drawn_block(draw, kind, sides):
    out, inner, last = sides
    kernel = () if kind == "dense" else (2, 2)
    w2 = {"dense": (last, out), "flattened": (last, out * 9), "convolutions": (last, out, 2, 2)}[kind]
    block = {"w1": draw.normal(size=(out, inner, *kernel)), "w2": draw.normal(size=w2)}
    block |= {name: draw.normal(size=out) for name in ("b1", *NORM)}
    block["var"] = block["var"] ** 2 + 0.1
    return {name: values.astype(np.float32) for name, values in block.items()}


@check(points=2, visible=False, examples=7)
@given(seed=integers(0, 2**20), sides=lists(integers(2, 7), min_size=3, max_size=3))
def what_is_left_computes_what_the_masked_network_does(solution, seed, sides):
    draw = np.random.RandomState(seed)
    for kind in ("convolutions", "flattened", "dense"):
        computes_the_same(solution, draw, kind, sides)


def computes_the_same(solution, draw, kind, sides):
    out, inner, _ = sides
    block = drawn_block(draw, kind, sides)
    keep = draw.permutation(out)[: draw.randint(1, out + 1)]
    x = draw.normal(size=(inner,) if kind == "dense" else (inner, 4, 4))
    got = parts_of(solution.prune_channels(block, keep))
    shapes = {name: values.shape for name, values in right_block(block, keep).items()}
    small = {name: expect.array(got[name], shapes[name]) for name in NAMES}
    expect.at_least(small["var"], 0.0)
    expect.close(output(small, x), output(block, x, without(out, keep)), rtol=1e-6, atol=1e-6)
