"""When an answer comes: over a network, or out of a batch."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reference_impl.costs import batch_ms, offload_ms, partitioned_ms, pipelined_per_s, transfer_ms
from reference_impl.errors import EmptyInput, OutOfRange

payloads = st.floats(0, 1e9)
rates = st.floats(1e-3, 1e5)


def test_a_byte_has_eight_bits_and_a_megabit_a_million() -> None:
    assert transfer_ms(1_000_000, megabits_per_s=8) == 1000


@given(payload=payloads, rate=rates)
def test_twice_the_rate_takes_half_the_time(payload: float, rate: float) -> None:
    assert transfer_ms(payload, megabits_per_s=2 * rate) == pytest.approx(
        transfer_ms(payload, megabits_per_s=rate) / 2
    )


@given(payload=payloads, rate=rates, trip=st.floats(0, 1e4), server=st.floats(0, 1e4))
def test_offloading_is_never_faster_than_any_of_its_parts(
    payload: float, rate: float, trip: float, server: float
) -> None:
    whole = offload_ms(payload, megabits_per_s=rate, round_trip_ms=trip, server_ms=server)
    assert whole >= max(transfer_ms(payload, megabits_per_s=rate), trip, server)


def test_a_frame_alone_does_not_wait() -> None:
    assert batch_ms(1, interval_ms=40, compute_ms=30) == 30


def test_the_first_frame_waits_for_one_gap_fewer_than_there_are_frames() -> None:
    assert batch_ms(4, interval_ms=25, compute_ms=60) == 3 * 25 + 60


def test_a_network_without_a_rate_is_refused() -> None:
    with pytest.raises(OutOfRange, match="megabits per second"):
        transfer_ms(100, megabits_per_s=0)


def test_an_empty_batch_is_refused() -> None:
    with pytest.raises(OutOfRange, match="frames"):
        batch_ms(0, interval_ms=25, compute_ms=60)


def test_times_below_zero_are_refused() -> None:
    with pytest.raises(OutOfRange, match="round trip"):
        offload_ms(1, megabits_per_s=1, round_trip_ms=-1, server_ms=0)
    with pytest.raises(OutOfRange, match="server"):
        offload_ms(1, megabits_per_s=1, round_trip_ms=0, server_ms=-1)
    with pytest.raises(OutOfRange, match="between frames"):
        batch_ms(2, interval_ms=-1, compute_ms=0)
    with pytest.raises(OutOfRange, match="batch"):
        batch_ms(2, interval_ms=0, compute_ms=-1)


def test_a_network_split_between_processors_pays_for_each_handing_over() -> None:
    assert partitioned_ms([10, 2, 6], crossings=4, crossing_ms=1.5) == 18 + 4 * 1.5


@given(stages=st.lists(st.floats(0.01, 1e4), min_size=1, max_size=6))
def test_a_pipeline_is_as_fast_as_its_slowest_stage_and_never_slower_than_one_after_the_other(
    stages: list[float],
) -> None:
    rate = pipelined_per_s(stages)
    assert rate == pytest.approx(min(1000 / stage for stage in stages))
    assert rate >= 1000 / sum(stages) * (1 - 1e-12)


def test_stages_that_take_no_time_or_are_missing_are_refused() -> None:
    with pytest.raises(EmptyInput):
        pipelined_per_s([])
    with pytest.raises(EmptyInput):
        partitioned_ms([], crossings=0, crossing_ms=1)
    with pytest.raises(OutOfRange, match="slowest"):
        pipelined_per_s([0, 0])
    with pytest.raises(OutOfRange, match="a time"):
        partitioned_ms([1, -1], crossings=2, crossing_ms=1)
