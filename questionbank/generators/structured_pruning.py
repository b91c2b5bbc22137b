"""Patterns, filters and channels: what goes together, and what is left to store and to compute."""

from random import Random

import numpy as np

from questionbank.generators import Variant, generator
from questionbank.generators.pruning import signed_hundredths
from reference_impl.costs import conv_parameters, index_bits, total_ratio
from reference_impl.pruning import channel_norms, channel_pruned_macs, channels_to_keep
from reference_impl.sparse import dense_bits


@generator("n_m_storage")
def n_m_storage(draw: Random) -> Variant:
    """Compression ratio of an n:m pattern whose kept weights each store their place in the group."""
    kept, group = draw.choice([(2, 4), (2, 8), (4, 8), (4, 16)])
    bits = draw.choice([4, 8, 16])
    place_bits = index_bits(group)
    before = dense_bits(group, value_bits=bits)
    after = dense_bits(kept, value_bits=bits + place_bits)
    return Variant(
        params={
            "kept": kept,
            "group": group,
            "bits": bits,
            "place_bits": place_bits,
            "before": before,
            "after": after,
        },
        key=total_ratio([(before, after)]),
        slips={
            "no_positions": group / kept,
            "one_position": before / (kept * bits + place_bits),
            "upside_down": after / before,
        },
    )


@generator("pruned_channel_parameters")
def pruned_channel_parameters(draw: Random) -> Variant:
    """Weights that go with the channels between two convolutions, no biases."""
    inputs, channels, outputs = draw.choice([16, 32, 48]), draw.choice([64, 96, 128]), draw.choice([64, 80])
    removed = draw.choice([8, 12, 16, 24, 32])

    def weights(between: int) -> int:
        before = conv_parameters(3, inputs, between, bias=False)
        return before + conv_parameters(3, between, outputs, bias=False)

    key = weights(channels) - weights(channels - removed)
    own = conv_parameters(3, inputs, removed, bias=False)
    return Variant(
        params={
            "inputs": inputs,
            "channels": channels,
            "outputs": outputs,
            "removed": removed,
            "own": own,
            "next": key - own,
        },
        key=key,
        slips={
            "first_layer_only": own,
            "next_layer_only": key - own,
            "what_is_left": weights(channels - removed),
            "no_kernel": key // 9,
        },
    )


@generator("least_filter")
def least_filter(draw: Random) -> Variant:
    """Which of four filters the L1 norm removes; filters count from 1."""
    while True:
        filters = np.array(signed_hundredths(draw, 16, largest=95)).reshape(4, 4)
        norms = channel_norms(filters)
        (least,) = set(range(4)) - set(channels_to_keep(norms, 0.25).tolist())
        signed, single = int(filters.sum(axis=1).argmin()), int(np.abs(filters).min(axis=1).argmin())
        in_order = np.sort(norms)
        if len({least, signed, single, int(norms.argmax())}) == 4 and in_order[1] - in_order[0] > 0.1:
            break
    return Variant(
        params={f"w{i}{j}": float(filters[i, j]) for i in range(4) for j in range(4)}
        | {f"n{i}": round(float(norm), 2) for i, norm in enumerate(norms)},
        key=least + 1,
        slips={"signed_sum": signed + 1, "smallest_weight": single + 1, "largest": int(norms.argmax()) + 1},
    )


@generator("uniform_channel_pruning")
def uniform_channel_pruning(draw: Random) -> Variant:
    """MACs of an inner layer when every layer loses the same share of its channels."""
    millions, removed = draw.choice([20, 40, 80]), draw.choice([10, 15, 20, 25, 30, 35, 40, 45])
    left = 1 - removed / 100
    key = channel_pruned_macs(millions, kept_inputs=left, kept_outputs=left)
    return Variant(
        params={"millions": millions, "removed": removed, "left": round(left, 2)},
        key=round(key, 4),
        slips={
            "outputs_only": round(millions * left, 4),
            "subtracted_twice": round(millions * (1 - 2 * removed / 100), 4),
            "what_is_saved": round(millions - key, 4),
        },
    )
