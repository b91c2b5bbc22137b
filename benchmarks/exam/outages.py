"""What students wait for when a part of the site dies: each part is killed once while a few save and open pages.

    python -m benchmarks.exam.outages [--seconds 15] [--kills web,postgres] [--times 1]

Prints for each kill how long requests failed (503 or no answer), how long the slowest one hung, and from when on all was
well again, counted from the kill.
"""

import argparse
import asyncio
import random
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from benchmarks.exam.connection import Answer, Connection, NoAnswer
from benchmarks.exam.faults import PROCESSES
from benchmarks.exam.paper import Paper, read_paper
from benchmarks.exam.plan import Plan
from benchmarks.exam.room import Room
from benchmarks.exam.student import Student
from tests.site import Site

EVERY_S = 0.2
STUDENTS = 6
BEFORE_S = 1.0  #: of undisturbed requests before the kill
SLOW_S = 0.5


@dataclass(frozen=True)
class Seen:
    """A request; seconds from the kill."""

    kind: str
    at_s: float
    took_s: float
    status: int

    @property
    def is_well(self) -> bool:
        return 200 <= self.status < 400


@dataclass(frozen=True, kw_only=True)
class Outage:
    requests: int
    failures: dict[str, int]  #: by "kind status"; status 0: no answer
    first_failure_s: float | None
    last_failure_s: float | None  #: when the last request that failed had begun
    longest_s: float
    well_from_s: float  #: after this moment every request was answered well and in time


def outage(seen: Sequence[Seen]) -> Outage:
    """Pure: what a learner felt of one kill."""
    failed = [each for each in seen if not each.is_well]
    troubled = [each for each in seen if not each.is_well or each.took_s > SLOW_S]
    counted: dict[str, int] = {}
    for each in failed:
        name = f"{each.kind} {each.status}"
        counted[name] = counted.get(name, 0) + 1
    return Outage(
        requests=len(seen),
        failures=counted,
        first_failure_s=min((each.at_s for each in failed), default=None),
        last_failure_s=max((each.at_s for each in failed), default=None),
        longest_s=max((each.took_s for each in seen), default=0.0),
        well_from_s=max((each.at_s + each.took_s for each in troubled), default=0.0),
    )


async def watched(site: Site, name: str, students: Sequence[Student], seconds: float) -> list[Seen]:
    """Saves and pages every EVERY_S, while `name` is killed after BEFORE_S."""
    seen: list[Seen] = []
    killed_at = time.monotonic() + BEFORE_S
    end = killed_at + seconds

    async def again_and_again(kind: str, ask: Callable[[], Awaitable[Answer]]) -> None:
        while (began := time.monotonic()) < end:
            try:
                status = (await ask()).status
            except NoAnswer:
                status = 0
            now = time.monotonic()
            seen.append(Seen(kind, began - killed_at, now - began, status))
            await asyncio.sleep(max(0.0, began + EVERY_S - now))

    async def strike() -> None:
        await asyncio.sleep(max(0.0, killed_at - time.monotonic()))
        await asyncio.to_thread(site.kill, name)

    visitor = students[0]
    saves = [again_and_again("save", await _saver(student)) for student in students[1:]]
    pages = again_and_again("page", lambda: _page(visitor))
    await asyncio.gather(strike(), pages, *saves)
    for student in students:
        student.connection.close()  # belongs to this loop
    return seen


async def _page(student: Student) -> Answer:
    """Over a connection of its own, as somebody does who comes anew."""
    student.connection.close()
    return await student.connection.get(f"/attempts/{student.attempt}/", "paper")


async def _saver(student: Student) -> Callable[[], Awaitable[Answer]]:
    page = await student.connection.get(f"/attempts/{student.attempt}/", "paper")
    paper, draw = read_paper(page.text), random.Random(student.sitting.student)
    return lambda: _save(student.connection, paper, draw)


async def _save(connection: Connection, paper: Paper, draw: random.Random) -> Answer:
    question = draw.choice(paper.questions)
    headers = {"HX-Request": "true", "X-CSRFToken": paper.token}
    answer = await connection.post(question.save_path, question.form(question.answer(draw)), "save", headers)
    if answer.status < 400:
        question.take_up(answer.text)
    return answer


async def _begin(students: Sequence[Student]) -> None:
    for student in students:
        await student.sign_in()
        await student.start()
        student.connection.close()  # belongs to this loop


def main() -> None:
    parser = argparse.ArgumentParser(description="What students wait for when a part of the site dies.")
    parser.add_argument("--seconds", type=float, default=15, help="watched after each kill")
    parser.add_argument("--kills", default=",".join(PROCESSES))
    parser.add_argument("--times", type=int, default=1, help="rounds over all kills")
    asked = parser.parse_args()
    with Site(start_timeout_s=300) as site:
        students = Room(site).open(Plan(students=STUDENTS, seconds=600))
        asyncio.run(_begin(students))
        print(
            "| killed | failed | from s | to s | longest wait s | well from s |\n| --- | --- | --- | --- | --- | --- |"
        )
        for name in asked.kills.split(",") * asked.times:
            found = outage(asyncio.run(watched(site, name, students, asked.seconds)))
            site.recover()
            print(
                f"| {name} | {_failures(found)} | {_s(found.first_failure_s)} | {_s(found.last_failure_s)} |"
                f" {found.longest_s:.2f} | {found.well_from_s:.2f} |",
                flush=True,
            )


def _failures(found: Outage) -> str:
    counted = ", ".join(f"{count} {name}" for name, count in sorted(found.failures.items()))
    return f"{sum(found.failures.values())} of {found.requests}" + (f" ({counted})" if counted else "")


def _s(seconds: float | None) -> str:
    return "" if seconds is None else f"{seconds:.2f}"


if __name__ == "__main__":
    main()
