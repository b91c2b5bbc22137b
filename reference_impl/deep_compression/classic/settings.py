"""What the classic recipe may choose, and what was chosen for each network, as data.

Densities of the LeNets are the paper's (tables 2 and 3), but for LeNet-5's conv2 and ip1, which keep a little more at fewer
bits a code. All else was chosen by the error on the validation images.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import inf

from reference_impl.reals import refuse_outside, whole_number
from reference_impl.training import Schedule


@dataclass(frozen=True)
class LayerSettings:
    """OutOfRange: a density outside 0 ... 1, bits outside 1 ... 8, a dropout above 0.9. WrongDtype."""

    density: float  #: share of the weights that stay
    code_bits: int  #: 2^bits - 1 shared values, and the code 0 for fillers
    gap_bits: int = 5
    #: of its inputs in a dense network; while a pruned one learns it is less (dropout.py)
    input_dropout: float = 0.0

    def __post_init__(self) -> None:
        refuse_outside(self.density, 0.0, 1.0, "density")
        refuse_outside(self.input_dropout, 0.0, 0.9, "dropout of the inputs")
        whole_number(self.code_bits, 1, 8, "bits of a code")
        whole_number(self.gap_bits, 1, 8, "bits of a gap")


@dataclass(frozen=True)
class Settings:
    """OutOfRange: no round of pruning. WrongDtype."""

    layers: Mapping[str, LayerSettings]  #: "ip1" and so on
    rounds: int  #: of pruning and retraining; each keeps the same share of what the one before kept
    retraining: Schedule  #: of every round but the last
    last_retraining: Schedule
    fine_tuning: Schedule  #: of the shared values and biases

    def __post_init__(self) -> None:
        whole_number(self.rounds, 1, inf, "the number of rounds")


LENET_300_100 = Settings(
    layers={
        "ip1": LayerSettings(0.08, code_bits=5, gap_bits=6),
        "ip2": LayerSettings(0.09, code_bits=5, input_dropout=0.5),
        "ip3": LayerSettings(0.26, code_bits=5, input_dropout=0.5),
    },
    rounds=3,
    retraining=Schedule(epochs=3, batch_size=128, learning_rate=2e-3, l2=1e-3),
    last_retraining=Schedule(epochs=25, batch_size=128, learning_rate=2e-3, l2=5e-4),
    fine_tuning=Schedule(epochs=4, batch_size=128, learning_rate=3e-4),
)
LENET_5 = Settings(
    layers={
        "conv1": LayerSettings(0.66, code_bits=5),
        "conv2": LayerSettings(0.17, code_bits=5),
        "ip1": LayerSettings(0.083, code_bits=4, gap_bits=6, input_dropout=0.3),
        "ip2": LayerSettings(0.19, code_bits=4, input_dropout=0.5),
    },
    rounds=3,
    retraining=Schedule(epochs=2, batch_size=256, learning_rate=2e-3, l2=3e-4),
    last_retraining=Schedule(epochs=14, batch_size=256, learning_rate=2e-3, l2=1e-4),
    fine_tuning=Schedule(epochs=2, batch_size=256, learning_rate=3e-4),
)
DIGITS_CNN = Settings(
    layers={
        "conv1": LayerSettings(0.66, code_bits=5),
        "conv2": LayerSettings(0.20, code_bits=5),
        "ip1": LayerSettings(0.15, code_bits=5),
        "ip2": LayerSettings(0.26, code_bits=5),
    },
    rounds=3,
    retraining=Schedule(epochs=8, batch_size=32, learning_rate=2e-3, l2=2e-4),
    last_retraining=Schedule(epochs=20, batch_size=32, learning_rate=2e-3, l2=1e-4),
    fine_tuning=Schedule(epochs=5, batch_size=32, learning_rate=3e-4),
)
SETTINGS = {"lenet-300-100": LENET_300_100, "lenet-5": LENET_5, "digits-cnn": DIGITS_CNN}
