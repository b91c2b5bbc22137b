"""More and more students, until something breaks."""

from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.exam.figures import latency
from benchmarks.exam.plan import Plan
from benchmarks.exam.room import Room, requests_of

#: of the budget: what a student should wait at most, in 19 of 20 cases
P95_S = 0.3
GROWTH = 1.5


@dataclass(frozen=True)
class Step:
    students: int
    p95_s: float
    failures: int
    gave_up: int
    lost: int

    @property
    def breaks(self) -> str:
        """What breaks first at this number; empty while all is well."""
        if self.lost:
            return f"{self.lost} confirmed answers, attempts or grades are lost"
        if self.gave_up:
            return f"{self.gave_up} students could not go on"
        if self.failures:
            return f"{self.failures} requests failed and were tried again"
        if self.p95_s > P95_S:
            return f"p95 is {self.p95_s:.2f} s, above {P95_S} s"
        return ""


def steps(room: Room, students: int, seconds: float, at_most: int) -> Iterator[Step]:
    """Exams of growing size; the last one is the one that breaks, or the largest that was asked for."""
    while True:
        taking = room.open(Plan(students=students, seconds=seconds))
        room.sit(taking)
        found, loss = latency(requests_of(taking)), room.lost(taking)
        step = Step(
            students,
            found.p95_s,
            found.failures,
            gave_up=sum(bool(student.gave_up) for student in taking),
            lost=sum(vars(loss).values()),
        )
        yield step
        if step.breaks or students >= at_most:
            return
        students = min(at_most, round(students * GROWTH))
