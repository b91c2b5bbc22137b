"""Softened outputs of a teacher."""

from math import exp
from random import Random

from questionbank.generators import Variant, generator
from reference_impl.distillation.soft_targets import softened_softmax


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
