"""Whole output channels removed, together with their batch normalisation and what the next layer reads of them.

What is left is a smaller dense network: no indices, no sparse arithmetic. Weights are (out, in) of a dense layer or
(out, in, height, width) of a convolution with groups = 1.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from reference_impl.errors import OutOfRange
from reference_impl.reals import Reals, real_array, refuse_outside

Channels = NDArray[np.int64]


@dataclass(frozen=True)
class BatchNorm:
    """Inference: gamma (x - mean) / sqrt(variance + eps) + beta; one number a channel in each."""

    gamma: Reals
    beta: Reals
    mean: Reals
    variance: Reals
    eps: float = 1e-5

    def only(self, keep: Channels) -> "BatchNorm":
        return BatchNorm(self.gamma[keep], self.beta[keep], self.mean[keep], self.variance[keep], self.eps)


@dataclass(frozen=True)
class Block:
    """A layer, its batch normalisation if any, and the weights of the layer that reads its output."""

    weights: Reals
    bias: Reals | None
    norm: BatchNorm | None
    next_weights: Reals


def channel_norms(weights: ArrayLike, *, order: int = 1) -> Reals:
    """Importance of each output channel: L1 (arXiv:1608.08710, section 3.1) or L2 norm of its weights."""
    values = real_array(weights, "weights")
    if order not in (1, 2):
        raise OutOfRange(f"the order of the norm is 1 or 2, not {order}")
    rows = values.reshape(len(values), -1)
    return np.abs(rows).sum(axis=1) if order == 1 else np.sqrt((rows**2).sum(axis=1))


def channels_to_keep(importance: ArrayLike, sparsity: float) -> Channels:
    """Indices, increasing, without the round(n x sparsity) least important; of equal ones the lowest index goes.

    importance: channel_norms, or |gamma| of the batch normalisation (arXiv:1708.06519, section 3).
    """
    scores = real_array(importance, "importance")
    refuse_outside(sparsity, 0.0, 1.0, "sparsity")
    order = np.argsort(scores, kind="stable")
    return np.sort(order[round(scores.size * sparsity) :])


def prune_channels(block: Block, keep: ArrayLike) -> Block:
    """The block with the kept channels only, in the order given; nothing of the caller's is written.

    It computes what the whole block computes when the outputs of the other channels, after batch normalisation and
    activation, are set to zero: a constant that batch normalisation would still have let through (beta) goes too.
    Where the next layer is dense after flattening, each channel is a run of neighbouring inputs. OutOfRange: an index
    that is no channel or comes twice, none at all, or a next layer whose inputs are no multiple of the channels.
    """
    channels, chosen = len(block.weights), np.asarray(keep, dtype=np.int64)
    if chosen.size == 0 or len(np.unique(chosen)) < chosen.size:
        raise OutOfRange("keep at least one channel, and each at most once")
    refuse_outside(int(chosen.min()), 0, channels - 1, "a channel's index")
    refuse_outside(int(chosen.max()), 0, channels - 1, "a channel's index")
    return Block(
        block.weights[chosen],
        None if block.bias is None else block.bias[chosen],
        None if block.norm is None else block.norm.only(chosen),
        _inputs_of(block.next_weights, channels, chosen),
    )


def _inputs_of(weights: Reals, channels: int, keep: Channels) -> Reals:
    inputs = weights.shape[1]
    if inputs % channels:
        raise OutOfRange(f"the next layer has {inputs} inputs, no multiple of {channels} channels")
    places = inputs // channels
    return weights[:, (keep[:, None] * places + np.arange(places)).ravel()]
