"""Where the figures were measured."""

import platform
from datetime import date
from pathlib import Path

from benchmarks.kernels.peers import PACKAGES, versions
from reference_impl.kernels import int8_gemm

_CPU_INFO = Path("/proc/cpuinfo")
_LAST_LEVEL = Path("/sys/devices/system/cpu/cpu0/cache/index3/size")
_USUAL_LAST_LEVEL_BYTES = 32 << 20


def machine() -> dict[str, str]:
    return {
        "date": date.today().isoformat(),
        "cpu": cpu(_CPU_INFO.read_text() if _CPU_INFO.exists() else ""),
        "tier": int8_gemm.TIERS[0].name,
        "python": platform.python_version(),
        **versions(("numba", "numpy", *PACKAGES)),
    }


def cpu(info: str) -> str:
    """Model and family from the text of /proc/cpuinfo."""
    fields = dict(_field(line) for line in reversed(info.splitlines()) if ":" in line)
    if "model name" not in fields:
        return platform.processor() or platform.machine()
    return (
        f"{fields['model name']} (family {fields.get('cpu family', '?')}, model {fields.get('model', '?')})"
    )


def _field(line: str) -> tuple[str, str]:
    key, value = line.split(":", 1)
    return key.strip(), value.strip()


def last_level_bytes() -> int:
    """Of the largest cache that cpu 0 uses."""
    if not _LAST_LEVEL.exists():
        return _USUAL_LAST_LEVEL_BYTES
    return int(_LAST_LEVEL.read_text().strip().removesuffix("K")) << 10
