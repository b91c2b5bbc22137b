"""More and more students, until something breaks; then how many are well."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from benchmarks.exam.diagnosis import said, worst
from benchmarks.exam.figures import latency
from benchmarks.exam.plan import Plan
from benchmarks.exam.room import Room, requests_of

#: of the budget: what a student should wait at most, in 19 of 20 cases
P95_S = 0.3
GROWTH = 1.5
#: exams between the largest that was well and the smallest that broke
BISECTIONS = 2


@dataclass(frozen=True)
class Step:
    students: int
    p95_s: float
    failures: int
    gave_up: int
    lost: int
    where: str = ""  #: what was slow or failed most, when, and who used the processors then

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
    """Exams of growing size until one breaks; then some between the largest that was well and the smallest that broke."""
    well, broken = 0, at_most + 1
    while students and well < at_most:
        yield (step := _step(room, Plan(students=students, seconds=seconds)))
        if step.breaks:
            broken = students
            break
        well, students = students, min(at_most, round(students * GROWTH))
    for _ in range(BISECTIONS if broken <= at_most else 0):
        students = (well + broken) // 2
        if students in (well, broken):
            return
        yield (step := _step(room, Plan(students=students, seconds=seconds)))
        well, broken = (well, students) if step.breaks else (students, broken)


def _step(room: Room, plan: Plan) -> Step:
    taking = room.open(plan)
    sat = room.sit(taking, plan)
    requests, loss = requests_of(taking), room.lost(taking)
    found = latency(requests)
    return Step(
        plan.students,
        found.p95_s,
        found.failures,
        gave_up=sum(bool(student.gave_up) for student in taking),
        lost=sum(vars(loss).values()),
        where=said(worst(requests, plan.phases(), sat.doors_open_at, P95_S), sat.used),
    )


def summary(found: Sequence[Step]) -> tuple[int, Step | None]:
    """Pure: the largest exam that was well, 0 for none; the smallest that broke."""
    well = max((step.students for step in found if not step.breaks), default=0)
    return well, min((step for step in found if step.breaks), key=lambda step: step.students, default=None)
