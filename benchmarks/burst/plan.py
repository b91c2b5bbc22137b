"""Who submits when. Pure; the same plan for the same seed."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    EAGER = "one learner with many"
    LARGE = "large course"
    SMALL = "small course"


@dataclass(frozen=True, kw_only=True)
class Planned:
    at_s: float  #: after the start
    learner: str  #: username
    kind: Kind


@dataclass(frozen=True, kw_only=True)
class Plan:
    submissions: int  #: in all
    seconds: float  #: in which they come
    eager: int = 50  #: of these, by one learner of the large course, all within the first second
    learners: int = 60  #: the others; one in five is in the small course
    seed: int = 0

    def names(self) -> dict[str, Kind]:
        ordinary = {f"burst{n}": Kind.SMALL if n % 5 == 0 else Kind.LARGE for n in range(self.learners)}
        return ordinary | {"eager": Kind.EAGER}

    def submitted(self) -> list[Planned]:
        return sorted([*self._eager(), *self._ordinary()], key=lambda one: one.at_s)

    def _eager(self) -> Iterator[Planned]:
        for number in range(self.eager):
            yield Planned(at_s=number / self.eager, learner="eager", kind=Kind.EAGER)

    def _ordinary(self) -> Iterator[Planned]:
        """Learners in turn, at random times."""
        names = [name for name in self.names() if name != "eager"]
        draw = random.Random(self.seed)
        for number in range(self.submissions - self.eager):
            name = names[number % len(names)]
            yield Planned(at_s=draw.uniform(0, self.seconds), learner=name, kind=self.names()[name])
