"""Prova's own judge, as a grading worker runs it: warm sandbox, inputs drawn. Latency, stages, throughput."""

import multiprocessing
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Any

from benchmarks.grading.cases import Case
from benchmarks.grading.timing import Spread, spread, timed
from grader.judge import grade
from grader.sandbox import Limits, Zygote


class WarmJudge:
    """Of one case, in this process."""

    def __init__(self, case: Case, profile: str) -> None:
        self._case = case
        self._zygote = Zygote(profile, case.gradable.exercise.imports)
        self.share(case.correct)  # the first submission pays for what is loaded late

    def share(self, source: Path, sandbox: Any = None) -> float:
        """Of the points, 0 ... 1."""
        report = grade(sandbox or self._zygote, self._case.gradable, self._case.job(source))
        return report.score / report.max_score

    def latency(self, sources: list[Path], rounds: int) -> Spread:
        each = max(1, rounds // len(sources))
        return spread([seconds for source in sources for seconds in timed(partial(self.share, source), each)])

    def stages(self, rounds: int) -> dict[str, float]:
        """Mean seconds of a correct submission by what they are spent on."""
        watch = Stopwatch(self._zygote)
        started = time.perf_counter()
        for _ in range(rounds):
            self.share(self._case.correct, watch)
        watch.spent_s["judge"] = time.perf_counter() - started - sum(watch.spent_s.values())
        return {stage: seconds / rounds for stage, seconds in watch.spent_s.items()}

    def close(self) -> None:
        self._zygote.close()


class Stopwatch:
    """A zygote whose sessions are timed: opening with loading, calls, closing."""

    def __init__(self, zygote: Zygote) -> None:
        self._zygote = zygote
        self.spent_s: defaultdict[str, float] = defaultdict(float)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._zygote, name)

    def open(self, source: str, limits: Limits, seed: int, *args: Any, **kwargs: Any) -> Any:
        session = self.time("open", self._zygote.open)(source, limits, seed, *args, **kwargs)
        session.call = self.time("calls", session.call)
        session.ask_together = self.time("calls", session.ask_together)
        session.close = self.time("close", session.close)
        return session

    def time(self, stage: str, work: Callable[..., Any]) -> Callable[..., Any]:
        def watched(*args: Any, **kwargs: Any) -> Any:
            started = time.perf_counter()
            try:
                return work(*args, **kwargs)
            finally:
                self.spent_s[stage] += time.perf_counter() - started

        return watched


def throughput(case: Case, profile: str, rounds: int, judges: int) -> float:
    """Correct submissions a second with that many judges, each a process with a sandbox of its own."""
    context = multiprocessing.get_context("spawn")
    line = context.Barrier(judges + 1)
    case = replace(case)  # without what it has loaded, which cannot be sent
    workers = [context.Process(target=_work, args=(case, profile, rounds, line)) for _ in range(judges)]
    for worker in workers:
        worker.start()
    line.wait()
    started = time.perf_counter()
    line.wait()
    seconds = time.perf_counter() - started
    for worker in workers:
        worker.join()
    return judges * rounds / seconds


def _work(case: Case, profile: str, rounds: int, line: Barrier) -> None:
    judge = WarmJudge(case, profile)
    try:
        line.wait()
        for _ in range(rounds):
            judge.share(case.correct)
        line.wait()
    finally:
        judge.close()
