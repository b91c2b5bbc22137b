"""What correct gradients of shared weights are. Inputs and targets are small whole numbers and shared values halves, so that
little is rounded before the mean over the batch."""

import numpy as np

from grader import expect
from grader.checks import check, given
from grader.strategies import arrays, integers, multiples, sampled_from, shapes
from reference_impl import weight_sharing

K, OUTPUTS, INPUTS = 3, 2, 3
RTOL, ATOL = 1e-5, 1e-5

CODEBOOKS = arrays(multiples(0.5, -4, 4), dtype=np.float64, shape=(K,))
LAYERS = arrays(integers(0, 3 * K - 1), dtype=np.int64, shape=(OUTPUTS, INPUTS)).map(
    lambda numbers: (numbers % K, numbers < 2 * K)
)  #: indices and mask
BATCHES = arrays(integers(-3, 3), shape=sampled_from([(3, INPUTS + OUTPUTS), (1, INPUTS + OUTPUTS)])).map(
    lambda cases: (cases[:, :INPUTS], cases[:, INPUTS:])
)  #: inputs and targets of one case or three


def right_weights(codebook, indices, mask):
    return weight_sharing.decode(indices, codebook) * np.asarray(mask)


def right_gradient(grad, indices, mask, k):
    return weight_sharing.centroid_gradient(np.asarray(grad) * np.asarray(mask), indices, int(k))


def by_weight(weights, x, target):
    """Loss, and its gradient by each weight as if none were shared or pruned."""
    misses = x.astype(np.float64) @ weights.T - target
    return float((misses**2).sum()) / (2 * len(x)), misses.T @ x / len(x)


def right_loss_and_gradient(codebook, indices, mask, x, target):
    loss, grad = by_weight(right_weights(codebook, indices, mask), np.asarray(x), np.asarray(target))
    return loss, right_gradient(grad, indices, mask, len(codebook))


def mean_gradient(grad, indices, mask, k):
    kept = np.bincount(indices[mask], minlength=k)
    return right_gradient(grad, indices, mask, k) / np.maximum(kept, 1)


# ---------------------------------------------------------------- shared_weights, centroid_gradient


@check(points=2)
@given(
    codebook=CODEBOOKS,
    numbers=arrays(integers(0, 2 * K - 1), dtype=np.int64, shape=shapes(min_dims=1, max_dims=3, max_side=3)),
)
def pruned_weights_are_zero(solution, codebook, numbers):
    indices, mask = numbers % K, numbers < K
    right = right_weights(codebook, indices, mask)
    expect.equal(
        solution.shared_weights(codebook, indices, mask),
        right,
        slips=lambda: {
            "mask_forgotten": codebook[indices],
            "mask_inverted": codebook[indices] * ~mask,
            "index_zero_for_pruned_weights": codebook[indices * mask],
            "indices_for_weights": indices * mask,
            "only_the_weights_that_are_left": codebook[indices][mask],
        },
    )


@check(points=2, depends_on="pruned_weights_are_zero")
@given(
    numbers=arrays(integers(0, 63), dtype=np.int64, shape=shapes(min_dims=2, max_dims=2, max_side=4)),
    unused=integers(0, 2),
)
def gradients_of_sharers_add_up(solution, numbers, unused):
    indices, mask, grad = numbers % 4, numbers % 3 > 0, (numbers // 4 - 7).astype(np.float32) / 2
    k = 4 + unused
    right = right_gradient(grad, indices, mask, k)
    by_column = np.asarray(indices.ravel(order="F")).reshape(indices.shape)
    last = np.zeros(k)
    last[indices.ravel()] = (grad * mask).ravel()
    occurring = np.bincount(indices[mask], minlength=k) > 0
    expect.close(
        solution.centroid_gradient(grad, indices, mask, k),
        right,
        rtol=RTOL,
        atol=ATOL,
        slips=lambda: {
            "mask_forgotten": right_gradient(grad, indices, np.ones_like(mask), k),
            "mask_inverted": right_gradient(grad, indices, ~mask, k),
            "mean_of_the_gradients": mean_gradient(grad, indices, mask, k),
            "mean_with_the_pruned_ones": right / np.maximum(np.bincount(indices.ravel(), minlength=k), 1),
            "only_the_last_gradient": last,
            "indices_column_by_column": right_gradient(grad, by_column, mask, k),
            "unused_values_left_out": right[occurring],
            "cut_at_the_largest_index": right[: int(indices.max()) + 1],
            "gradient_of_every_weight": right[indices] * mask,
        },
    )


# ---------------------------------------------------------------- loss_and_gradient


def wrong_losses(codebook, indices, mask, x, target):
    right, _ = right_loss_and_gradient(codebook, indices, mask, x, target)
    misses = x @ right_weights(codebook, indices, mask).T - target
    return {
        "loss_not_halved": 2 * right,
        "summed_over_the_batch": right * len(x),
        "mean_over_outputs_too": right / target.shape[1],
        "mask_forgotten": by_weight(codebook[indices], x, target)[0],
        "square_root_taken": np.sqrt(2 * right),
        "magnitudes_instead_of_squares": np.abs(misses).sum() / (2 * len(x)),
    }


def wrong_gradients(codebook, indices, mask, x, target):
    _, right = right_loss_and_gradient(codebook, indices, mask, x, target)
    _, grad = by_weight(right_weights(codebook, indices, mask), x, target)
    _, unmasked = by_weight(codebook[indices], x, target)
    k, everything = len(codebook), np.ones_like(mask)
    return {
        "mask_forgotten": right_gradient(unmasked, indices, everything, k),
        "pruned_weights_pull": right_gradient(grad, indices, everything, k),
        "mask_forgotten_on_the_way_forward": right_gradient(unmasked, indices, mask, k),
        "mean_of_the_gradients": mean_gradient(grad, indices, mask, k),
        "summed_over_the_batch": right * len(x),
        "mean_over_outputs_too": right / target.shape[1],
        "gradient_of_the_loss_not_halved": 2 * right,
        "gradient_downhill": -right,
        "gradient_of_every_weight": right[indices] * mask,
        "loss_and_gradient_by_weight": grad,
    }


@check(points=1, examples=25)
@given(codebook=CODEBOOKS, layer=LAYERS, batch=BATCHES)
def the_loss_is_half_the_mean_square(solution, codebook, layer, batch):
    about = (codebook, *layer, *batch)
    loss, _ = expect.pair(solution.loss_and_gradient(*about))
    right, _ = right_loss_and_gradient(*about)
    expect.close(loss, right, rtol=RTOL, atol=ATOL, slips=lambda: wrong_losses(*about))


@check(points=2, examples=25, depends_on=("pruned_weights_are_zero", "gradients_of_sharers_add_up"))
@given(codebook=CODEBOOKS, layer=LAYERS, batch=BATCHES)
def the_gradient_goes_through_the_layer(solution, codebook, layer, batch):
    about = (codebook, *layer, *batch)
    _, got = expect.pair(solution.loss_and_gradient(*about))
    _, right = right_loss_and_gradient(*about)
    expect.close(got, right, rtol=RTOL, atol=ATOL, slips=lambda: wrong_gradients(*about))


# ---------------------------------------------------------------- train_codebook


def descended(codebook, indices, mask, x, target, rate, steps, *, gradient=right_gradient):
    for _ in range(steps):
        grad = by_weight(right_weights(codebook, indices, mask), x, target)[1]
        codebook = codebook - rate * gradient(grad, indices, mask, len(codebook))
    return codebook


@check(points=2, examples=25, depends_on="gradients_of_sharers_add_up")
@given(
    codebook=CODEBOOKS,
    layer=LAYERS,
    batch=BATCHES,
    rate=sampled_from([0.0625, 0.03125]),
    steps=sampled_from([2, 1, 3, 0]),
)
def the_codebook_follows_the_gradient(solution, codebook, layer, batch, rate, steps):
    (indices, mask), about = layer, (codebook, *layer, *batch)
    right = descended(*about, rate, steps)
    straight = codebook - steps * rate * right_loss_and_gradient(*about)[1]
    expect.close(
        solution.train_codebook(*about, rate, steps),
        right,
        rtol=RTOL,
        atol=ATOL,
        slips=lambda: {
            "uphill": descended(*about, -rate, steps),
            "one_step_only": descended(*about, rate, 1),
            "one_step_too_many": descended(*about, rate, steps + 1),
            "one_step_too_few": descended(*about, rate, max(steps - 1, 0)),
            "gradient_never_computed_anew": straight,
            "learning_rate_forgotten": descended(*about, 1.0, steps),
            "mean_of_the_gradients": descended(*about, rate, steps, gradient=mean_gradient),
            "mask_forgotten": descended(codebook, indices, np.ones_like(mask), *batch, rate, steps),
            "codebook_unchanged": codebook,
            "weights_instead_of_codebook": right[indices] * mask,
        },
    )


@check(points=1, examples=10)
@given(codebook=CODEBOOKS, layer=LAYERS)
def the_given_codebook_is_not_changed(solution, codebook, layer):
    kept, x, target = (
        solution.keep(codebook),
        np.eye(INPUTS, dtype=np.float32),
        np.ones((INPUTS, OUTPUTS), np.float32),
    )
    fresh = solution.train_codebook(kept, *layer, x, target, 0.0625, 2)
    expect.array(fresh, codebook.shape)  # whether it is right is for other checks to say
    expect.unchanged_input(solution.train_codebook(kept, *layer, x, target, 0.0625, 2), fresh)


# ---------------------------------------------------------------- unseen


@check(
    points=1,
    visible=False,
    examples=8,
    depends_on=("the_loss_is_half_the_mean_square", "the_gradient_goes_through_the_layer"),
)
@given(seed=integers(0, 2**20), k=sampled_from([16, 2, 1]), cases=sampled_from([8, 5]))
def the_gradient_is_the_slope_of_the_loss(solution, seed, k, cases):
    """The loss is a parabola in every shared value: the slope between two points around it is exact."""
    draw = np.random.RandomState(seed)
    outputs, inputs = draw.randint(1, 12, 2)
    layer = draw.randint(0, k, (outputs, inputs)), draw.randint(0, 3, (outputs, inputs)) > 0
    data = draw.randint(-3, 4, (cases, inputs)), draw.randint(-3, 4, (cases, outputs))
    about = (draw.randint(-8, 9, k) / 4, *layer, *(part.astype(np.float32) for part in data))
    loss, gradient = expect.pair(solution.loss_and_gradient(*about))
    right, _ = right_loss_and_gradient(*about)
    expect.close(loss, right, rtol=RTOL, atol=ATOL, slips=lambda: wrong_losses(*about))
    expect.close(gradient, slopes(*about), rtol=RTOL, atol=ATOL, slips=lambda: wrong_gradients(*about))


def slopes(codebook, *layer_and_batch):
    """Central differences over a distance of one."""

    def loss(values):
        return right_loss_and_gradient(values, *layer_and_batch)[0]

    return np.array(
        [loss(codebook + beside) - loss(codebook - beside) for beside in 0.5 * np.eye(len(codebook))]
    )
