"""What the best recipe may choose, and what was chosen for each network, as data. Chosen on the validation images."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import inf

from reference_impl.deep_compression.best.distortion import Distortion
from reference_impl.errors import OutOfRange
from reference_impl.reals import refuse_outside, whole_number
from reference_impl.training import Schedule


@dataclass(frozen=True)
class TeacherSettings:
    """OutOfRange: no filter, no unit. WrongDtype."""

    filters: tuple[int, int, int]
    units: int
    training: Schedule

    def __post_init__(self) -> None:
        for count in (*self.filters, self.units):
            whole_number(count, 1, inf, "filters and units of the teacher")


@dataclass(frozen=True)
class Settings:
    """OutOfRange: a number that means nothing. WrongDtype."""

    teacher: TeacherSettings
    teacher_distortion: Distortion
    copies: int  #: of the training images; the first as they are, the others distorted
    distortion: Distortion  #: of what the student sees
    widths: Mapping[str, int]  #: outputs of the student's layers; the rest of the network's are never used
    kept_weights: int  #: of all layers together
    pruning: Schedule  #: epochs over all copies
    pruning_span: tuple[float, float]  #: of the training, 0 ... 1
    shared_values: Mapping[str, int]
    sharing: Schedule
    rival: Schedule  #: of a dense network of full width, taught the same way, that the compressed one is compared with
    temperature: float = 2.0
    alpha: float = 0.7  #: weight of the teacher's answers

    def __post_init__(self) -> None:
        whole_number(self.copies, 1, inf, "copies of the training images")
        whole_number(self.kept_weights, 1, inf, "weights kept")
        for name, count in self.shared_values.items():
            whole_number(count, 1, 255, f"shared values of {name}")
        for share in (*self.pruning_span, self.alpha):
            refuse_outside(share, 0.0, 1.0, "a share of the training or of the loss")
        if self.pruning_span[0] >= self.pruning_span[1]:
            raise OutOfRange(f"pruning ends after it starts, not from {self.pruning_span}")
