"""numba's compiler, set up once for all kernels."""

from collections.abc import Callable
from typing import Any

from numba import njit


def compiled(function: Callable[..., Any]) -> Callable[..., Any]:
    """Compile without the interpreter lock's help and keep the machine code on disk for the next process.

    Where numba finds no folder it may write to, the code is compiled anew in each process instead.
    numba sees a changed source file of `function` itself, not of what it calls: after a change of an intrinsic,
    clear the cache (`__pycache__` beside the kernels or NUMBA_CACHE_DIR).
    """
    try:
        return njit(cache=True, nogil=True)(function)
    except RuntimeError:
        return njit(nogil=True)(function)


def inlined(function: Callable[..., Any]) -> Callable[..., Any]:
    """Compile for other compiled functions only, always into their code.

    A call that stays a call counts the references of every array it passes, which costs more than a short function does.
    """
    return njit(nogil=True, forceinline=True)(function)
