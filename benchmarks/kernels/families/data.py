"""Random operands, the same in every run."""

from collections.abc import Iterator, Sequence
from itertools import cycle

import numpy as np
from numpy.typing import NDArray

from benchmarks.kernels.machine import last_level_bytes
from benchmarks.kernels.timing import Call


def signed_bytes(*shape: int) -> NDArray[np.int8]:
    return np.random.default_rng(0).integers(-127, 128, shape, dtype=np.int8)


def normal(*shape: int) -> NDArray[np.float32]:
    return np.random.default_rng(1).standard_normal(shape).astype(np.float32)


def sets_beyond_cache(set_bytes: int) -> int:
    """So many that none of it is left in the last cache when its turn comes again."""
    return 2 * last_level_bytes() // set_bytes + 2


class InTurn:
    """Each call goes to the next of several equal ones, which hold different copies of the weights."""

    def __init__(self, calls: Sequence[Call]) -> None:
        self._calls: Iterator[Call] = cycle(calls)

    def __call__(self) -> object:
        return next(self._calls)()
