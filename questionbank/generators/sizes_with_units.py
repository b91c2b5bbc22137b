"""Sizes, energies and times that are answered with a unit; the keys are in the question's base unit."""

from random import Random

from questionbank.generators import Variant, generator
from reference_impl import costs
from reference_impl.entropy_coding import mean_code_length

BYTE_BITS = 8
KIB_BYTES = 1024


@generator("flash_of_the_weights")
def flash_of_the_weights(draw: Random) -> Variant:
    """In bytes: parameters of a dense layer at a few bits each, packed."""
    inputs, outputs, bits = (
        draw.choice([256, 512, 1024]),
        draw.choice([64, 96, 128, 192]),
        draw.choice([2, 4]),
    )
    parameters = costs.dense_parameters(inputs, outputs, bias=False)
    key = parameters * bits / BYTE_BITS
    return Variant(
        params={
            "inputs": inputs,
            "outputs": outputs,
            "bits": bits,
            "parameters": parameters,
            "kib": key / KIB_BYTES,
        },
        key=key,
        slips={"bits_for_bytes": parameters * bits, "a_byte_each": parameters},
    )


@generator("energy_of_fetching_with_unit")
def energy_of_fetching_with_unit(draw: Random) -> Variant:
    """In pJ: every 32-bit weight of a small network fetched once from DRAM."""
    thousands = draw.choice([120, 150, 250, 300, 400, 450, 500, 600, 750, 800])
    accesses = thousands * 1000
    key = costs.access_energy_pj(accesses, "dram_read")
    return Variant(
        params={"thousands": thousands, "microjoules": key / 1e6},
        key=key,
        slips={
            "sram_figure": costs.access_energy_pj(accesses, "sram_read"),
            "per_bit": costs.access_energy_pj(accesses * 32, "dram_read"),
        },
    )


@generator("time_of_the_macs")
def time_of_the_macs(draw: Random) -> Variant:
    """In seconds: a network on a processor with a given number of MAC units, all busy."""
    megamacs, units, megahertz = (
        draw.choice([12, 20, 36, 48, 60]),
        draw.choice([2, 4, 8]),
        draw.choice([80, 160, 240]),
    )
    key = megamacs / (units * megahertz)
    return Variant(
        params={
            "megamacs": megamacs,
            "units": units,
            "megahertz": megahertz,
            "milliseconds": round(1000 * key, 4),
        },
        key=key,
        slips={"one_unit": megamacs / megahertz, "two_operations": 2 * key},
    )


@generator("bytes_after_huffman")
def bytes_after_huffman(draw: Random) -> Variant:
    """In bytes: indices of a layer under a Huffman code for four shares in sixteenths."""
    shares = draw.choice([(8, 4, 2, 2), (8, 4, 3, 1), (10, 3, 2, 1), (9, 4, 2, 1), (12, 2, 1, 1)])
    indices = draw.choice([8192, 16_384, 32_768, 65_536])
    mean = mean_code_length(shares)
    key = indices * mean / BYTE_BITS
    return Variant(
        params={f"s{place}": share for place, share in enumerate(shares)}
        | {"indices": indices, "mean": mean},
        key=key,
        slips={"bits_for_bytes": indices * mean, "fixed_length": indices * 2 / BYTE_BITS},
    )
