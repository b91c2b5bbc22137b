"""How much limits are widened on a machine that is slower than the reference."""

import logging
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.calibration import (
    MEASUREMENTS,
    REFERENCE_CPU_S,
    WIDEST_SCALE,
    Calibration,
    cpu_times_s,
    slowness_now,
)
from grader.sandbox import Limits, SystemFailure, Zygote, choose_profile

REFERENCE = dict.fromkeys(REFERENCE_CPU_S, 0.010)


@dataclass
class Clocked:
    """A sandbox whose calls take as long as the test says."""

    taken_s: list[dict[str, float]]
    closed: int = 0
    cpu_used: float = 0.0
    _now: dict[str, float] = field(default_factory=dict)

    def open(self, source: str, limits: Limits, seed: int, support: str | None = None) -> Any:
        self._now = self.taken_s.pop(0)
        if not self._now:
            raise SystemFailure("the zygote died")
        return self

    def call(self, function: str) -> None:
        self.cpu_used = self._now[function]

    def close(self) -> None:
        self.closed += 1


def times(factor: float, **more: float) -> dict[str, float]:
    return {name: time_s * more.get(name, factor) for name, time_s in REFERENCE.items()}


def calibrated(*measured: dict[str, float]) -> Calibration:
    calibration, sandbox = Calibration(REFERENCE), Clocked(list(measured))
    for _ in measured:
        calibration.measure(sandbox)
    return calibration


def test_nothing_measured_widens_nothing() -> None:
    assert Calibration().cpu_scale == 1.0


@given(st.lists(st.floats(0.01, 100.0), min_size=1, max_size=12))
def test_limits_are_only_ever_widened_and_not_without_end(factors: list[float]) -> None:
    scale = calibrated(*map(times, factors)).cpu_scale

    assert 1.0 <= scale <= WIDEST_SCALE
    assert scale <= round(max(1.0, *factors), 2)


def test_the_work_that_this_machine_is_slowest_at_counts() -> None:
    assert calibrated(times(1.0, loops=2.5)).cpu_scale == 2.5


def test_a_few_disturbed_measurements_change_nothing() -> None:
    assert calibrated(times(1.5), times(30.0), times(1.5), times(9.0), times(1.5)).cpu_scale == 1.5


def test_a_machine_that_has_become_slower_is_noticed() -> None:
    assert calibrated(*[times(1.0)] * MEASUREMENTS, *[times(3.0)] * MEASUREMENTS).cpu_scale == 3.0


def test_between_jobs_it_is_measured_now_and_then_only() -> None:
    now_s = 1000.0
    sandbox = Clocked([times(1.0)] * 9)
    calibration = Calibration(REFERENCE, clock=lambda: now_s)
    calibration.start(sandbox)
    at_start = sandbox.closed

    for now_s in (1001.0, 1059.0, 1061.0, 1062.0):  # noqa: B007  read by the clock
        calibration.refresh(sandbox)

    assert sandbox.closed == at_start + 1


def test_a_measurement_that_fails_leaves_what_was_known(caplog: pytest.LogCaptureFixture) -> None:
    assert calibrated(times(2.0), {}).cpu_scale == 2.0
    assert "was not measured: the zygote died" in caplog.text


def test_the_operator_of_a_machine_that_is_too_slow_is_told_once(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        assert calibrated(*[times(6.0)] * 3).cpu_scale == WIDEST_SCALE

    (record,) = caplog.records
    assert "6.0 times slower" in record.message
    assert "faster machine" in record.message


@pytest.mark.sandbox
def test_the_work_is_done_in_the_sandbox_and_costs_little(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PROVA_SANDBOX_UID", "20001")
    with Zygote(choose_profile().profile) as zygote:
        measured = [cpu_times_s(zygote) for _ in range(5)]
        slowness = slowness_now(zygote)

    fastest_s = {name: min(one[name] for one in measured) for name in REFERENCE_CPU_S}
    assert all(time_s > 0.0005 for time_s in fastest_s.values())
    assert sum(fastest_s.values()) < 0.03 * max(1.0, slowness)
    assert max(fastest_s[name] / REFERENCE_CPU_S[name] for name in fastest_s) < 3 * slowness
