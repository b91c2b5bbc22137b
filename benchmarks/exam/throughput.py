"""Pages a second, as many as the site can give: of a paper, of a saved answer, and of the framework's bare page."""

import asyncio
import os
import random
import socket
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median

from prova.embedded.services import SERVING, WEB_WORKER

from benchmarks.exam.connection import Connection, NoAnswer
from benchmarks.exam.paper import read_paper
from benchmarks.exam.processors import Sample, sample, use
from benchmarks.exam.room import Room
from benchmarks.exam.student import Student

ROOT = Path(__file__).resolve().parent.parent.parent
CLIENTS = 16
ROUNDS = 5
Ask = Callable[[], Awaitable[object]]


async def per_second(asks: Sequence[Ask], seconds: float) -> float:
    """Each of `asks` again and again, all side by side."""
    end = time.monotonic() + seconds
    done = 0

    async def go(ask: Ask) -> None:
        nonlocal done
        while time.monotonic() < end:
            await ask()
            done += 1

    await asyncio.gather(*(go(ask) for ask in asks))
    return done / seconds


@dataclass(frozen=True)
class Figures:
    """Of one kind of request, medians of all rounds. Which share of the processors the clients take differs from run to
    run, and with it how many a second there are; what the server spends on one does not."""

    per_s: float
    server_ms: float  #: of processor time for one request, all processes of the server together
    client_ms: float


async def measured(
    kinds: Mapping[str, Sequence[Ask]], processors: Mapping[str, Callable[[], Sample]], seconds: float
) -> dict[str, Figures]:
    """Short rounds, one kind after another and again: what disturbs the machine disturbs all. The first is no round."""
    found: dict[str, list[Figures]] = {kind: [] for kind in kinds}
    for number in range(ROUNDS + 1):
        for kind, asks in kinds.items():
            before = processors[kind]()
            per_s = await per_second(asks, seconds)
            spent = dict(use(before, processors[kind]()).seconds)
            done = max(1.0, per_s * seconds)
            client = spent.pop("students")
            if number:
                found[kind].append(Figures(per_s, 1000 * sum(spent.values()) / done, 1000 * client / done))
    return {kind: _median(figures) for kind, figures in found.items()}


def _median(figures: Sequence[Figures]) -> Figures:
    return Figures(
        *(median(values) for values in zip(*(vars(each).values() for each in figures), strict=True))
    )


async def papers_saves_and_bare_pages(
    room: Room, students: Sequence[Student], seconds: float
) -> dict[str, Figures]:
    """Of students who have started and not submitted; and of a Django without anything, behind the same server."""
    few = list(students[:CLIENTS])
    papers = [partial(student.connection.get, f"/attempts/{student.attempt}/", "paper") for student in few]
    page = await papers[0]()
    saves = [await _saver(student) for student in few]
    with bare_server(len(page.text)) as (port, server):
        pages = await _bare(port)
        return await measured(
            {"paper": papers, "save": saves, "bare page": pages},
            {
                "paper": room.processors,
                "save": room.processors,
                "bare page": lambda: sample(time.monotonic(), {"web": server}),
            },
            seconds,
        )


async def _saver(student: Student) -> Ask:
    page = await student.connection.get(f"/attempts/{student.attempt}/", "paper")
    paper, draw = read_paper(page.text), random.Random(student.sitting.student)
    return lambda: student.save(paper, draw.choice(paper.questions), draw)


@contextmanager
def bare_server(page_bytes: int) -> Iterator[tuple[int, int]]:
    """Its port and process, with the site's number of processes and threads."""
    port = _free_port()
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "--bind",
        f"127.0.0.1:{port}",
        "--preload",
        "--worker-class",
        WEB_WORKER,
    ]
    command += [*SERVING, "--no-control-socket", "--log-level", "error"]
    environment = os.environ | {
        "BARE_LINES": str(page_bytes // 23),
        "PYTHONPATH": f"{ROOT}:{ROOT / 'platform'}",
    }
    server = subprocess.Popen([*command, "benchmarks.exam.bare:application"], cwd=ROOT, env=environment)
    try:
        yield port, server.pid
    finally:
        server.terminate()
        server.wait(10)


async def _bare(port: int) -> Sequence[Ask]:
    connections = [Connection("127.0.0.1", port) for _ in range(CLIENTS)]
    for _ in range(100):
        try:
            await connections[0].get("/", "page")
            break
        except NoAnswer:
            await asyncio.sleep(0.1)
    return [partial(each.get, "/", "page") for each in connections]


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
