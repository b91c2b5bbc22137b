"""What was slow or failed in an exam, when, and who used the processors then. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from benchmarks.exam.connection import Request
from benchmarks.exam.figures import latency
from benchmarks.exam.processors import Use


@dataclass(frozen=True)
class Phase:
    """Seconds from when the doors open."""

    name: str
    from_s: float
    to_s: float


@dataclass(frozen=True)
class Worst:
    phase: str
    kind: str
    p95_s: float
    bad: int  #: failed or slow requests of this kind in this phase
    bad_of_all: int

    def __str__(self) -> str:
        return f"{self.kind} requests {self.phase}: p95 {self.p95_s:.2f} s, {self.bad} of the {self.bad_of_all} that were slow or failed"


def worst(
    requests: Iterable[Request], phases: Sequence[Phase], doors_open_at: float, limit_s: float
) -> Worst | None:
    """The kind of request, and the phase of the exam, that most failed or slow requests are of; failures come first."""
    groups: dict[tuple[str, str], list[Request]] = {}
    for request in requests:
        groups.setdefault((_phase(request.at - doors_open_at, phases), request.kind), []).append(request)
    everything = [request for found in groups.values() for request in found]
    only_failed = any(request.failed for request in everything)
    bad = {name: _bad(found, limit_s, only_failed) for name, found in groups.items()}
    if not any(bad.values()):
        return None
    phase, kind = name = max(bad, key=lambda each: bad[each])
    return Worst(phase, kind, latency(groups[name]).p95_s, bad[name], sum(bad.values()))


def said(found: Worst | None, used: Mapping[str, Use]) -> str:
    if found is None:
        return ""
    return f"{found}; {used[found.phase]}" if found.phase in used else str(found)


def _bad(requests: Sequence[Request], limit_s: float, only_failed: bool) -> int:
    return sum(request.failed or (not only_failed and request.seconds > limit_s) for request in requests)


def _phase(at_s: float, phases: Sequence[Phase]) -> str:
    return next((phase.name for phase in phases if at_s < phase.to_s), phases[-1].name)
