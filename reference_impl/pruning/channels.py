"""Whole output channels removed, together with their batch normalisation and what the next layer reads of them.

What is left is a smaller dense network: no indices, no sparse arithmetic. Weights are (out, in) of a dense layer or
(out, in, height, width) of a convolution with groups = 1. Arrays must be real and finite: WrongDtype, NotFinite.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from reference_impl.batch_norm import BatchNorm
from reference_impl.errors import OutOfRange, WrongDtype
from reference_impl.reals import Reals, any_array, real_array, refuse_outside, squarable_reals, whole_number

Channels = NDArray[np.int64]


@dataclass(frozen=True)
class Block:
    """A layer, its batch normalisation if any, and the weights of the layer that reads its output."""

    weights: Reals
    bias: Reals | None
    norm: BatchNorm | None
    next_weights: Reals


def channel_norms(weights: ArrayLike, *, order: int = 1) -> Reals:
    """Importance of each output channel: L1 (arXiv:1608.08710, section 3.1) or L2 norm of its weights.

    Shape (out,). OutOfRange: another order, no channel axis, or weights too large for their squares.
    """
    values = squarable_reals(weights, "weights")
    order = whole_number(order, 1, 2, "the order of the norm")
    if values.ndim == 0:
        raise OutOfRange("a single number has no channels")
    others = tuple(range(1, values.ndim))
    return np.abs(values).sum(axis=others) if order == 1 else np.sqrt((values**2).sum(axis=others))


def channels_to_keep(importance: ArrayLike, sparsity: float) -> Channels:
    """Indices, increasing, without the round(n x sparsity) least important; of equal ones the lowest index goes.

    importance: channel_norms, or |gamma| of the batch normalisation (arXiv:1708.06519, section 3). OutOfRange: not one
    number a channel, a number below zero (gamma without its magnitude), sparsity outside 0 ... 1.
    """
    scores = real_array(importance, "importance")
    if scores.ndim != 1 or (scores < 0).any():
        raise OutOfRange("importance is one number a channel, none of them below zero")
    refuse_outside(sparsity, 0.0, 1.0, "sparsity")
    order = np.argsort(scores, kind="stable")
    return np.sort(order[round(scores.size * sparsity) :])


def prune_channels(block: Block, keep: ArrayLike) -> Block:
    """The block with the kept channels only, in the order given; nothing of the caller's is written.

    It computes what the whole block computes when the outputs of the other channels, after batch normalisation and
    activation, are set to zero: a constant that batch normalisation would still have let through (beta) goes too.
    Where the next layer is dense after flattening, each channel is a run of neighbouring inputs. OutOfRange: an index
    that is no channel or comes twice, none at all, a vector that is not one number a channel, or a next layer whose
    inputs are no multiple of the channels (of a convolution: not their number). WrongDtype: keep holds no integers, as
    a mask does: np.flatnonzero of it does.
    """
    weights = _with_axes(block.weights, "weights")
    chosen = _checked_channels(keep, len(weights))
    return Block(
        weights[chosen],
        None if block.bias is None else _each(block.bias, "bias", len(weights))[chosen],
        None if block.norm is None else _norm_of(block.norm, len(weights), chosen),
        _inputs_of(_with_axes(block.next_weights, "next weights"), len(weights), chosen),
    )


def _checked_channels(keep: ArrayLike, channels: int) -> Channels:
    chosen = any_array(keep, "keep")
    if chosen.size and chosen.dtype.kind not in "iu":
        raise WrongDtype(f"channels are kept by their integer indices, not by {chosen.dtype}")
    if chosen.ndim != 1 or chosen.size == 0 or len(np.unique(chosen)) < chosen.size:
        raise OutOfRange("keep at least one channel, and each at most once, as a row of indices")
    refuse_outside(int(chosen.min()), 0, channels - 1, "a channel's index")
    refuse_outside(int(chosen.max()), 0, channels - 1, "a channel's index")
    return chosen.astype(np.int64)


def _with_axes(weights: ArrayLike, what: str) -> Reals:
    values = real_array(weights, what)
    if values.ndim < 2:
        raise OutOfRange(f"{what} need an axis of outputs and one of inputs, not the shape {values.shape}")
    return values


def _each(vector: ArrayLike, what: str, channels: int) -> Reals:
    values = real_array(vector, what)
    if values.shape != (channels,):
        raise OutOfRange(f"{what} of shape {values.shape} is not one number for each of {channels} channels")
    return values


def _norm_of(norm: BatchNorm, channels: int, keep: Channels) -> BatchNorm:
    return BatchNorm(
        _each(norm.gamma, "gamma", channels)[keep],
        _each(norm.beta, "beta", channels)[keep],
        _each(norm.mean, "mean", channels)[keep],
        _each(norm.variance, "variance", channels)[keep],
        norm.eps,
    )


def _inputs_of(weights: Reals, channels: int, keep: Channels) -> Reals:
    inputs = weights.shape[1]
    if inputs % channels or (weights.ndim > 2 and inputs != channels):
        raise OutOfRange(f"the next layer has {inputs} inputs, which {channels} channels do not fill")
    places = inputs // channels
    return weights[:, (keep[:, None] * places + np.arange(places)).ravel()]
