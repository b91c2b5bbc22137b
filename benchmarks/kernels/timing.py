"""Side by side: every candidate runs in every round, so what disturbs one disturbs all. CPU time of one thread."""

import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

Call = Callable[[], object]

ROUNDS = 9
FEWEST_ROUNDS = 3
ROUND_S = 0.004  # a quick call is repeated until the clock's step no longer matters
SLOW_S = 0.25  # slower calls run in the fewest rounds only
BUDGET_S = 3.0


@dataclass(frozen=True)
class Candidate:
    call: Call
    share: float = 1.0  #: of the work the others do; the time is scaled up by it


@dataclass(frozen=True)
class Seconds:
    least: float
    median: float


def side_by_side(candidates: Mapping[str, Candidate]) -> dict[str, Seconds]:
    """Seconds for the whole work, per candidate; for calls that run in one thread."""
    quickest = {name: _warmed_up_s(candidate.call) for name, candidate in candidates.items()}
    seconds: dict[str, list[float]] = {name: [] for name in candidates}
    deadline = time.perf_counter() + BUDGET_S
    for done in range(ROUNDS):
        if done >= FEWEST_ROUNDS and time.perf_counter() > deadline:
            break
        for name, candidate in candidates.items():
            if done >= FEWEST_ROUNDS and quickest[name] >= SLOW_S:
                continue
            repeats = max(1, int(ROUND_S / max(quickest[name], 1e-7)))
            per_call_s = _seconds_per_call(candidate.call, repeats)
            quickest[name] = min(quickest[name], per_call_s)
            seconds[name].append(per_call_s / candidate.share)
    return {name: Seconds(min(all_s), statistics.median(all_s)) for name, all_s in seconds.items()}


def _warmed_up_s(call: Call) -> float:
    """Of the second call, since the first may compile; of the first where another one costs too much."""
    first_s = _seconds_per_call(call, 1)
    return first_s if first_s >= SLOW_S else _seconds_per_call(call, 1)


def _seconds_per_call(call: Call, repeats: int) -> float:
    start = time.thread_time()
    for _ in range(repeats):
        call()
    return (time.thread_time() - start) / repeats
