"""Energy of arithmetic and of memory accesses."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from reference_impl.errors import OutOfRange
from reference_impl.reals import (
    SQUARABLE,
    refuse_negative,
    refuse_outside,
    refuse_unless_positive,
    whole_number,
)

#: Energy of one 32-bit operation or access in a 45 nm process at 0.9 V, in pJ. Horowitz, "Computing's energy
#: problem", ISSCC 2014, as quoted in figure 1 of Han et al. 2015 (arXiv:1506.02626).
ENERGY_PJ: Mapping[str, float] = MappingProxyType(
    {
        "int_add": 0.1,
        "float_add": 0.9,
        "register_file": 1.0,
        "int_multiply": 3.1,
        "float_multiply": 3.7,
        "sram_read": 5.0,
        "dram_read": 640.0,
    }
)


@dataclass(frozen=True)
class Traffic:
    """What one inference does, in 32-bit words: a word of 8-bit weights holds four of them."""

    float_macs: float = 0
    int_macs: float = 0
    sram_reads: float = 0
    dram_reads: float = 0


def words(values: float, *, bits: float, word_bits: int = 32) -> float:
    """Words that hold so many values of `bits` bits, several to a word: how many accesses fetch each of them once.

    As for long arrays: a last word that is filled in part counts in part. WrongDtype: no numbers, or a word of no whole bits; OutOfRange:
    values below zero, bits below one.
    """
    refuse_negative(values, "the number of values")
    refuse_outside(bits, 1, SQUARABLE, "bits of a value")
    word_bits = whole_number(word_bits, 1, SQUARABLE, "bits of a word")
    return float(values) * float(bits) / word_bits


def access_energy_pj(accesses: float, memory: str) -> float:
    """memory: a key of ENERGY_PJ. WrongDtype: no number; OutOfRange: no such key, or a negative number."""
    refuse_negative(accesses, "the number of accesses")
    if memory not in ENERGY_PJ:
        raise OutOfRange(f"{memory} is none of {', '.join(ENERGY_PJ)}")
    return float(accesses) * ENERGY_PJ[memory]


def inference_energy_pj(traffic: Traffic) -> float:
    """A MAC is one multiplication and one addition: 4.6 pJ in float, 3.2 pJ in integers. Errors as `access_energy_pj`."""
    return (
        access_energy_pj(traffic.float_macs, "float_multiply")
        + access_energy_pj(traffic.float_macs, "float_add")
        + access_energy_pj(traffic.int_macs, "int_multiply")
        + access_energy_pj(traffic.int_macs, "int_add")
        + access_energy_pj(traffic.sram_reads, "sram_read")
        + access_energy_pj(traffic.dram_reads, "dram_read")
    )


def power_watts(energy_pj: float, per_second: float) -> float:
    """Mean power of something that takes this energy so many times a second. WrongDtype; OutOfRange: negative numbers."""
    refuse_negative(energy_pj, "the energy")
    refuse_negative(per_second, "times a second")
    return float(energy_pj) * float(per_second) / 1e12


def battery_hours(milliampere_hours: float, *, volts: float, watts: float) -> float:
    """How long a full battery lasts at a constant mean power; losses and self-discharge are not counted.

    WrongDtype: no numbers; OutOfRange: a charge or voltage below zero, a power that is not above zero.
    """
    refuse_negative(milliampere_hours, "the charge")
    refuse_negative(volts, "the voltage")
    refuse_unless_positive(watts, "the mean power")
    return float(milliampere_hours) / 1000 * float(volts) / float(watts)
