"""Codebooks: what they save, where centroids start, how they are read and trained."""

from random import Random

from questionbank.generators import Variant, generator
from reference_impl import costs
from reference_impl.sparse import dense_bits
from reference_impl.weight_sharing import centroid_gradient, centroid_step, decode, linear_centroids


@generator("sharing_ratio")
def sharing_ratio(draw: Random) -> Variant:
    weights, codewords = draw.choice([8, 12, 16, 24, 32, 48, 64]), draw.choice([2, 4, 8])
    bits = costs.index_bits(codewords)
    return Variant(
        params={
            "weights": weights,
            "codewords": codewords,
            "bits": bits,
            "before": dense_bits(weights),
            "after": costs.shared_bits(weights, codewords),
        },
        options={
            "both": costs.sharing_ratio(weights, codewords),
            "no_codebook": 32 / bits,
            "no_indices": weights / codewords,
            "wide_index": 32 * weights / (weights * codewords + 32 * codewords),
        },
    )


@generator("linear_centroid")
def linear_centroid(draw: Random) -> Variant:
    codewords, step = draw.choice([4, 8]), draw.choice([0.1, 0.2, 0.25, 0.5])
    place = draw.randrange(2, codewords)
    low = -draw.randrange(1, codewords - 1) * step
    high = low + (codewords - 1) * step
    width = high - low
    return Variant(
        params={
            "codewords": codewords,
            "place": place,
            "low": round(low, 2),
            "high": round(high, 2),
            "step": step,
        },
        key=float(linear_centroids([low, high], codewords)[place - 1]),
        slips={
            "counted_centroids": low + (place - 1) * width / codewords,
            "cell_centres": low + (place - 0.5) * width / codewords,
            "one_step_on": low + place * step,
        },
    )


@generator("codebook_neuron")
def codebook_neuron(draw: Random) -> Variant:
    """Output of a neuron whose four weights are stored as indices 0 … 3."""
    while True:
        codebook = [
            -draw.randrange(50, 150, 10) / 100,
            0,
            draw.randrange(20, 80, 10) / 100,
            draw.randrange(90, 200, 10) / 100,
        ]
        indices = [*draw.sample(range(4), 3), draw.randrange(4)]
        inputs = [draw.randrange(1, 6) for _ in indices]
        shared = decode(indices, codebook)
        key = float(shared @ inputs)
        as_weights = float(sum(i * x for i, x in zip(indices, inputs, strict=True)))
        no_inputs = float(shared.sum())
        if min(abs(key - as_weights), abs(key - no_inputs), abs(as_weights - no_inputs)) > 0.05:
            break
    return Variant(
        params={f"c{i}": c for i, c in enumerate(codebook)}
        | {f"i{i}": index for i, index in enumerate(indices)}
        | {f"x{i}": x for i, x in enumerate(inputs)}
        | {f"w{i}": float(w) for i, w in enumerate(shared)},
        key=round(key, 2),
        slips={"indices_as_weights": as_weights, "no_inputs": round(no_inputs, 2)},
    )


@generator("centroid_step")
def step_of_a_centroid(draw: Random) -> Variant:
    """One gradient step of the centroid of cluster 1; three of five weights share it."""
    while True:
        indices = draw.sample([0, 0, 1, 1, 1], 5)
        gradients = [draw.choice([-1, 1]) * draw.randrange(1, 10) / 10 for _ in indices]
        centroid, rate = draw.choice([0.5, 0.8, 1.2]), 0.1
        step = float(centroid_gradient(gradients, indices, 2)[1])
        everyone = sum(gradients)
        if (
            abs(step) > 0.3
            and abs(everyone - step) > 0.3
            and abs(everyone - step / 3) > 0.3
            and abs(everyone + step) > 0.3
        ):
            break
    moved = centroid_step([0, centroid], gradients, indices, learning_rate=rate)
    wrong_steps = {"mean": step / 3, "everyone": everyone, "uphill": -step}
    return Variant(
        params={f"g{i}": g for i, g in enumerate(gradients)}
        | {f"i{i}": index for i, index in enumerate(indices)}
        | {"centroid": centroid, "rate": rate, "total": round(step, 2)},
        key=round(float(moved[1]), 4),
        slips={name: round(centroid - rate * amount, 4) for name, amount in wrong_steps.items()},
    )


@generator("pruned_layer_ratio")
def pruned_layer_ratio(draw: Random) -> Variant:
    """Pruning, sharing and relative indices together; no gap needs a filler."""
    weights, density = draw.choice([10_000, 20_000, 40_000]), draw.choice([5, 8, 10, 20])
    weight_bits, gap_bits = draw.choice([4, 5, 6]), draw.choice([4, 5, 8])
    kept = weights * density // 100
    before = dense_bits(weights)
    after = costs.pruned_shared_bits(kept, 2**weight_bits, gap_bits=gap_bits)
    return Variant(
        params={
            "weights": weights,
            "density": density,
            "kept": kept,
            "weight_bits": weight_bits,
            "codewords": 2**weight_bits,
            "gap_bits": gap_bits,
            "before": before,
            "after": after,
        },
        key=costs.total_ratio([(before, after)]),
        slips={
            "no_positions": before / costs.shared_bits(kept, 2**weight_bits),
            "no_codebook": before / (kept * (weight_bits + gap_bits)),
            "not_pruned": costs.sharing_ratio(weights, 2**weight_bits),
        },
    )
