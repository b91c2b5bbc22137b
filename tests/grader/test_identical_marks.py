"""The same code with the same seed gets the same report: on one core or all, next to busy processes and another judge."""

import json
import os
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.grader.packages import HEAD, write_exercise

pytestmark = [pytest.mark.sandbox, pytest.mark.timeout(170)]

ROUNDS = 7
CHECKS = (
    HEAD
    + """
import numpy as np

@check(points=2, examples=15)
@given(x=arrays(finite(-8, 8)), n=integers(1, 9))
def mean_of_products(solution, x, n):
    expect.close(solution.mean(x, n), float(np.mean(x * n)), atol=1e-4, slips={"sum": float(np.sum(x * n))})

@check(points=1, visible=False, examples=5)
@given(n=integers(1, 9))
def mean_of_ones(solution, n):
    expect.close(solution.mean(np.ones(4, np.float32), n), float(n), atol=1e-4)
"""
)
RIGHT = "import numpy as np\ndef mean(x, n):\n    return float(np.mean(x * n))\n"
SUBMISSIONS = {
    "right": RIGHT,
    "wrong_by_a_known_mistake": RIGHT.replace("mean(x * n)", "sum(x * n)"),
    # last bits of a product of matrices, the number of cores, the order of a set
    "wrong_in_value": (
        "import os\nimport numpy as np\ndef mean(x, n):\n    a = np.outer(x, x + n) @ np.linspace(0, 1, x.size)\n"
        "    m = np.linspace(-1, 1, 14400, dtype=np.float32).reshape(120, 120)\n"
        "    order = list({'a', 'b', 'c', str(n)}).index('a')\n"
        "    return float(a.sum() + (m @ m @ m).sum()) * os.cpu_count() + order\n"
    ),
    "raising": RIGHT.replace("    return", "    if x.size > 2: raise ValueError(f'{x.size} of {n}: {x[0]!r}')\n    return"),
    "slow": RIGHT.replace("    return", "    for i in range(300_000 if n == 9 else 0): i % 7\n    return"),
    "random": (
        "import random\nimport numpy as np\ndef mean(x, n):\n"
        "    return float(np.mean(x * n)) + random.choice([0, 0, random.random()]) * np.random.default_rng().random()\n"
    ),
    "right_on_average": (
        "import numpy as np\ndef mean(x, n):\n    order = np.random.default_rng().permutation(x.size)\n"
        "    return float(np.mean(x[order].astype(np.float64) * n))\n"
    ),
}  # fmt: skip


@contextmanager
def busy_cores() -> Iterator[None]:
    """One endless loop for each."""
    loops = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in os.sched_getaffinity(0)]
    try:
        yield
    finally:
        for loop in loops:
            loop.kill()
            loop.wait()


@contextmanager
def judge(folder: Path, rounds: int, cores: list[int], hash_seed: int) -> Iterator["subprocess.Popen[str]"]:
    arguments = [sys.executable, "-m", "tests.grader.grades_many", str(folder), str(rounds), *map(str, cores)]
    environment = {
        **os.environ,
        "PYTHONHASHSEED": str(hash_seed),
        "PROVA_SANDBOX_UID": str(20_100 + hash_seed),
    }
    process = subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True, env=environment)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def reports(process: "subprocess.Popen[str]") -> list[tuple[str, str]]:
    """(submission, its report) of all rounds."""
    output, _ = process.communicate(timeout=150)
    assert process.returncode == 0
    return [(name, json.dumps(report)) for name, report in map(json.loads, output.splitlines())]


def test_a_hundred_gradings_under_load_give_the_marks_of_a_quiet_one(tmp_path: Path) -> None:
    folder = write_exercise(
        tmp_path, checks=CHECKS, toml="[limits]\ncall_cpu_s = 0.05\n",
        messages='[slips.sum]\nen = "Sum."\npt-br = "Soma."\n',
    )  # fmt: skip
    (folder / "submissions").mkdir()
    for name, source in SUBMISSIONS.items():
        (folder / "submissions" / f"{name}.py").write_text(source)
    all_cores = sorted(os.sched_getaffinity(0))

    with judge(folder, 1, [], hash_seed=0) as quiet:
        graded = reports(quiet)
    expected = dict(graded)
    with (
        busy_cores(),
        judge(folder, ROUNDS, all_cores[:1], hash_seed=1) as on_one_core,
        judge(folder, ROUNDS, all_cores, hash_seed=2) as on_all_cores,
    ):
        graded += reports(on_one_core) + reports(on_all_cores)

    found = defaultdict(set)
    for name, report in graded:
        found[name].add(report)
    assert len(graded) >= 100
    assert {name: len(one) for name, one in found.items()} == dict.fromkeys(SUBMISSIONS, 1)
    assert verdicts(expected) == {
        "right": Counter(passed=2),
        "wrong_by_a_known_mistake": Counter(wrong_answer=2),
        "wrong_in_value": Counter(wrong_answer=2),
        "raising": Counter(error=1, wrong_answer=1),
        "slow": Counter(passed=2),
        "random": Counter(wrong_answer=1, passed=1),
        "right_on_average": Counter(passed=2),
    }


def verdicts(graded: dict[str, str]) -> dict[str, Counter[str]]:
    return {
        name: Counter(check["verdict"] for check in json.loads(text)["checks"])
        for name, text in graded.items()
    }
