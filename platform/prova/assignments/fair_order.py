"""Whose job goes to the graders next. Pure: what waits and who had a turn, in; an order out.

Live work goes before regrades. Courses take turns, and within a course its learners do: first whoever has the fewest
jobs under way, then whose last turn is longest ago, then whose job is oldest. One's own jobs keep their order.

The order foretells itself: when its first job is handed out, the order of the others stays as it was. So a place in
line is a promise that only a job's end or a newcomer can change.
"""

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar


@dataclass(frozen=True, kw_only=True)
class QueuedJob:
    number: int  #: the lower, the older
    course: int
    learner: int
    is_regrade: bool = False


@dataclass(frozen=True, kw_only=True)
class Turns:
    """What one learner has had in one course, of one kind of work."""

    course: int
    learner: int
    is_regrade: bool = False
    under_way: int = 0  #: handed to the graders and not over
    last_at: float = -math.inf  #: when a job was last handed out, in seconds of any clock


Party = TypeVar("Party")


def fair_order(waiting: Iterable[QueuedJob], turns: Collection[Turns] = ()) -> list[QueuedJob]:
    jobs = sorted(waiting, key=lambda job: job.number)
    return [
        job
        for is_regrade in (False, True)
        for job in _of_one_kind(
            [job for job in jobs if job.is_regrade is is_regrade],
            [each for each in turns if each.is_regrade is is_regrade],
        )
    ]


def _of_one_kind(jobs: Sequence[QueuedJob], turns: Collection[Turns]) -> list[QueuedJob]:
    of_learners = {(each.course, each.learner): (each.under_way, each.last_at) for each in turns}
    of_courses: dict[int, tuple[int, float]] = {}
    for each in turns:
        under_way, last_at = of_courses.get(each.course, (0, -math.inf))
        of_courses[each.course] = under_way + each.under_way, max(last_at, each.last_at)
    lines: defaultdict[int, defaultdict[tuple[int, int], list[QueuedJob]]]
    lines = defaultdict(lambda: defaultdict(list))
    for job in jobs:
        lines[job.course][job.course, job.learner].append(job)
    return _in_turns(
        {course: _in_turns(learners, of_learners) for course, learners in lines.items()}, of_courses
    )


def _in_turns(
    lines: Mapping[Party, Sequence[QueuedJob]], had: Mapping[Party, tuple[int, float]]
) -> list[QueuedJob]:
    """One line out of each party's own. A job's round is how many its party has under way once it is handed out.

    In the same round, a job whose predecessor has been handed out already goes before one whose predecessor waits
    too; the rest is decided by the last turn.
    """
    keyed = []
    for party, line in lines.items():
        under_way, last_at = had.get(party, (0, -math.inf))
        oldest = min(job.number for job in line)
        keyed += [
            ((under_way + place, place, last_at, oldest), job) for place, job in enumerate(line, start=1)
        ]
    return [job for _key, job in sorted(keyed, key=lambda pair: pair[0])]
