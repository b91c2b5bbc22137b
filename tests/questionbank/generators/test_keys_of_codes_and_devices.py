"""As test_keys_from_shown_numbers.py: codes, sparse formats, hardware, budgets and deployment."""

from collections.abc import Callable, Mapping, Sequence
from itertools import product
from math import ceil, floor
from random import Random

import pytest

from questionbank.generators import all_generators

Numbers = Mapping[str, float]


def _row(p: Numbers, letter: str, count: int) -> list[float]:
    return [p[f"{letter}{i}"] for i in range(count)]


def _mean_length_of_four(shares: Sequence[float]) -> float:
    """Every join adds a bit to all that is below it, so the mean length is the sum of the joined shares."""
    nodes, joined = sorted(shares), 0.0
    while len(nodes) > 1:
        both = nodes[0] + nodes[1]
        nodes, joined = sorted([both, *nodes[2:]]), joined + both
    return joined / nodes[0]


def _canonical(p: Numbers) -> float:
    """Every word in the order of its length and value, taken by the next symbol unless a shorter one begins it."""
    lengths = [int(each) for each in _row(p, "l", 6)]
    taken: dict[int, str] = {}
    for symbol in sorted(range(6), key=lambda s: (lengths[s], s)):
        words = ("".join(bits) for bits in product("01", repeat=lengths[symbol]))
        taken[symbol] = next(w for w in words if not any(w.startswith(t) for t in taken.values()))
    return int(taken[int(p["asked"])], 2)


def _room(p: Numbers) -> float:
    longest = int(p["longest"])
    taken: list[str] = []
    for length in _row(p, "l", 4):
        words = ("".join(bits) for bits in product("01", repeat=int(length)))
        taken.append(next(w for w in words if not any(w.startswith(t) for t in taken)))
    every = ("".join(bits) for bits in product("01", repeat=longest))
    return sum(not any(w.startswith(t) for t in taken) for w in every)


def _csr_row(p: Numbers) -> float:
    return sum(p[f"v{k}"] * p[f"x{int(p[f'c{k}'])}"] for k in range(int(p["s1"]), int(p["s2"])))


def _pairs(p: Numbers) -> float:
    zero = p["percent"] / 100
    return _mean_length_of_four([zero**2, zero * (1 - zero), zero * (1 - zero), (1 - zero) ** 2]) / 2


def _least_time_ms(p: Numbers) -> float:
    return max(2 * p["mega_macs"] / p["peak"], p["mega_weights"] / p["bandwidth"])


def _layer_energy_uj(p: Numbers) -> float:
    return p["inputs"] * p["outputs"] * (3.1 + 0.1 + 640 * p["bits"] / 32) / 1e6


def _file_ratio(p: Numbers) -> float:
    after = p["large_kb"] / p["large_ratio"] + p["small_kb"] / p["small_ratio"]
    return (p["large_kb"] + p["small_kb"]) / after


def _battery_hours(p: Numbers) -> float:
    return p["charge_mah"] * 3.7 / (p["rate_hz"] * p["inference_mj"] + p["idle_mw"])


def _flash_kb(p: Numbers) -> float:
    weights = 9 * p["inputs"] * p["channels"] + p["channels"] * p["classes"]
    return (weights + 4 * (p["channels"] + p["classes"])) / 1000 + p["program_kb"]


FORMULAS: dict[str, Callable[[Numbers], float]] = {
    "canonical_codeword": _canonical,
    "kraft_room": _room,
    "huffman_pays": lambda p: 1 + floor(p["table_bits"] / (2 - _mean_length_of_four(_row(p, "p", 4))) + 1e-9),
    "code_for_other_shares": lambda p: (p["r0"] + 2 * p["r1"] + 3 * p["r2"] + 3 * p["r3"]) / 100,
    "pairs_of_mask_bits": _pairs,
    "csr_row_product": _csr_row,
    "position_after_gaps": lambda p: sum(_row(p, "g", 5)),
    "bitmap_size": lambda p: p["rows"] * p["columns"] * (1 / 8 + p["density"] / 100) / 1000,
    "bitmap_or_index": lambda p: 100 / p["position_bits"],
    "layer_energy": _layer_energy_uj,
    "batch_at_the_ridge": lambda p: ceil(p["peak"] / p["bandwidth"] / 2),
    "lower_bound_of_the_time": _least_time_ms,
    "battery_life": _battery_hours,
    "rate_of_a_pipeline": lambda p: 1000 / max(_row(p, "t", 3)),
    "ratio_of_the_whole_file": _file_ratio,
    "codes_left": lambda p: floor(p["top"] * 255 / p["calibrated"] + 0.5) + 1,
    "median_latency": lambda p: sorted(_row(p, "t", 9)[2:])[3],
    "unsupported_operators": lambda p: (
        p["accelerator_ms"] + p["operators"] * (p["cpu_ms"] + 2 * p["crossing_ms"]) + 2 * p["crossing_ms"]
    ),
    "flash_of_a_network": _flash_kb,
    "standard_error_of_accuracy": lambda p: (p["percent"] * (100 - p["percent"]) / p["images"]) ** 0.5,
}


@pytest.mark.parametrize("name", sorted(FORMULAS))
def test_the_key_follows_from_the_numbers_shown(name: str) -> None:
    for seed in range(40):
        variant = all_generators()[name](Random(seed))
        shown = {name: value for name, value in variant.params.items() if isinstance(value, int | float)}
        assert variant.key == pytest.approx(FORMULAS[name](shown), rel=1e-9), shown
