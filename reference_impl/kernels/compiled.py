"""numba's compiler, set up once for all kernels."""

import hashlib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from numba import config, njit

#: False where NUMBA_DISABLE_JIT makes numba run its functions as plain Python.
JIT = not getattr(config, "DISABLE_JIT", False)


def compiled(function: Callable[..., Any]) -> Callable[..., Any]:
    """Compile without the interpreter lock's help and keep the machine code on disk for the next process.

    Where numba finds no folder it may write to, the code is compiled anew in each process instead.
    """
    try:
        kernel = njit(cache=True, nogil=True)(function)
    except RuntimeError:
        return njit(nogil=True)(function)
    _outdate_with_any_source(kernel)
    return kernel


def inlined(function: Callable[..., Any]) -> Callable[..., Any]:
    """Compile for other compiled functions only, always into their code.

    A call that stays a call counts the references of every array it passes, which costs more than a short function does.
    """
    return njit(nogil=True, forceinline=True)(function)


def _outdate_with_any_source(kernel: Any) -> None:
    # numba outdates machine code with the file of its function alone; what is inlined from other files would stay old.
    stored = getattr(getattr(kernel, "_cache", None), "_cache_file", None)
    if stored is not None:
        folders = (Path(__file__).parent, Path(kernel.py_func.__code__.co_filename).parent)
        stored._source_stamp = (stored._source_stamp, *map(sources_digest, folders))


@cache
def sources_digest(folder: Path) -> str:
    """SHA-256 over the names and bytes of the Python files in `folder`."""
    digest = hashlib.sha256()
    for path in sorted(folder.glob("*.py")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()
