"""Settings under which numpy, OpenBLAS, torch, MKL and oneDNN add up in one order on every x86-64 machine.

Each of them picks, by what the processor can do, how many numbers it adds at a time, and rounding differs with that: the
last bits of a product of matrices are others with AVX-512 than with AVX2. A submission that is judged on two machines has
to come to the same numbers, so all of them use AVX2, which nearly every server has. Other processors are left alone.
"""

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pathlib import Path

numpy_core = import_module(
    "numpy._core._multiarray_umath"
)  # numpy.show_runtime prints these, nothing returns them
_AVX2 = frozenset({"avx2", "fma", "bmi1", "bmi2", "f16c", "movbe"})


def same_everywhere(processor: frozenset[str] | None = None) -> dict[str, str]:
    """Environment variables for a process that computes. `processor`: what it can do, by the names of /proc/cpuinfo."""
    features = processor_features() if processor is None else processor
    if _AVX2 - features:
        return {}
    return {
        "OPENBLAS_CORETYPE": "Haswell",
        "NPY_DISABLE_CPU_FEATURES": " ".join(
            beyond_avx2(numpy_core.__cpu_dispatch__, numpy_core.__cpu_features__)
        ),
        "ATEN_CPU_CAPABILITY": "avx2",
        "MKL_CBWR": "AVX2",
        "ONEDNN_MAX_CPU_ISA": "AVX2",
    }


def beyond_avx2(built_for: list[str], here: Mapping[str, bool]) -> list[str]:
    """Those of numpy's own names that this machine has: naming another one makes numpy complain."""
    return [name for name in built_for if name not in {"X86_V2", "X86_V3", "AVX2", "FMA3"} and here.get(name)]


@cache
def processor_features() -> frozenset[str]:
    """Of an x86 processor; empty for another one."""
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return frozenset()
    return next(
        (frozenset(line.partition(":")[2].split()) for line in lines if line.startswith("flags")), frozenset()
    )
