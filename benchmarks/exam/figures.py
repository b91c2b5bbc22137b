"""What an exam says, from the requests of all its students. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from benchmarks.exam.connection import Request


@dataclass(frozen=True, kw_only=True)
class Latency:
    """Seconds until the whole answer was there."""

    requests: int
    failures: int
    p50_s: float
    p95_s: float
    max_s: float


def quantile(ordered: Sequence[float], share: float) -> float:
    return ordered[min(len(ordered) - 1, round(share * (len(ordered) - 1)))]


def latency(requests: Iterable[Request]) -> Latency:
    """A request that failed counts with the time its student waited."""
    found = list(requests)
    seconds = sorted(request.seconds for request in found) or [0.0]
    return Latency(
        requests=len(found),
        failures=sum(request.failed for request in found),
        p50_s=quantile(seconds, 0.5),
        p95_s=quantile(seconds, 0.95),
        max_s=seconds[-1],
    )


def by_kind(requests: Iterable[Request]) -> Mapping[str, Latency]:
    kinds: dict[str, list[Request]] = {}
    for request in requests:
        kinds.setdefault(request.kind, []).append(request)
    return {kind: latency(found) for kind, found in kinds.items()}


def table(requests: Sequence[Request]) -> str:
    lines = ["| request | n | failed | p50 ms | p95 ms | max ms |", "| --- | --- | --- | --- | --- | --- |"]
    for kind, found in {**by_kind(requests), "all": latency(requests)}.items():
        times = " | ".join(f"{1000 * seconds:.0f}" for seconds in (found.p50_s, found.p95_s, found.max_s))
        lines.append(f"| {kind} | {found.requests} | {found.failures} | {times} |")
    return "\n".join(lines)
