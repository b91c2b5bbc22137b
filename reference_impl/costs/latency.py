"""Time until an answer: sent over a network to a server, held back until a batch is full, or split between processors.

A decimal convention throughout: a megabit is 10^6 bits, as network rates are stated. Nothing overlaps: an answer from
a server waits for the whole upload (Kang et al. 2017, "Neurosurgeon", doi:10.1145/3037697.3037698). Everywhere
WrongDtype: no real numbers.
"""

from collections.abc import Sequence

from reference_impl.errors import EmptyInput
from reference_impl.reals import SQUARABLE, refuse_negative, refuse_unless_positive, whole_number


def transfer_ms(payload_bytes: float, *, megabits_per_s: float) -> float:
    """Eight bits a byte over the rate, without the time the first bit travels.

    OutOfRange: bytes below zero, or a rate that is not above zero.
    """
    refuse_negative(payload_bytes, "bytes to send")
    refuse_unless_positive(megabits_per_s, "megabits per second")
    return float(payload_bytes) * 8 / (float(megabits_per_s) * 1000)


def offload_ms(
    payload_bytes: float, *, megabits_per_s: float, round_trip_ms: float, server_ms: float
) -> float:
    """From the start of the upload to the answer, which is taken as too short to count: upload + round trip + server.

    OutOfRange: as `transfer_ms`, or a time below zero.
    """
    refuse_negative(round_trip_ms, "the round trip")
    refuse_negative(server_ms, "the server's time")
    return transfer_ms(payload_bytes, megabits_per_s=megabits_per_s) + float(round_trip_ms) + float(server_ms)


def batch_ms(frames: int, *, interval_ms: float, compute_ms: float) -> float:
    """Latency of the first frame of a batch: it waits for frames - 1 more, then for the whole batch.

    OutOfRange: fewer than one frame, or a time below zero.
    """
    frames = whole_number(frames, 1, SQUARABLE, "the number of frames")
    refuse_negative(interval_ms, "the time between frames")
    refuse_negative(compute_ms, "the time of the batch")
    return (frames - 1) * float(interval_ms) + float(compute_ms)


def partitioned_ms(parts_ms: Sequence[float], *, crossings: int, crossing_ms: float) -> float:
    """Of parts of a network that run one after the other on two processors: their times, and each handing over.

    EmptyInput: no parts; OutOfRange: a time or a number below zero.
    """
    crossings = whole_number(crossings, 0, SQUARABLE, "the number of crossings")
    refuse_negative(crossing_ms, "the time of a crossing")
    return sum(_times(parts_ms)) + crossings * float(crossing_ms)


def pipelined_per_s(stages_ms: Sequence[float]) -> float:
    """Frames per second when all stages work at once, each on another frame: the slowest one sets the pace.

    EmptyInput: no stages; OutOfRange: a time below zero, or no stage that takes time.
    """
    slowest_ms = max(_times(stages_ms))
    refuse_unless_positive(slowest_ms, "the time of the slowest stage")
    return 1000 / slowest_ms


def _times(times_ms: Sequence[float]) -> list[float]:
    if not len(times_ms):
        raise EmptyInput("there is nothing that takes time")
    for time_ms in times_ms:
        refuse_negative(time_ms, "a time")
    return [float(time_ms) for time_ms in times_ms]
