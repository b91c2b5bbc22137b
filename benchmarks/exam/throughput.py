"""Pages a second, as many as the site can give: of a paper, of a saved answer, and of the framework's bare page."""

import asyncio
import os
import random
import socket
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from pathlib import Path

from prova.embedded.services import WEB_WORKER

from benchmarks.exam.connection import Connection, NoAnswer
from benchmarks.exam.paper import read_paper
from benchmarks.exam.student import Student

ROOT = Path(__file__).resolve().parent.parent.parent
CLIENTS = 16


async def per_second(asks: Sequence[Callable[[], Awaitable[object]]], seconds: float) -> float:
    """Each of `asks` again and again, all side by side."""
    end = time.monotonic() + seconds
    done = 0

    async def go(ask: Callable[[], Awaitable[object]]) -> None:
        nonlocal done
        while time.monotonic() < end:
            await ask()
            done += 1

    await asyncio.gather(*(go(ask) for ask in asks))
    return done / seconds


async def papers_and_saves(students: Sequence[Student], seconds: float) -> tuple[float, float]:
    """Of students who have started and not submitted."""
    few = list(students[:CLIENTS])

    def paper(student: Student) -> Callable[[], Awaitable[object]]:
        return lambda: student.connection.get(f"/attempts/{student.attempt}/", "paper")

    papers = await per_second([paper(student) for student in few], seconds)
    savers = [await _saver(student) for student in few]
    return papers, await per_second(savers, seconds)


async def _saver(student: Student) -> Callable[[], Awaitable[object]]:
    page = await student.connection.get(f"/attempts/{student.attempt}/", "paper")
    paper, draw = read_paper(page.text), random.Random(student.sitting.student)
    return lambda: student.save(paper, draw.choice(paper.questions), draw)


def bare_pages(seconds: float, page_bytes: int) -> float:
    """Of a Django without anything, behind the same server with the same number of processes and threads."""
    port = _free_port()
    command = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--worker-class", WEB_WORKER]
    command += ["--workers", "2", "--threads", "16", "--no-control-socket", "--log-level", "error"]
    environment = os.environ | {
        "BARE_LINES": str(page_bytes // 23),
        "PYTHONPATH": f"{ROOT}:{ROOT / 'platform'}",
    }
    server = subprocess.Popen([*command, "benchmarks.exam.bare:application"], cwd=ROOT, env=environment)
    try:
        return asyncio.run(_bare(port, seconds))
    finally:
        server.terminate()
        server.wait(10)


async def _bare(port: int, seconds: float) -> float:
    connections = [Connection("127.0.0.1", port) for _ in range(CLIENTS)]
    for _ in range(100):
        try:
            await connections[0].get("/", "page")
            break
        except NoAnswer:
            await asyncio.sleep(0.1)
    return await per_second([partial(each.get, "/", "page") for each in connections], seconds)


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
