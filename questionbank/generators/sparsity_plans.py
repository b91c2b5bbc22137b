"""How much each layer gives: one threshold for all of them, or a scan of one after the other."""

from random import Random

import numpy as np

from questionbank.generators import Variant, generator
from reference_impl.pruning import SensitivityScan, global_masks

SPARSITIES = (50, 70, 90)  #: per cent


@generator("global_threshold")
def global_threshold(draw: Random) -> Variant:
    """Weights left in the second of two layers of six after one global threshold has removed half of all."""
    while True:
        magnitudes = draw.sample(range(2, 48), 6), draw.sample(range(10, 95), 6)
        if set(magnitudes[0]) & set(magnitudes[1]):
            continue
        first, second = (
            np.array([draw.choice([-1, 1]) * m / 100 for m in layer]) for layer in draw.sample(magnitudes, 2)
        )
        left = int(np.count_nonzero(global_masks({"first": first, "second": second}, 0.5)["second"]))
        in_order = np.sort(np.concatenate([first, second]))
        by_value = int(np.count_nonzero(second >= in_order[6]))
        if 0 < left < 6 and len({left, 6 - left, 3, by_value}) == 4:
            break
    threshold = np.sort(np.abs(np.concatenate([first, second])))[6]
    return Variant(
        params={f"a{i}": float(w) for i, w in enumerate(first)}
        | {f"b{i}": float(w) for i, w in enumerate(second)}
        | {"threshold": float(threshold), "first_left": 6 - left},
        key=left,
        slips={"per_layer": 3, "by_value": by_value, "removed": 6 - left},
    )


@generator("plan_from_a_scan")
def plan_from_a_scan(draw: Random) -> Variant:
    """Total sparsity in per cent when each of two layers goes as far as the scan allows at a given loss."""
    baseline, loss = draw.choice([88, 90, 92]), draw.choice([2, 3])
    sizes = draw.choice([20, 30, 40]), draw.choice([120, 160, 200])
    reached = draw.sample(range(len(SPARSITIES)), 2)
    scores = {
        name: tuple(baseline - drop for drop in _rising_drops(draw, last, loss))
        for name, last in zip(("conv", "dense"), reached, strict=True)
    }
    scan = SensitivityScan(float(baseline), tuple(map(float, SPARSITIES)), scores)
    conv, dense = (scan.largest_sparsity(name, loss=loss) for name in scores)
    key = (sizes[0] * conv + sizes[1] * dense) / sum(sizes)
    return Variant(
        params={"baseline": baseline, "loss": loss, "least": baseline - loss}
        | {f"{name}{i}": score for name, row in scores.items() for i, score in enumerate(row)}
        | {"conv_size": sizes[0], "dense_size": sizes[1], "all": sum(sizes)}
        | {"conv_sparsity": round(conv), "dense_sparsity": round(dense)},
        key=key,
        slips={"plain_mean": (conv + dense) / 2, "smallest": min(conv, dense), "largest": max(conv, dense)},
    )


def _rising_drops(draw: Random, last: int, loss: int) -> list[float]:
    """Points lost at each sparsity: at most `loss` up to the place `last`, clearly more behind it."""
    allowed = sorted(draw.choice(range(2 * loss + 1)) / 2 for _ in range(last + 1))
    beyond = sorted(draw.sample(range(2 * loss + 2, 2 * loss + 30), len(SPARSITIES) - last - 1))
    return allowed + [drop / 2 for drop in beyond]
