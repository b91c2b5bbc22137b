"""How much slower this machine computes than the one that limits are meant for.

A limit of one second of CPU time is another amount of work on every machine, and on a busy one. So a short fixed piece
of work, of the kinds that learners write, is timed inside the sandbox like a learner's call: when a worker starts and
now and then between two jobs. Limits are multiplied by what comes out; never by less than one.
"""

import logging
import statistics
import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from grader.sandbox import Limits, SessionEnded, StudentError, SystemFailure

logger = logging.getLogger(__name__)

WIDEST_SCALE = 4.0  #: beyond, honest code may fail here, and the operator is told
MEASUREMENTS = 7  #: their median counts: one that was disturbed changes nothing
AT_START = 5
INTERVAL_S = 60.0

#: Seconds of CPU time on the reference: one core of an AMD EPYC of the Zen 5 family, CPython 3.11.7, numpy 2.4.6
#: (the faster quarter of 200 sessions).
REFERENCE_CPU_S: Mapping[str, float] = {"loops": 0.0048, "arrays": 0.0024, "walk": 0.0024}

#: Loops of Python with a dictionary; small arrays and products of matrices; steps through memory beyond the caches of
#: a core. A machine may be slow in one of them only: the slowest counts.
WORK = """
import numpy as np

_memory = np.arange(1 << 21, dtype=np.uint32)
_matrix = np.linspace(-1.0, 1.0, 96 * 96).reshape(96, 96)


def loops():
    counts, state = {}, 1
    for _ in range(30_000):
        state = (state * 1103515245 + 12345) % 2147483648
        counts[state % 64] = counts.get(state % 64, 0) + 1
    return len(counts)


def arrays():
    x = np.linspace(-1.0, 1.0, 2048, dtype=np.float32)
    for _ in range(300):
        codes = np.clip(np.rint(x * 100.0), -128, 127).astype(np.int8)
        x = codes.astype(np.float32) / 100.0
    return float(x.sum() + (_matrix @ _matrix @ _matrix).trace())


def walk():
    steps = np.arange(120_000, dtype=np.uint32) * np.uint32(2654435761) >> np.uint32(11)
    return int(_memory[steps].sum())
"""


class Sandbox(Protocol):
    """What is used of a zygote."""

    def open(self, source: str, limits: Limits, seed: int, support: str | None = None) -> Any: ...


@dataclass
class Calibration:
    """Of one worker."""

    reference_cpu_s: Mapping[str, float] = field(default_factory=lambda: REFERENCE_CPU_S)
    clock: Callable[[], float] = time.monotonic
    _ratios: deque[float] = field(default_factory=lambda: deque(maxlen=MEASUREMENTS))
    _measured_at_s: float = float("-inf")
    _was_told: bool = False

    @property
    def slowness(self) -> float:
        """CPU time here / CPU time on the reference; 1 until something was measured."""
        return statistics.median(self._ratios) if self._ratios else 1.0

    @property
    def cpu_scale(self) -> float:
        """What limits are multiplied by."""
        return round(min(max(self.slowness, 1.0), WIDEST_SCALE), 2)

    def start(self, sandbox: Sandbox) -> None:
        """Once; processes forked from this one know it already."""
        for _ in range(AT_START - len(self._ratios)):
            self.measure(sandbox)

    def refresh(self, sandbox: Sandbox) -> None:
        """Between two jobs: measures when the last time is long enough ago."""
        if self.clock() - self._measured_at_s >= INTERVAL_S:
            self.measure(sandbox)

    def measure(self, sandbox: Sandbox) -> None:
        """Some 20 ms. A measurement that fails leaves everything as it was: jobs will tell what is wrong."""
        self._measured_at_s = self.clock()
        try:
            self._ratios.append(slowness_now(sandbox, self.reference_cpu_s))
        except (SystemFailure, StudentError, SessionEnded) as error:
            logger.warning("The speed of this machine was not measured: %s", error)
        else:
            self._tell_operator()

    def _tell_operator(self) -> None:
        if self.slowness <= WIDEST_SCALE:
            self._was_told = False
        elif not self._was_told:
            self._was_told = True
            logger.error(
                "This machine computes %.1f times slower than the reference, and limits are widened %g times at most: "
                "right solutions may fail here. Run fewer grading processes on it, or grade on a faster machine.",
                self.slowness,
                WIDEST_SCALE,
            )


def slowness_now(sandbox: Sandbox, reference_cpu_s: Mapping[str, float] = REFERENCE_CPU_S) -> float:
    """One measurement. SystemFailure, StudentError, SessionEnded: there is none."""
    taken_s = cpu_times_s(sandbox)
    return max(taken_s[name] / reference_cpu_s[name] for name in reference_cpu_s)


def slowness_here() -> float:
    """Measured in this very process, where there is no sandbox: the work is our own."""
    work: dict[str, Any] = {}
    exec(WORK, work)  # noqa: S102  (the text above)
    ratios = []
    for _ in range(AT_START):
        for name, reference_s in REFERENCE_CPU_S.items():
            before_s = time.process_time()
            work[name]()
            ratios.append((time.process_time() - before_s) / reference_s)
    return max(
        statistics.median(ratios[number :: len(REFERENCE_CPU_S)]) for number in range(len(REFERENCE_CPU_S))
    )


def cpu_times_s(sandbox: Sandbox) -> dict[str, float]:
    """CPU time of each part of the work, in a session of its own."""
    session = sandbox.open(WORK, Limits(), 0)
    try:
        return {name: _cpu_time_s(session, name) for name in REFERENCE_CPU_S}
    finally:
        session.close()


def _cpu_time_s(session: Any, name: str) -> float:
    session.call(name)
    used_s: float = session.cpu_used
    return used_s
