"""What shares one scale: the tensor, a channel, or a group of neighbours along an axis.

Krishnamoorthi 2018, arXiv:1806.08342, section 2.6 (channels); groups as in GPTQ (arXiv:2210.17323, on grouping).
Each granularity lays a tensor out in blocks (`blocked`: same elements, same order) and names the axes of that layout
which share parameters (`shared`); parameters keep those axes with length 1, so that they broadcast against the blocks.
OutOfRange: a shape without that axis, or one whose length the group size does not divide; WrongDtype: no integers.
"""

from dataclasses import dataclass
from math import inf

from reference_impl.errors import OutOfRange
from reference_impl.reals import whole_number

Shape = tuple[int, ...]


@dataclass(frozen=True)
class PerTensor:
    def blocked(self, shape: Shape) -> Shape:
        return shape

    def shared(self, shape: Shape) -> Shape:
        return tuple(range(len(shape)))


@dataclass(frozen=True)
class PerChannel:
    """One scale for each index of the axis. Of weights (out, in, ...), axis 0: one for each output channel."""

    axis: int = 0

    def blocked(self, shape: Shape) -> Shape:
        _place(self.axis, shape)
        return shape

    def shared(self, shape: Shape) -> Shape:
        return tuple(i for i in range(len(shape)) if i != _place(self.axis, shape))


@dataclass(frozen=True)
class PerGroup:
    """One scale for each run of `size` neighbours along the axis, whose length size divides."""

    axis: int = -1
    size: int = 32

    def __post_init__(self) -> None:
        object.__setattr__(self, "size", whole_number(self.size, 1, inf, "members of a group"))

    def blocked(self, shape: Shape) -> Shape:
        axis = _place(self.axis, shape)
        if shape[axis] % self.size:
            raise OutOfRange(f"groups of {self.size} do not divide an axis of length {shape[axis]}")
        return (*shape[:axis], shape[axis] // self.size, self.size, *shape[axis + 1 :])

    def shared(self, shape: Shape) -> Shape:
        return (_place(self.axis, shape) + 1,)


Granularity = PerTensor | PerChannel | PerGroup


def _place(axis: int, shape: Shape) -> int:
    if not shape:
        raise OutOfRange("a single number has no axis; use PerTensor")
    return whole_number(axis, -len(shape), len(shape) - 1, f"the axis of a tensor of shape {shape}") % len(
        shape
    )
