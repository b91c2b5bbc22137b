"""Seconds of repeated work, and what is told of them."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Spread:
    p50_s: float
    p95_s: float
    count: int

    def __str__(self) -> str:
        return f"p50 {self.p50_s * 1e3:7.0f} ms  p95 {self.p95_s * 1e3:7.0f} ms  (n = {self.count})"


def spread(seconds: list[float]) -> Spread:
    ordered = sorted(seconds)
    return Spread(statistics.median(ordered), ordered[int(len(ordered) * 0.95)], len(ordered))


def timed(work: Callable[[], object], rounds: int) -> list[float]:
    seconds = []
    for _ in range(rounds):
        started = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - started)
    return seconds
