"""How long and how fast to train, as data."""

from dataclasses import dataclass
from math import cos, inf, pi

from reference_impl.reals import refuse_negative, refuse_unless_positive, whole_number


@dataclass(frozen=True)
class Schedule:
    """OutOfRange: no epoch, an empty batch, a rate that is not positive, a strength below zero. WrongDtype."""

    epochs: int
    batch_size: int
    learning_rate: float  #: of the first step; falls to zero along half a cosine
    l2: float = (
        0.0  #: strength of l2 / 2 x sum w^2 over the weights, as `pruning.l2_penalty`; biases are left alone
    )

    def __post_init__(self) -> None:
        whole_number(self.epochs, 1, inf, "the number of epochs")
        whole_number(self.batch_size, 1, inf, "the batch size")
        refuse_unless_positive(self.learning_rate, "the learning rate")
        refuse_negative(self.l2, "the strength of L2")


def cosine_learning_rate(step: int, *, steps: int, first: float) -> float:
    """first / 2 x (1 + cos(pi step / steps)): cosine annealing (arXiv:1608.03983), without restarts and down to zero.

    OutOfRange: no steps, a step outside 0 ... steps, a rate that is not positive. WrongDtype.
    """
    steps = whole_number(steps, 1, inf, "the number of steps")
    step = whole_number(step, 0, steps, "the step")
    refuse_unless_positive(first, "the learning rate")
    return first / 2 * (1 + cos(pi * step / steps))
