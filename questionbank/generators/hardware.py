"""Energy, bandwidth and time of inference on a small machine."""

from math import inf
from random import Random

from questionbank.generators import Variant, generator
from reference_impl import costs

PJ_PER_MJ = 1e9
PJ_PER_J = 1e12


@generator("weight_fetch_energy")
def weight_fetch_energy(draw: Random) -> Variant:
    """In mJ per inference; every weight is fetched once, several to a 32-bit word."""
    millions, bits = draw.choice([2, 4, 6, 10, 12]), draw.choice([4, 8, 16])
    words = costs.words(millions * 1e6, bits=bits)
    key = costs.access_energy_pj(words, "dram_read") / PJ_PER_MJ
    return Variant(
        params={"millions": millions, "bits": bits, "per_word": 32 // bits, "words": round(words / 1e6, 3)},
        key=key,
        slips={
            "one_weight_a_word": costs.access_energy_pj(millions * 1e6, "dram_read") / PJ_PER_MJ,
            "sram_figure": costs.access_energy_pj(words, "sram_read") / PJ_PER_MJ,
            "per_bit": costs.access_energy_pj(millions * 1e6 * bits, "dram_read") / PJ_PER_MJ,
        },
    )


@generator("dram_power")
def dram_power(draw: Random) -> Variant:
    """In W, one 32-bit DRAM access a connection."""
    millions, rate_hz = draw.choice([50, 100, 250, 500]), draw.choice([10, 20, 30, 60])
    accesses = millions * 1e6
    energy_pj = costs.access_energy_pj(accesses, "dram_read")
    joules = energy_pj / PJ_PER_J
    return Variant(
        params={"millions": millions, "rate_hz": rate_hz, "joules": round(joules, 3)},
        key=costs.power_watts(energy_pj, rate_hz),
        slips={
            "one_inference": joules,
            "sram_figure": costs.power_watts(costs.access_energy_pj(accesses, "sram_read"), rate_hz),
            "divided_by_the_rate": joules / rate_hz,
        },
    )


@generator("roofline")
def roofline(draw: Random) -> Variant:
    """In GOP/s; half of the draws lie under the slanted roof, half under the flat one."""
    peak, bandwidth = draw.choice([(64, 4), (100, 8), (400, 16), (512, 12), (1000, 25)])
    ridge = costs.Device("described", peak, bandwidth).ridge
    intensity = draw.choice([2, 4, 6]) if draw.random() < 0.5 else round(ridge * draw.choice([2, 3]))
    key = costs.attainable_ops(peak, bandwidth, intensity)
    other = peak if key != peak else bandwidth * intensity
    return Variant(
        params={
            "peak": peak,
            "bandwidth": bandwidth,
            "intensity": intensity,
            "slanted": bandwidth * intensity,
        },
        key=key,
        slips={
            "other_roof": other,
            "bandwidth_only": bandwidth,
            "inverse_intensity": round(peak / intensity, 3),
        },
    )


@generator("partly_accelerated")
def partly_accelerated(draw: Random) -> Variant:
    percent, factor = draw.choice([60, 70, 75, 80, 90]), draw.choice([5, 8, 10, 20])
    fraction = percent / 100
    return Variant(
        params={"percent": percent, "factor": factor, "rest": round(1 - fraction, 2), "fraction": fraction},
        options={
            "amdahl": costs.overall_speedup(fraction, factor),
            "limit": costs.overall_speedup(fraction, inf),
            "share_of_factor": fraction * factor,
            "mixture": fraction * factor + 1 - fraction,
        },
    )


@generator("peak_activations")
def peak_activations(draw: Random) -> Variant:
    """In kB of 1000 bytes; one byte a value; input and output of the running layer are held."""
    side = draw.choice([32, 48, 64])
    channels = draw.choice([(3, 8, 16), (3, 16, 24), (4, 8, 12)])
    tensors = [side * side * channels[0], side * side * channels[1], (side // 2) ** 2 * channels[2]]
    pairs = [tensors[0] + tensors[1], tensors[1] + tensors[2]]
    return Variant(
        params={
            "side": side,
            "half": side // 2,
            **{f"ch{i}": count for i, count in enumerate(channels)},
            **{f"kb{i}": round(size / 1000, 3) for i, size in enumerate(tensors)},
        },
        key=costs.peak_activations(*costs.chain(tensors)) / 1000,
        slips={
            "all_at_once": sum(tensors) / 1000,
            "largest_alone": max(tensors) / 1000,
            "smaller_pair": min(pairs) / 1000,
        },
    )
