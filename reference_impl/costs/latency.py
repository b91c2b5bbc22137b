"""Time until an answer: sent over a network to a server, or held back until a batch is full.

A decimal convention throughout: a megabit is 10^6 bits, as network rates are stated. Nothing overlaps: an answer from
a server waits for the whole upload (Kang et al. 2017, "Neurosurgeon", doi:10.1145/3037697.3037698, section 3).
"""

from reference_impl.reals import refuse_outside


def transfer_ms(payload_bytes: float, *, megabits_per_s: float) -> float:
    """Eight bits a byte over the rate, without the time the first bit travels.

    OutOfRange: bytes below zero, or a rate that is not above zero.
    """
    refuse_outside(payload_bytes, 0, float("inf"), "bytes to send")
    refuse_outside(megabits_per_s, 5e-324, float("inf"), "megabits per second")
    return payload_bytes * 8 / (megabits_per_s * 1000)


def offload_ms(
    payload_bytes: float, *, megabits_per_s: float, round_trip_ms: float, server_ms: float
) -> float:
    """From the start of the upload to the answer, which is taken as too short to count: upload + round trip + server.

    OutOfRange: as `transfer_ms`, or a time below zero.
    """
    refuse_outside(round_trip_ms, 0, float("inf"), "the round trip")
    refuse_outside(server_ms, 0, float("inf"), "the server's time")
    return transfer_ms(payload_bytes, megabits_per_s=megabits_per_s) + round_trip_ms + server_ms


def batch_ms(frames: int, *, interval_ms: float, compute_ms: float) -> float:
    """Latency of the first frame of a batch: it waits for frames - 1 more, then for the whole batch.

    OutOfRange: fewer than one frame, or a time below zero.
    """
    refuse_outside(frames, 1, float("inf"), "the number of frames")
    refuse_outside(interval_ms, 0, float("inf"), "the time between frames")
    refuse_outside(compute_ms, 0, float("inf"), "the time of the batch")
    return (frames - 1) * interval_ms + compute_ms
