"""Softened outputs of a teacher, the loss on them and its gradient."""

import itertools
from math import exp, log
from random import Random

from questionbank.generators import Variant, generator
from reference_impl.distillation import (
    distillation_loss,
    label_cross_entropy,
    soft_divergence,
    softened_softmax,
)


@generator("softened_output")
def softened_output(draw: Random) -> Variant:
    temperature = draw.choice([2, 4, 5])
    logits = [temperature * draw.choice([1, 2]), temperature * draw.choice([0, -1]), 0]
    logits[0] += draw.choice([0, temperature])
    key = float(softened_softmax(logits, temperature)[0])
    return Variant(
        params={"temperature": temperature}
        | {f"z{i}": z for i, z in enumerate(logits)}
        | {f"s{i}": z // temperature for i, z in enumerate(logits)},
        key=key,
        slips={
            "not_softened": float(softened_softmax(logits, 1)[0]),
            "not_normalised": exp(logits[0] / temperature),
            "divided_afterwards": float(softened_softmax(logits, 1)[0]) / temperature,
        },
    )


@generator("softened_ratio")
def softened_ratio(draw: Random) -> Variant:
    """How many times as likely one class is as another, once both are softened; the root is a whole number."""
    temperature, key = draw.choice([2, 3, 4]), draw.randrange(4, 11)
    ratio = key**temperature
    softened = softened_softmax([log(ratio), 0.0], temperature)
    return Variant(
        params={"temperature": temperature, "ratio": ratio},
        key=round(float(softened[0] / softened[1]), 6),
        slips={"divided": ratio / temperature, "unchanged": ratio, "logarithm": log(ratio) / temperature},
    )


@generator("distillation_loss_value")
def distillation_loss_value(draw: Random) -> Variant:
    """The whole loss from its two parts, whose printed values are precise enough for a tolerance of one per cent."""
    temperature, alpha = draw.choice([2, 3, 4]), draw.choice([0.6, 0.7, 0.8, 0.9])
    while True:
        student, teacher = ([[draw.randrange(-30, 40) / 10 for _ in range(4)]] for _ in range(2))
        soft = soft_divergence(student, teacher, temperature)
        hard = label_cross_entropy(student, [0]).value
        key = distillation_loss(student, teacher, [0], temperature=temperature, alpha=alpha).value
        slips = {
            "no_square": alpha * soft + (1 - alpha) * hard,
            "temperature_once": alpha * temperature * soft + (1 - alpha) * hard,
            "weights_swapped": (1 - alpha) * temperature**2 * soft + alpha * hard,
        }
        apart = all(abs(a - b) > 0.05 * key for a, b in itertools.combinations([key, *slips.values()], 2))
        if apart and 0.04 < soft < 0.5 and 0.2 < hard < 2:
            break
    return Variant(
        params={
            "temperature": temperature,
            "alpha": alpha,
            "rest": round(1 - alpha, 1),
            "soft": round(soft, 4),
            "hard": round(hard, 3),
        },
        key=key,
        slips=slips,
    )


@generator("soft_gradient")
def soft_gradient(draw: Random) -> Variant:
    """Gradient of T^2 KL by one logit of the student."""
    temperature = draw.choice([2, 4, 5])
    while True:
        student, teacher = ([[draw.randrange(-80, 90) / 10 for _ in range(3)]] for _ in range(2))
        ours, theirs = (float(softened_softmax(z, temperature)[0, 0]) for z in (student, teacher))
        if 0.1 < abs(ours - theirs) < 0.6:
            break
    key = float(distillation_loss(student, teacher, [0], temperature=temperature, alpha=1).gradient[0, 0])
    return Variant(
        params={"temperature": temperature, "ours": round(ours, 3), "theirs": round(theirs, 3)},
        key=key,
        slips={"no_factor": key / temperature, "square_forgotten": key / temperature**2, "sign": -key},
    )
