"""How far an image may be distorted, as data."""

from dataclasses import dataclass

from reference_impl.reals import refuse_negative


@dataclass(frozen=True)
class Distortion:
    """Each drawn evenly from -x ... x but the last, a standard deviation. OutOfRange: below zero. WrongDtype."""

    rotation_degrees: float
    shift: float  #: share of half the image's side
    scale: float  #: of each axis, about 1
    shear: float
    bend: float  #: of the net's points, share of half the image's side

    def __post_init__(self) -> None:
        for name, value in vars(self).items():
            refuse_negative(value, name)
