"""Judging a submission, against a cold process per submission: `python -m benchmarks.grading [--profile A|B] [--rounds N]`."""

import argparse
import multiprocessing
import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from multiprocessing.synchronize import Barrier
from pathlib import Path

from grader.exercise import EXERCISES_FOLDER, read_exercise
from grader.job import GradingJob
from grader.judge import Gradable, grade
from grader.sandbox import Zygote, choose_profile

AFFINE = EXERCISES_FOLDER / "affine-quantization"
CORRECT = AFFINE / "solutions" / "whole_arrays.py"
WRONG = [
    AFFINE / "mutants" / f"{name}.py"
    for name in ("divides_by_levels", "casts_before_clamping", "truncates", "works_in_place")
]
#: What a grader without a warm sandbox does for each submission, before the first check: start Python, import, load the file.
COLD = "import sys, numpy, hypothesis\nfrom grader import judge\nexec(compile(open(sys.argv[1]).read(), 'solution.py', 'exec'), {})\n"


def main() -> None:
    options = _options()
    profile = options.profile or choose_profile().profile
    print(
        f"{platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.2f}, Python {platform.python_version()}, profile {profile}"
    )
    gradable = Gradable.load(read_exercise(AFFINE))
    started = time.perf_counter()
    gradable.draw_inputs()
    print(
        f"{len(gradable.checks)} checks of {gradable.exercise.limits.examples_per_check} examples; drawn once in {time.perf_counter() - started:.2f} s"
    )
    with Zygote(profile, ("numpy",)) as zygote:
        judge = _judge(zygote, gradable)
        judge(CORRECT)
        correct = timed(partial(judge, CORRECT), options.rounds)
        each = max(1, options.rounds // len(WRONG))
        wrong = [seconds for path in WRONG for seconds in timed(partial(judge, path), each)]
    print(f"correct submission   {spread(correct)}")
    print(f"wrong submissions    {spread(wrong)}  (mistake named, input shrunk)")
    warm = _throughput(profile, options.rounds, 2)
    print(f"throughput, 2 judges {warm:.1f} submissions/s")
    cold = timed(_cold_process, max(3, options.rounds // 4))
    print(
        f"peer: cold process   {spread(cold)}  (only start, imports and loading: it has judged nothing yet)"
    )
    full = timed(_cold_judge, max(2, options.rounds // 8))
    print(
        f"peer: cold judge     {spread(full)}  (python -m grader run: process, sandbox and inputs made for one submission)"
    )
    p50 = statistics.median(correct)
    print(
        f"ratio: {statistics.median(cold) / p50:.1f} x a cold process, {statistics.median(full) / p50:.1f} x a cold judge"
    )


def timed(work: Callable[[], object], rounds: int) -> list[float]:
    seconds = []
    for _ in range(rounds):
        started = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - started)
    return seconds


def spread(seconds: list[float]) -> str:
    ordered = sorted(seconds)
    p50, p95 = statistics.median(ordered), ordered[int(len(ordered) * 0.95)]
    return f"p50 {p50 * 1e3:6.0f} ms  p95 {p95 * 1e3:6.0f} ms  (n={len(ordered)})"


def _judge(zygote: Zygote, gradable: Gradable) -> Callable[[Path], None]:
    exercise = gradable.exercise

    def judge(path: Path) -> None:
        job = GradingJob(
            submission_id=0,
            nonce="",
            exercise=exercise.slug,
            exercise_version=exercise.version,
            source=path.read_text(),
            seed=1,
        )
        report = grade(zygote, gradable, job)
        assert (report.score == report.max_score) == (path == CORRECT)

    return judge


def _throughput(profile: str, rounds: int, judges: int) -> float:
    """Submissions a second with that many judges, each a process with a sandbox of its own."""
    context = multiprocessing.get_context("spawn")
    line = context.Barrier(judges + 1)
    workers = [context.Process(target=_work, args=(profile, rounds, line)) for _ in range(judges)]
    for worker in workers:
        worker.start()
    line.wait()
    started = time.perf_counter()
    line.wait()
    seconds = time.perf_counter() - started
    for worker in workers:
        worker.join()
    return judges * rounds / seconds


def _work(profile: str, rounds: int, line: Barrier) -> None:
    gradable = Gradable.load(read_exercise(AFFINE))
    gradable.draw_inputs()
    with Zygote(profile, ("numpy",)) as zygote:
        judge = _judge(zygote, gradable)
        judge(CORRECT)
        line.wait()
        for _ in range(rounds):
            judge(CORRECT)
        line.wait()


def _cold_process() -> None:
    subprocess.run([sys.executable, "-c", COLD, str(CORRECT)], check=True)


def _cold_judge() -> None:
    subprocess.run(
        [sys.executable, "-m", "grader", "run", AFFINE.name, str(CORRECT), "--json"],
        check=True,
        stdout=subprocess.DEVNULL,
    )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--profile", choices=["A", "B"])
    parser.add_argument("--rounds", type=int, default=40)
    return parser.parse_args()


if __name__ == "__main__":
    main()
