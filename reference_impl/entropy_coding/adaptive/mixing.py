"""Logistic mixing: one probability from several, with weights learned on the way.

Mahoney, Adaptive Weighing of Context Models for Lossless Data Compression, 2005: the logits' weighted sum is the mixed
logit, and each weight moves along the gradient of the coding cost, error times logit. Weights are in units of 2^-16.
"""

from typing import NamedTuple

from reference_impl.entropy_coding.adaptive.jit import jitable
from reference_impl.entropy_coding.adaptive.tables import ONE, SQUASH, STEEPEST, Integers


class Mixer(NamedTuple):
    """weights: int64 (sets, inputs). logits: int64 (inputs,), where the inputs are laid before each bit."""

    weights: Integers
    logits: Integers


@jitable
def squash(logit: int) -> int:
    return SQUASH[min(max(logit, -STEEPEST), STEEPEST) + STEEPEST]


@jitable
def mixed_logit(mixer: Mixer, weight_set: int) -> int:
    total = 0
    for k in range(mixer.logits.size):
        total += mixer.weights[weight_set, k] * mixer.logits[k]
    return min(max(total >> 16, -STEEPEST), STEEPEST)


@jitable
def learn(mixer: Mixer, weight_set: int, bit: int, logit: int, rate: int) -> None:
    """logit: what `mixed_logit` gave; rate in units of 2^-18."""
    step = (bit * ONE - squash(logit)) * rate
    for k in range(mixer.logits.size):
        mixer.weights[weight_set, k] += mixer.logits[k] * step + (1 << 17) >> 18
