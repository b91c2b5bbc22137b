"""Side by side: every candidate runs in every round, so what disturbs one disturbs all. CPU time of one thread."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

ROUNDS = 9
ROUND_S = 0.004
BUDGET_S = 3.0


@dataclass(frozen=True)
class Seconds:
    least: float
    median: float


def side_by_side(candidates: dict[str, Callable[[], object]]) -> dict[str, Seconds]:
    """Seconds per call of each candidate; single-threaded ones only."""
    clock = time.thread_time
    repeats = {}
    for name, call in candidates.items():
        call()
        start = clock()
        call()
        repeats[name] = max(1, int(ROUND_S / max(clock() - start, 1e-7)))
    seconds: dict[str, list[float]] = {name: [] for name in candidates}
    deadline = time.perf_counter() + BUDGET_S
    for done in range(ROUNDS):
        if done >= 3 and time.perf_counter() > deadline:
            break
        for name, call in candidates.items():
            start = clock()
            for _ in range(repeats[name]):
                call()
            seconds[name].append((clock() - start) / repeats[name])
    return {name: Seconds(min(all_s), statistics.median(all_s)) for name, all_s in seconds.items()}
