"""Numbers of pictures: histograms of weights."""

from random import Random

from questionbank.generators import Variant, generator
from reference_impl.pruning.masks import sparsity, threshold_mask

BINS, STEP = 10, 0.05


@generator("cut_in_a_histogram")
def cut_in_a_histogram(draw: Random) -> Variant:
    """How many weights a magnitude threshold at an edge of the bins removes; the picture shows where that edge is."""
    half = BINS // 2
    heights = sorted((draw.randrange(12, 90) for _ in range(half)), reverse=True)
    right = [max(4, height + draw.randrange(-4, 5)) for height in heights]
    left = [max(4, height + draw.randrange(-4, 5)) for height in heights]
    counts = [*reversed(left), *right]
    edges = [round((i - half) * STEP, 2) for i in range(BINS + 1)]
    bins = draw.choice([2, 3, 4])
    cut = bins * STEP
    # every weight stands for the middle of its bin
    weights = [(low + STEP / 2) for low, count in zip(edges[:-1], counts, strict=True) for _ in range(count)]
    removed = round(sparsity(threshold_mask(weights, cut)) * len(weights))
    reach = 0.4 * STEP
    return Variant(
        params={
            "edges": edges,
            "counts": counts,
            "removed": removed,
            "total": len(weights),
            "cut": round(cut, 2),
            "minus_cut": round(-cut, 2),
            "left_low": round(-cut - reach, 4),
            "left_high": round(-cut + reach, 4),
            "right_low": round(cut - reach, 4),
            "right_high": round(cut + reach, 4),
            "near_left_low": round(-cut + STEP - reach, 4),
            "near_left_high": round(-cut + STEP + reach, 4),
            "near_right_low": round(cut - STEP - reach, 4),
            "near_right_high": round(cut - STEP + reach, 4),
        }
    )
