"""How fast a described device can be at best: the roofline (Williams et al. 2009, doi:10.1145/1498765.1498785)."""

from dataclasses import dataclass
from enum import Enum
from math import inf, nextafter
from numbers import Real
from sys import float_info

from reference_impl.reals import refuse_negative, refuse_outside, refuse_unless_positive


@dataclass(frozen=True)
class Device:
    """WrongDtype: no numbers; OutOfRange: a rate that is not positive, or a negative size."""

    name: str
    peak_ops: float  #: operations per second; a MAC is two
    bandwidth_bytes: float  #: per second, of the memory that holds the weights
    fast_memory_bytes: float = 0.0  #: on-chip memory that keeps weights from one inference to the next

    def __post_init__(self) -> None:
        refuse_unless_positive(self.peak_ops, "operations per second")
        refuse_unless_positive(self.bandwidth_bytes, "bytes per second")
        refuse_negative(self.fast_memory_bytes, "bytes of fast memory")

    @property
    def ridge(self) -> float:
        """Operations per byte from which on arithmetic, not memory, is the limit."""
        return self.peak_ops / self.bandwidth_bytes


class Bound(Enum):
    COMPUTE = "compute"
    MEMORY = "memory"


@dataclass(frozen=True)
class Estimate:
    """A lower bound: arithmetic and memory traffic overlap wholly, and nothing else takes time."""

    seconds: float
    bound: Bound
    intensity: float  #: operations per byte moved; infinite when nothing is moved


def estimate(device: Device, *, macs: float, weight_bytes: float, activation_bytes: float = 0.0) -> Estimate:
    """Of one inference. Weights that fit the fast memory whole are not moved; otherwise each is read once.

    WrongDtype: no numbers; OutOfRange: a negative one, NaN or infinity.
    """
    refuse_negative(macs, "the number of MACs")
    refuse_negative(weight_bytes, "bytes of weights")
    refuse_negative(activation_bytes, "bytes of activations")
    moved = float(activation_bytes) + (
        float(weight_bytes) if weight_bytes > device.fast_memory_bytes else 0.0
    )
    operations = 2 * float(macs)
    computing, moving = operations / device.peak_ops, moved / device.bandwidth_bytes
    bound = Bound.MEMORY if moving > computing else Bound.COMPUTE
    return Estimate(max(computing, moving), bound, operations / moved if moved else inf)


def attainable_ops(peak_ops: float, bandwidth_bytes: float, intensity: float) -> float:
    """Roofline: operations per second; intensity in operations per byte moved, infinite when nothing is moved.

    WrongDtype: no numbers; OutOfRange: a rate that is not positive, or a negative intensity.
    """
    refuse_unless_positive(peak_ops, "operations per second")
    refuse_unless_positive(bandwidth_bytes, "bytes per second")
    if _infinite(intensity):
        return float(peak_ops)
    refuse_outside(intensity, 0.0, float_info.max, "the intensity")
    return min(float(peak_ops), float(bandwidth_bytes) * float(intensity))


def overall_speedup(fraction: float, factor: float) -> float:
    """Amdahl 1967: the whole speeds up by this when `fraction` of its time runs `factor` times faster.

    An infinite factor gives the limit 1 / (1 - fraction). WrongDtype: no numbers; OutOfRange: a fraction outside 0 ... 1,
    a factor that is not positive, or an infinite one for all of the time.
    """
    refuse_outside(fraction, 0.0, 1.0, "the fraction of time")
    if _infinite(factor):
        refuse_outside(
            fraction, 0.0, nextafter(1.0, 0.0), "the fraction of time that an infinite factor spares"
        )
    else:
        refuse_unless_positive(factor, "the factor")
    return 1 / (1 - fraction + fraction / factor)


def _infinite(number: float) -> bool:
    return isinstance(number, Real) and number == inf
