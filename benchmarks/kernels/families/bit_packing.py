"""Fields of 4 and 5 bits, against a copy of the values as bytes; both sides make the array they return."""

from collections.abc import Iterator
from functools import partial

import numpy as np
from numpy.typing import NDArray

from benchmarks.kernels import goals, limits
from benchmarks.kernels.case import Case, Planned
from benchmarks.kernels.timing import Call, Candidate
from reference_impl.kernels import bit_packing as kernel

COUNT = 1 << 24
WIDTHS = (4, 5)


def planned() -> Iterator[Planned]:
    for width in WIDTHS:
        yield Planned("bit packing", f"16M, {width} bits", partial(_pack, width))
        yield Planned("bit unpacking", f"16M, {width} bits", partial(_unpack, width))


def _values(width: int) -> NDArray[np.uint8]:
    return np.random.default_rng(0).integers(0, 2**width, COUNT, dtype=np.uint8)


def _pack(width: int) -> Case:
    values = _values(width)
    return _case(values, partial(kernel.pack, values, width))


def _unpack(width: int) -> Case:
    values = _values(width)
    return _case(values, partial(kernel.unpack_bytes, kernel.pack(values, width), width, COUNT))


def _case(values: NDArray[np.uint8], ours: Call) -> Case:
    return Case(
        tier=kernel.TIERS[0],
        ours=ours,
        peers={"a copy of the values": Candidate(values.copy)},
        goals=goals.BIT_PACKING,
        limits=limits.reading(values),
    )
