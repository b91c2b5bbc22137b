"""An interpreter made ready: what a first use costs is paid before anything is measured, and work is divided alike everywhere."""

import os
import random
import sys
from typing import Any

import numpy as np

from . import wire


def show_one_core() -> None:
    """Code that divides its work by the number of cores adds up in another order, and comes to other sums."""
    os.cpu_count = lambda: 1
    os.sched_getaffinity = lambda pid: {0}


def warm_up(imports: list[str]) -> None:
    """What a first use costs, paid once: lazy modules of numpy 30 ms, an optimizer's first step over a second."""
    for name in [*imports, *_WHAT_EXERCISES_IMPORT]:
        __import__(name)
    random.seed(0)
    np.random.seed(0)
    np.random.default_rng(0).normal()
    np.linalg.svd(np.eye(2))
    np.fft.rfft(np.ones(4))
    np.testing.assert_allclose(np.ones(2), np.ones(2))
    wire.decode(wire.encode([1, 2.0, "x", {"a": np.zeros(3)}, [1.0] * 8]))
    if "torch" in imports:
        _warm_up_torch(sys.modules["torch"])
    if "numba" in imports:
        sys.modules["numba"].njit(lambda x: x.sum() + 1.0)(np.zeros(3))


_WHAT_EXERCISES_IMPORT = (
    "collections", "concurrent.futures", "contextlib", "copy", "dataclasses", "decimal", "enum", "fractions",
    "functools", "heapq", "io", "itertools", "json", "linecache", "math", "operator", "statistics", "string",
    "struct", "tempfile", "time", "traceback", "typing", "zlib",
)  # fmt: skip


def _warm_up_torch(torch: Any) -> None:
    torch.set_num_threads(1)
    torch.manual_seed(0)
    network = torch.nn.Sequential(torch.nn.Conv2d(1, 1, 3), torch.nn.Flatten(), torch.nn.Linear(4, 2))
    for optimizer in (torch.optim.SGD, torch.optim.Adam):
        step = optimizer(network.parameters(), 0.1)
        network(torch.zeros(1, 1, 4, 4)).sum().backward()
        step.step()
    torch.jit.script(torch.nn.Linear(2, 2))
    torch.compile = _uncompiled


def _uncompiled(model: Any = None, **options: Any) -> Any:
    """torch.compile where no compiler may run. Even switched off, torch's own takes a second to import what it would need."""
    return model if model is not None else lambda function: function


def versions(imports: list[str]) -> dict[str, str]:
    versions = {name: str(getattr(sys.modules[name], "__version__", "")) for name in imports}
    return {"python": sys.version.split()[0], **versions}
