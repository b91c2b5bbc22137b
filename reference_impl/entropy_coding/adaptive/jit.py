"""One source, run by Python as the definition and compiled by numba as the kernel, which alone loads numba."""

from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")
JITABLE: list[Callable[..., Any]] = []  #: what the kernel makes known to the compiler


def jitable(function: Callable[P, R]) -> Callable[P, R]:
    """The same function, which compiled code may call as well: it keeps to what numba can compile."""
    JITABLE.append(function)
    return function
