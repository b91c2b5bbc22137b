"""Whole layers on described hardware: energy, lower bounds of the time, batches."""

from math import ceil
from random import Random

from questionbank.generators import Variant, generator
from reference_impl import costs
from reference_impl.costs import Bound, Device, Traffic

PJ_PER_UJ = 1e6
GIGA = 1e9


@generator("layer_energy")
def layer_energy(draw: Random) -> Variant:
    """In µJ: a dense layer whose packed weights come from DRAM, and its integer MACs."""
    inputs, outputs = draw.choice([512, 800, 1024, 2048]), draw.choice([100, 250, 500, 1000])
    bits = draw.choice([4, 8, 16])
    macs = costs.dense_macs(inputs, outputs)
    words = costs.words(macs, bits=bits)

    def energy_uj(*, int_macs: float = 0, dram_reads: float = 0) -> float:
        return costs.inference_energy_pj(Traffic(int_macs=int_macs, dram_reads=dram_reads)) / PJ_PER_UJ

    key = energy_uj(int_macs=macs, dram_reads=words)
    return Variant(
        params={
            "inputs": inputs,
            "outputs": outputs,
            "bits": bits,
            "per_word": 32 // bits,
            "arithmetic": round(energy_uj(int_macs=macs), 2),
            "fetching": round(energy_uj(dram_reads=words), 2),
            "share": round(100 * energy_uj(dram_reads=words) / key, 1),
        },
        key=key,
        slips={
            "arithmetic_only": energy_uj(int_macs=macs),
            "fetching_only": energy_uj(dram_reads=words),
            "one_weight_a_word": energy_uj(int_macs=macs, dram_reads=macs),
        },
    )


@generator("batch_at_the_ridge")
def batch_at_the_ridge(draw: Random) -> Variant:
    """The smallest batch with which a dense layer of 8-bit weights is limited by arithmetic."""
    peak, bandwidth = draw.choice(
        [(64, 4), (96, 4), (100, 4), (200, 8), (256, 8), (400, 16), (480, 12), (512, 8), (560, 10), (720, 18)]
    )
    device = Device("described", peak * GIGA, bandwidth * GIGA)
    weights = 10**6
    key = 1
    while costs.estimate(device, macs=key * weights, weight_bytes=weights).bound is Bound.MEMORY:
        key += 1
    return Variant(
        params={"peak": peak, "bandwidth": bandwidth, "ridge": round(device.ridge, 2)},
        key=key,
        slips={
            "one_operation_a_mac": ceil(device.ridge),
            "float_width": ceil(2 * device.ridge),
            "bits_as_bytes": ceil(4 * device.ridge),
        },
    )


@generator("lower_bound_of_the_time")
def lower_bound_of_the_time(draw: Random) -> Variant:
    """In ms: a network of 8-bit weights, each read once; sometimes arithmetic is the limit, sometimes memory."""
    while True:
        peak, bandwidth = draw.choice([(20, 1), (50, 2), (40, 4), (100, 4)])
        mega_macs, mega_weights = draw.choice([80, 150, 300, 500]), draw.choice([2, 4, 5, 12, 25])
        device = Device("described", peak * GIGA, bandwidth * GIGA)
        computing_ms = costs.estimate(device, macs=mega_macs * 1e6, weight_bytes=0).seconds * 1000
        moving_ms = costs.estimate(device, macs=0, weight_bytes=mega_weights * 1e6).seconds * 1000
        if 1.2 * computing_ms < 4 * moving_ms < 12 * computing_ms:
            break
    key = costs.estimate(device, macs=mega_macs * 1e6, weight_bytes=mega_weights * 1e6).seconds * 1000
    return Variant(
        params={
            "peak": peak,
            "bandwidth": bandwidth,
            "mega_macs": mega_macs,
            "mega_weights": mega_weights,
            "computing_ms": round(computing_ms, 3),
            "moving_ms": round(moving_ms, 3),
        },
        key=key,
        slips={
            "added": computing_ms + moving_ms,
            "smaller": min(computing_ms, moving_ms),
            "float_width": max(computing_ms, 4 * moving_ms),
        },
    )
