"""Which instructions a kernel may use, from the fastest kind down to the definition in numpy.

    AMX       tile registers: 16 x 64 by 64 x 16 products of signed bytes in one instruction
    VNNI      AVX-512 with byte dot products; also 16-lane gathers and in-register tables
    PORTABLE  loops compiled by numba for whatever CPU there is
    NUMPY     the definition all others are tested against

All tiers give the same integers. A tier is used when the CPU has the instructions, the operating system lets
the process use them, and every intrinsic the kernel needs has passed its self-test on this machine.
`REFERENCE_IMPL_TIER=portable` (any name above, in any case) caps the choice.
"""

import ctypes
import enum
import os
import platform
from collections.abc import Callable
from functools import cache

from llvmlite import binding

from reference_impl.errors import OutOfRange
from reference_impl.kernels.compiled import JIT

VARIABLE = "REFERENCE_IMPL_TIER"


class Tier(enum.IntEnum):
    NUMPY = 0
    PORTABLE = 1
    VNNI = 2
    AMX = 3


_AVX512 = ("avx512f", "avx512bw", "avx512vl", "avx512vnni")
_NEEDS = {Tier.VNNI: _AVX512, Tier.AMX: (*_AVX512, "amx-tile", "amx-int8")}
_ARCH_PRCTL, _REQUEST_PERMISSION, _TILE_DATA = 158, 0x1023, 18


@cache
def _cpu_features() -> dict[str, bool]:
    if platform.machine() not in ("x86_64", "AMD64"):
        return {}
    try:
        return dict(binding.get_host_cpu_features())
    except RuntimeError:  # LLVM knows no features of this host
        return {}


@cache
def _tile_registers_are_granted() -> bool:
    # Linux gives the 8 KB of tile state only to processes that ask for it.
    if platform.system() != "Linux":
        return False
    return bool(ctypes.CDLL(None).syscall(_ARCH_PRCTL, _REQUEST_PERMISSION, _TILE_DATA) == 0)


def cpu_allows(tier: Tier) -> bool:
    """Whether CPU and operating system have what `tier` needs (nothing is compiled to find out)."""
    if tier <= Tier.PORTABLE:
        return True
    if not JIT or not all(_cpu_features().get(name, False) for name in _NEEDS[tier]):
        return False
    return tier is not Tier.AMX or _tile_registers_are_granted()


def cpu_has(feature: str) -> bool:
    """Whether the CPU has an extension beyond those of a tier, by LLVM's name for it (`avx512vbmi`)."""
    return _cpu_features().get(feature, False)


def highest_allowed() -> Tier:
    """The cap set by the environment; AMX, that is none, without one. OutOfRange: a name of no tier."""
    name = os.environ.get(VARIABLE, "")
    if not name:
        return Tier.AMX
    try:
        return Tier[name.upper()]
    except KeyError:
        known = ", ".join(tier.name.lower() for tier in Tier)
        raise OutOfRange(f"{VARIABLE}={name!r} names no tier; use one of {known}") from None


@cache
def _passes(self_test: Callable[[], bool]) -> bool:
    return self_test()


def tiers_for(self_tests: dict[Tier, tuple[Callable[[], bool], ...]]) -> tuple[Tier, ...]:
    """The usable tiers of one kernel, best first.

    `self_tests` names, for each tier above PORTABLE that the kernel has, the self-tests of the intrinsics
    it uses there.
    """
    implemented = {Tier.NUMPY, Tier.PORTABLE, *self_tests}
    return tuple(
        tier
        for tier in sorted(implemented, reverse=True)
        if tier <= highest_allowed() and cpu_allows(tier) and all(map(_passes, self_tests.get(tier, ())))
    )


def choose(usable: tuple[Tier, ...], wanted: Tier | None) -> Tier:
    """The best usable tier, or the wanted one; OutOfRange where this machine cannot run it."""
    if wanted is None:
        return usable[0]
    if wanted not in usable:
        raise OutOfRange(f"tier {wanted.name} cannot be used here, only {', '.join(t.name for t in usable)}")
    return wanted
