"""What is compared: a kernel at one size, its peers, what physics allows, and the goal."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from benchmarks.kernels.goals import Goal, Goals
from benchmarks.kernels.timing import Call, Candidate
from reference_impl.kernels.tiers import Tier


@dataclass(frozen=True)
class Case:
    """`peers` count for the gate, `shown` are timed beside them for information.

    The fastest of `limits` is the least time in which this machine can do the same work.
    """

    tier: Tier
    ours: Call
    peers: Mapping[str, Candidate]
    goals: Goals
    shown: Mapping[str, Candidate] = field(default_factory=dict)
    limits: Mapping[str, Call] = field(default_factory=dict)
    condition: bool = True  #: what else the gate asks for
    note: str = ""

    @property
    def goal(self) -> Goal | None:
        return self.goals.get(self.tier)


@dataclass(frozen=True)
class Planned:
    """A case that is made, with all its data, when its turn comes."""

    name: str
    size: str
    make: Callable[[], Case]
