"""Finding shared values and charging for them: k-means steps, errors, the least layer, codebooks of vectors."""

import itertools
from random import Random

import numpy as np

from questionbank.generators import Variant, generator
from reference_impl.costs import index_bits, shared_bits, sharing_ratio, total_ratio
from reference_impl.sparse import dense_bits
from reference_impl.weight_sharing import assign, inertia, k_means


@generator("k_means_step")
def k_means_step(draw: Random) -> Variant:
    """Where the second of two centroids goes in one step; three of six weights are its own."""
    while True:
        low, high = sorted([draw.randrange(-60, -10, 5) / 100, draw.randrange(20, 80, 5) / 100])
        weights = np.array(draw.sample(range(-90, 120), 6)) / 100
        own = weights[assign(weights, [low, high]) == 1]
        if len(own) != 3 or np.abs(weights - (low + high) / 2).min() < 0.03:
            continue
        key = float(k_means(weights, [low, high], steps=1)[1])
        slips = {
            "middle_of_the_range": float(own.min() + own.max()) / 2,
            "old_centroid_included": float(own.sum() + high) / 4,
            "all_weights": float(weights.mean()),
        }
        if all(abs(a - b) > 0.03 for a, b in itertools.combinations([key, high, *slips.values()], 2)):
            break
    return Variant(
        params={f"w{i}": float(w) for i, w in enumerate(weights)}
        | {f"own{i}": float(w) for i, w in enumerate(own)}
        | {"c0": low, "c1": high, "middle": round((low + high) / 2, 3)},
        key=round(key, 9),
        slips={name: round(value, 9) for name, value in slips.items()},
    )


@generator("sharing_error")
def sharing_error(draw: Random) -> Variant:
    """Within-cluster sum of squares of five weights under three centroids; the error shows with two decimals."""
    while True:
        codebook = np.array([-draw.randrange(8, 14), draw.randrange(-2, 3), draw.randrange(8, 16)]) / 10
        weights = np.array(draw.sample(range(-18, 20), 5)) / 10
        indices = assign(weights, codebook)
        distances = np.sort(np.abs(weights[:, None] - codebook), axis=1)
        if len(set(indices.tolist())) < 3 or (distances[:, 1] - distances[:, 0]).min() < 0.15:
            continue
        key = inertia(weights, indices, codebook)
        below = np.clip(np.searchsorted(codebook, weights, side="right") - 1, 0, 2)
        slips = {
            "magnitudes": float(distances[:, 0].sum()),
            "mean": key / 5,
            "next_below": inertia(weights, below, codebook),
        }
        if all(abs(a - b) > 0.015 for a, b in itertools.combinations([key, *slips.values()], 2)):
            break
    return Variant(
        params={f"w{i}": float(w) for i, w in enumerate(weights)}
        | {f"c{i}": float(c) for i, c in enumerate(codebook)}
        | {f"e{i}": round(float(error), 1) for i, error in enumerate(distances[:, 0])},
        key=round(key, 4),
        slips={name: round(value, 4) for name, value in slips.items()},
    )


@generator("least_shared_layer")
def least_shared_layer(draw: Random) -> Variant:
    """The fewest weights for which a codebook pays."""
    codewords, weight_bits = draw.choice([16, 32, 64, 128, 256]), draw.choice([16, 32])
    key = next(n for n in itertools.count(1) if sharing_ratio(n, codewords, weight_bits=weight_bits) > 1)
    bits = index_bits(codewords)
    return Variant(
        params={
            "codewords": codewords,
            "weight_bits": weight_bits,
            "index_bits": bits,
            "saved": weight_bits - bits,
            "codebook": codewords * weight_bits,
            "exact": round(codewords * weight_bits / (weight_bits - bits), 2),
        },
        key=key,
        slips={"indices_forgotten": codewords + 1, "one_too_few": key - 1},
    )


@generator("vector_codebook_ratio")
def vector_codebook_ratio(draw: Random) -> Variant:
    """Compression ratio when one index stands for several neighbouring weights."""
    weights, length = draw.choice([16_384, 65_536, 131_072]), draw.choice([2, 4, 8])
    codewords = draw.choice([16, 64, 256])
    vectors, bits = weights // length, index_bits(codewords)
    before, after = dense_bits(weights), shared_bits(vectors, codewords, weight_bits=32 * length)
    return Variant(
        params={
            "weights": weights,
            "length": length,
            "vectors": vectors,
            "codewords": codewords,
            "bits": bits,
            "before": before,
            "after": after,
        },
        key=total_ratio([(before, after)]),
        slips={
            "index_per_weight": before / (weights * bits + codewords * length * 32),
            "scalar_codebook": before / shared_bits(vectors, codewords),
            "no_codebook": before / (vectors * bits),
        },
    )
