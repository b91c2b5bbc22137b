"""A learner's function against the baseline: the same inputs by turns, CPU time read from outside both processes.

Both run in fresh sessions with the same limits. Calls alternate, and so does who goes first, so that whatever the
machine does meanwhile it does to both. Every input is new: an answer that was kept cannot be given twice. Every answer
of the learner is verified; work that a thread does between two calls is counted with the next one.
"""

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from typing import Any, Protocol, TypeVar

import numpy as np

from grader.curves import Curve, Knots
from grader.errors import BadExercise
from grader.failures import CheckStopped, CodeFailed, ExampleFailed
from grader.metric import Metric
from grader.metrics.cpu_time import FEWEST_PAIRS, cpu_time_ratio

T = TypeVar("T")
Inputs = Callable[[np.random.Generator], tuple[Any, ...]]  #: arguments of one call, new each time
Verify = Callable[..., None]  #: (what came back, *arguments): demands of `expect`

WARM_UPS = 2  #: calls that do not count: compilers and caches do their work in them
MOST_PAIRS = 61
NARROW = 0.05  #: a band whose ends are this close, relative to its value, is narrow enough
RANKED = 0.1  #: and this close where all of it is worth the same points: it may still be compared with others' values
_SHORTEST_S = 1e-9


class Budget(Protocol):
    judge_cpu_start_s: float


class Racer(Protocol):
    """One side of the race."""

    def timed(self, function: str, args: tuple[Any, ...]) -> tuple[Any, float]:
        """What came back, and the CPU time it took, in seconds."""

    def can_afford(self, cpu_s: float) -> bool: ...


def run_race(
    learner: Racer,
    baseline: Racer,
    function: str,
    inputs: Callable[[], tuple[Any, ...]],
    verify: Verify,
    curve: Knots,
) -> Metric:
    """Pairs until the band is narrow, or all of it is worth no points, or computing time runs short; never fewer than
    FEWEST_PAIRS, whatever they cost (a limit ends the check). BadExercise: the baseline fails `verify`."""
    for _ in range(WARM_UPS):
        args = inputs()
        verify(learner.timed(function, args)[0], *args)
        _verify_baseline(baseline.timed(function, args)[0], args, verify)
    mine: list[float] = []
    theirs: list[float] = []
    while True:
        args = inputs()
        by_turns = ((learner, mine), (baseline, theirs))
        for racer, times in by_turns if len(mine) % 2 else reversed(by_turns):
            answer, cpu_s = racer.timed(function, args)
            times.append(max(cpu_s, _SHORTEST_S))
            if racer is learner:
                verify(answer, *args)
        if len(mine) < FEWEST_PAIRS:
            continue
        metric = cpu_time_ratio(mine, theirs)
        affordable = learner.can_afford(2 * median(mine)) and baseline.can_afford(2 * median(theirs))
        if is_settled(metric, curve) or len(mine) >= MOST_PAIRS or not affordable:
            return metric


def is_settled(metric: Metric, curve: Knots) -> bool:
    width = (metric.high - metric.low) / metric.value
    if curve and Curve(curve).decides(metric):
        return Curve(curve).share_of(metric) == 0 or width <= RANKED
    return width <= NARROW


def _verify_baseline(answer: Any, args: tuple[Any, ...], verify: Verify) -> None:
    try:
        verify(answer, *args)
    except ExampleFailed as wrong:
        raise BadExercise("baseline.py", f"is not right for the inputs of a race: {wrong}.") from None


@dataclass
class Baseline:
    """The exercise's own code: what goes wrong with it is its author's turn, and its cost is ours."""

    racer: Racer
    budget: Budget  #: the learner's

    def timed(self, function: str, args: tuple[Any, ...]) -> tuple[Any, float]:
        try:
            return at_our_expense(self.budget, lambda: self.racer.timed(function, args))
        except CodeFailed as failed:
            raise BadExercise("baseline.py", f"failed in a race: {failed}.") from None
        except CheckStopped as stop:
            if stop.key == "total_wall_limit":  # of the whole submission
                raise
            raise BadExercise(
                "baseline.py", f"was stopped in a race: {stop}. Make its inputs smaller."
            ) from None

    def can_afford(self, cpu_s: float) -> bool:
        return self.racer.can_afford(cpu_s)


def at_our_expense(budget: Budget, do: Callable[[], T]) -> T:
    """What it computes here does not count as reading a learner's answers."""
    before_s = time.thread_time()
    try:
        return do()
    finally:
        budget.judge_cpu_start_s += time.thread_time() - before_s


def stream(seed: int, function: str) -> np.random.Generator:
    """Inputs of a race follow the submission's secret seed: nobody can have prepared answers to them."""
    digest = hashlib.sha256(f"race {seed} {function}".encode()).digest()
    return np.random.default_rng(int.from_bytes(digest, "big"))
