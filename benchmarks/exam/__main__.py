"""An exam of many students on a site that is started for it, with its real servers.

    python -m benchmarks.exam [--students 250] [--seconds 120] [--kill 0] [--no-ramp] [--json FILE]

First the exam that was asked for: real sign-ins, everybody starts within 10 s, answers every 5 s on average, and
submits at the end. Every answer that the site confirmed is looked up in the database. Then pages a second beside the
framework's bare page, then exams of growing size until one breaks. With --kill N, N processes of the site (web server,
database, broker, sweeper, worker) are killed at random moments of the exam; no ramp and no throughput then.
"""

import argparse
import asyncio
import json
import os
from pathlib import Path
from typing import Any

from benchmarks.exam.faults import Faults
from benchmarks.exam.figures import latency, table
from benchmarks.exam.plan import Plan
from benchmarks.exam.ramp import Step, steps, summary
from benchmarks.exam.room import Room, requests_of
from benchmarks.exam.throughput import Figures, papers_saves_and_bare_pages
from tests.site import Site


def main() -> None:
    parser = argparse.ArgumentParser(description="An exam of many students on a real site.")
    parser.add_argument("--students", type=int, default=250)
    parser.add_argument(
        "--seconds", type=float, default=120, help="from the first start to the last submission"
    )
    parser.add_argument("--ramp-seconds", type=float, default=60, help="the same, in each exam of the ramp")
    parser.add_argument("--at-most", type=int, default=4000, help="students in the largest exam of the ramp")
    parser.add_argument("--kill", type=int, default=0, help="processes of the site, during the exam")
    parser.add_argument("--no-ramp", action="store_true")
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    load = [os.getloadavg()[0]]
    with Site(start_timeout_s=300) as site:
        room = Room(site)
        plan = Plan(students=asked.students, seconds=asked.seconds)
        found = exam(
            room,
            plan,
            kills=Faults(
                site, times=asked.kill, seconds=plan.seconds, seed=asked.kill, delay_s=plan.sign_in_within_s
            ),
        )
        if not asked.kill:
            found["throughput"] = throughput(room)
        if not (asked.kill or asked.no_ramp):
            found |= ramp(room, asked)
    load.append(os.getloadavg()[0])
    found["load"] = load
    print(
        f"load {load[0]:.1f} before, {load[1]:.1f} after; {os.cpu_count()} processors, shared with the students"
    )
    if asked.json:
        asked.json.write_text(json.dumps(found, indent=1), encoding="utf-8")


def exam(room: Room, plan: Plan, kills: Faults) -> dict[str, Any]:
    students = room.open(plan)
    with kills:
        sat = room.sit(students, plan)
    requests, loss = requests_of(students), room.lost(students)
    found = latency(requests)
    gave_up = [student.gave_up for student in students if student.gave_up]
    print(table(requests))
    if kills.killed:
        print(f"killed: {', '.join(kills.killed)}")
    for phase, used in sat.used.items():
        print(f"{phase}: {used}")
    print(
        f"{found.requests / plan.seconds:.0f} requests/s during the exam; students who gave up: {len(gave_up)}"
    )
    for reason in sorted(set(gave_up))[:5]:
        print(f"  {reason}")
    confirmed = sum(student.confirmations for student in students)
    print(f"{confirmed} answers confirmed; lost: {vars(loss)}")
    return {
        "students": plan.students,
        "requests": found.requests,
        "failures": found.failures + len(gave_up),
        "p50_s": found.p50_s,
        "p95_s": found.p95_s,
        "answers_confirmed": confirmed,
        "answers_lost": loss.answers,
        "breaking_point": None,
        "loss": vars(loss),
        "killed": kills.killed,
    }


def throughput(room: Room, seconds: float = 1.5) -> dict[str, float]:
    students = room.open(Plan(students=16, seconds=60, sign_in_within_s=1, start_within_s=1))

    async def measured() -> dict[str, Figures]:
        for student in students:
            await student.sign_in()
            await student.start()
        return await papers_saves_and_bare_pages(room, students, seconds)

    found = asyncio.run(measured())
    for kind, each in found.items():
        print(
            f"{kind}: {each.per_s:.0f}/s, of processor time {each.server_ms:.2f} ms server, {each.client_ms:.2f} ms client"
        )
    paper, save, bare = found["paper"], found["save"], found["bare page"]
    print(
        f"a paper costs the server {paper.server_ms / bare.server_ms:.1f} bare pages,"
        f" a save {save.server_ms / bare.server_ms:.1f}"
    )
    named = {"paper": paper, "save": save, "bare_page": bare}
    return {f"{name}s_per_s": each.per_s for name, each in named.items()} | {
        f"{name}_{part}": value
        for name, each in named.items()
        for part, value in vars(each).items()
        if part != "per_s"
    }


def ramp(room: Room, asked: argparse.Namespace) -> dict[str, Any]:
    found = [said(step) for step in steps(room, asked.students, asked.ramp_seconds, asked.at_most)]
    well, broken = summary(found)
    print(f"largest exam that was well: {well} students")
    return {
        "ramp": [vars(step) for step in found],
        "well_with": well,
        "breaking_point": f"{broken.students} students: {broken.breaks}; {broken.where}" if broken else None,
    }


def said(step: Step) -> Step:
    print(
        f"{step.students} students: p95 {step.p95_s:.3f} s; {step.breaks or 'all well'}; {step.where}",
        flush=True,
    )
    return step


if __name__ == "__main__":
    main()
