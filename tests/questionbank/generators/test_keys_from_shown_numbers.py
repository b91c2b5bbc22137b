"""The numbers a stem shows are enough: a formula on them alone gives the key that the reference library computed."""

from collections.abc import Callable, Mapping
from math import floor, log2
from random import Random
from statistics import fmean

import pytest

from questionbank.generators import all_generators

Numbers = Mapping[str, float]
#: What a learner computes from the parameters, and how far the printed digits may lead from the key.
FORMULAS: dict[str, tuple[Callable[[Numbers], float], float]] = {
    "n_m_storage": (lambda p: p["group"] * p["bits"] / (p["kept"] * (p["bits"] + log2(p["group"]))), 1e-9),
    "pruned_channel_parameters": (lambda p: 9 * p["removed"] * (p["inputs"] + p["outputs"]), 0),
    "least_filter": (
        lambda p: 1 + min(range(4), key=lambda i: sum(abs(p[f"w{i}{j}"]) for j in range(4))),
        0,
    ),
    "uniform_channel_pruning": (lambda p: p["millions"] * (1 - p["removed"] / 100) ** 2, 1e-4),
    "global_threshold": (lambda p: _above_the_median(p), 0),
    "plan_from_a_scan": (lambda p: _planned_sparsity(p), 1e-9),
    "bias_code": (lambda p: round(p["bias"] / (p["input_scale"] * p["weight_scale"])), 0),
    "requantized_accumulator": (
        lambda p: (
            floor(p["accumulator"] * p["input_scale"] * p["weight_scale"] / p["output_scale"] + 0.5)
            + p["zero_point"]
        ),
        0,
    ),
    "quantized_addition": (
        lambda p: round((p["q1"] - p["z1"]) / p["factor"]) + p["q2"] - p["z2"] + p["z3"],
        0,
    ),
    "moving_average_limit": (
        lambda p: (
            p["m0"] * (1 - p["share"]) ** 2 + p["m1"] * p["share"] * (1 - p["share"]) + p["m2"] * p["share"]
        ),
        1e-6,
    ),
    "bits_with_group_scales": (lambda p: p["bits"] + 16 / p["group"], 1e-9),
    "equalization_factor": (lambda p: (p["first"] / p["second"]) ** 0.5, 1e-6),
    "straight_through_sum": (
        lambda p: sum(p[f"g{i}"] for i in range(4) if abs(p[f"x{i}"]) <= p["limit"]),
        1e-6,
    ),
    "softened_ratio": (lambda p: p["ratio"] ** (1 / p["temperature"]), 1e-5),
    "distillation_loss_value": (
        lambda p: p["alpha"] * p["temperature"] ** 2 * p["soft"] + (1 - p["alpha"]) * p["hard"],
        2e-3,
    ),
    "soft_gradient": (lambda p: p["temperature"] * (p["ours"] - p["theirs"]), 6e-3),
    "k_means_step": (lambda p: fmean(_nearer_to_the_second(p)), 1e-8),
    "sharing_error": (
        lambda p: sum(min((p[f"w{i}"] - p[f"c{j}"]) ** 2 for j in range(3)) for i in range(5)),
        1e-4,
    ),
    "least_shared_layer": (
        lambda p: 1 + p["codewords"] * p["weight_bits"] // (p["weight_bits"] - int(log2(p["codewords"]))),
        0,
    ),
    "vector_codebook_ratio": (
        lambda p: (
            32
            * p["weights"]
            / (p["weights"] / p["length"] * log2(p["codewords"]) + p["codewords"] * p["length"] * 32)
        ),
        1e-9,
    ),
}


def _above_the_median(p: Numbers) -> float:
    first, second = ([abs(p[f"{layer}{i}"]) for i in range(6)] for layer in "ab")
    return sum(sum(other > weight for other in first + second) < 6 for weight in second)


def _planned_sparsity(p: Numbers) -> float:
    total = 0.0
    for layer in ("conv", "dense"):
        reached = max(s for i, s in enumerate((50, 70, 90)) if p[f"{layer}{i}"] >= p["baseline"] - p["loss"])
        total += reached * p[f"{layer}_size"]
    return total / (p["conv_size"] + p["dense_size"])


def _nearer_to_the_second(p: Numbers) -> list[float]:
    weights = [p[f"w{i}"] for i in range(6)]
    return [w for w in weights if abs(w - p["c1"]) < abs(w - p["c0"])]


@pytest.mark.parametrize("name", sorted(FORMULAS))
def test_the_key_follows_from_the_numbers_shown(name: str) -> None:
    formula, leeway = FORMULAS[name]
    for seed in range(40):
        variant = all_generators()[name](Random(seed))
        shown = {name: value for name, value in variant.params.items() if isinstance(value, int | float)}
        assert variant.key == pytest.approx(formula(shown), abs=leeway, rel=0), shown
