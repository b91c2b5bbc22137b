"""Every exercise of a folder proved, several at a time, each in a process of its own."""

import multiprocessing
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

from grader.errors import GradingError
from grader.exercise import read_exercise

Print = Callable[[str], None]


@dataclass(frozen=True)
class Summary:
    """Of one exercise's proof."""

    slug: str
    holds: bool
    lines: tuple[str, ...]  #: one per file that was tried
    killed: int = 0
    mutants: int = 0
    cpu_s: float = 0.0  #: of the judge
    wall_s: float = 0.0


def prove_all(folders: Sequence[Path], jobs: int, print_line: Print) -> bool:
    """Prints each proof as it ends, and a table. False: one of them does not hold."""
    started_s = time.perf_counter()
    summaries = []
    with ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("spawn")) as pool:
        for done in as_completed([pool.submit(_summary, folder) for folder in _longest_first(folders)]):
            summaries.append(done.result())
            print_line("\n".join((*summaries[-1].lines, "")))
    for line in _table(sorted(summaries, key=lambda one: one.slug), time.perf_counter() - started_s):
        print_line(line)
    return all(one.holds for one in summaries)


def _longest_first(folders: Iterable[Path]) -> list[Path]:
    """So that none is left to one core at the end: the time of a proof goes with the number of its files."""
    return sorted(folders, key=lambda folder: -sum(1 for _ in folder.glob("*/*.py")))


def _summary(folder: Path) -> Summary:
    from grader.local import prove_here

    lines: list[str] = []
    started_s, cpu_started_s = time.perf_counter(), time.process_time()
    try:
        proof = prove_here(read_exercise(folder), lines.append)
    except GradingError as error:
        return Summary(folder.name, False, (*lines, f"{folder.name}: {error}"))
    return Summary(
        folder.name,
        proof.holds,
        tuple(lines),
        killed=sum(mutant.killed for mutant in proof.mutants),
        mutants=len(proof.mutants),
        cpu_s=time.process_time() - cpu_started_s,
        wall_s=time.perf_counter() - started_s,
    )


def _table(summaries: Sequence[Summary], wall_s: float) -> list[str]:
    width = max(len(one.slug) for one in summaries)
    killed, mutants = (
        sum(one.killed for one in summaries),
        sum(one.mutants for one in summaries),
    )
    unproved = [one.slug for one in summaries if not one.holds]
    rows = [
        f"{one.slug:{width}}  {'proved    ' if one.holds else 'NOT proved'}  mutants killed {one.killed:3} of {one.mutants:3}"
        f"  {one.wall_s:6.1f} s"
        for one in summaries
    ]
    score = f"{killed / mutants:.1%}" if mutants else "none"
    total = f"{len(summaries) - len(unproved)} of {len(summaries)} exercises proved, mutation score {score} in {wall_s:.0f} s"
    return [*rows, total, *([f"NOT proved: {', '.join(unproved)}"] if unproved else [])]
