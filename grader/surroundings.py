"""What a verdict depends on besides the exercise and the file: versions of libraries, and the processor."""

import platform
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import hypothesis
import numpy as np

CPU_INFO = Path("/proc/cpuinfo")
_MODEL = re.compile(r"^model name\s*:\s*(.+)$", re.MULTILINE)


def versions(inside: Mapping[str, str] | None = None) -> dict[str, str]:
    """inside: what the sandbox runs learners' code with; the judge's own stands beside it where it differs."""
    ours = {
        "python": platform.python_version(),
        "numpy": np.__version__,
        "hypothesis": hypothesis.__version__,
    }
    found = dict(inside or {})
    judges = {f"{name} (judge)": text for name, text in ours.items() if found.get(name, text) != text}
    return {**ours, **found, **judges}


@cache
def cpu_model(info: Path = CPU_INFO) -> str:
    """As the kernel names it, with the architecture; the architecture alone where it names none."""
    try:
        named = _MODEL.search(info.read_text(encoding="utf-8", errors="replace"))
    except OSError:
        named = None
    machine = platform.machine()
    return f"{named[1].strip()[:100]} ({machine})" if named else machine
