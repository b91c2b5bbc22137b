"""How far a training is."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Progress:
    epoch: int  #: finished ones; 1 after the first
    epochs: int
    loss: float  #: mean over the batches of the last epoch, in nats, without the L2 term
