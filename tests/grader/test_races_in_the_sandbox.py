"""Races and sessions anew with real processes, and the ways to cheat in them that were thought of."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.judge import Gradable, grade
from grader.report import CheckResult, GradingReport, Verdict
from grader.sandbox import Profile, Zygote
from grader.sandbox.profiles import inspect_machine
from tests.grader.packages import HEAD, gradable, job

pytestmark = [pytest.mark.sandbox, pytest.mark.timeout(170)]

CHECKS = (
    HEAD
    + """
import numpy as np
from grader.metrics import compression_ratio

DATA = np.random.default_rng(5).integers(0, 4, 4000).astype(np.uint8)


@check(points=2, curve=[(0.5, 1), (2.0, 0)])
def is_fast(solution):
    def inputs(rng):
        return (rng.integers(-9, 9, 20_000),)

    def verify(got, x):
        expect.equal(got, int(np.sum(x.astype(np.int64) ** 2)))

    expect.metric(solution.race("energy", inputs, verify))


@check(points=2, curve=[(1, 0), (4, 1)])
def is_small(solution):
    stored = expect.blob(solution.pack(DATA))
    expect.equal(solution.anew().unpack(stored), DATA)
    expect.metric(compression_ratio(stored, original_bytes=DATA.nbytes))
"""
)
#: some milliseconds, so that what crossing costs does not count
BASELINE = "import numpy as np\ndef energy(x):\n    for _ in range(300):\n        total = int(np.sum(x * x))\n    return total\n"
ENERGY = "import numpy as np\ndef energy(x):\n    for _ in range({rounds}):\n        total = int(np.sum(x * x))\n    return total\n"
PACK = "def pack(data):\n    return np.packbits(np.unpackbits(data[:, None], axis=1)[:, -2:]).tobytes()\n"
UNPACK = (
    "def unpack(stored):\n"
    "    bits = np.unpackbits(np.frombuffer(stored, np.uint8)).reshape(-1, 2)\n"
    "    return (2 * bits[:, 0] + bits[:, 1]).astype(np.uint8)\n"
)
HONEST = ENERGY.format(rounds=300) + PACK + UNPACK


@pytest.fixture(scope="module")
def exercise(tmp_path_factory: pytest.TempPathFactory) -> Gradable:
    return gradable(
        tmp_path_factory.mktemp("races"),
        checks=CHECKS,
        toml="[limits]\ncall_cpu_s = 0.6\ncheck_cpu_s = 4.0\n",
        baseline=BASELINE,
    )


@pytest.fixture(scope="module", params=list(Profile), ids=lambda profile: f"profile_{profile}")
def zygote(request: pytest.FixtureRequest) -> Iterator[Zygote]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PROVA_SANDBOX_UID", str(20_000 + os.getpid() % 20_000))
        if missing := inspect_machine().missing(request.param):
            pytest.skip(f"PROFILE {request.param} IS NOT TESTED HERE: {' '.join(missing)}")
        with Zygote(request.param, ("numpy",)) as zygote:
            yield zygote


def graded(zygote: Zygote, exercise: Gradable, source: str) -> GradingReport:
    return grade(zygote, exercise, job(exercise.exercise, source), profile=zygote.profile)


def race(report: GradingReport) -> CheckResult:
    return report.checks[0]


def packing(report: GradingReport) -> CheckResult:
    return report.checks[1]


def ratio(report: GradingReport) -> float:
    metric = race(report).metric
    assert metric is not None
    return metric.value


def test_the_same_code_as_the_baseline_takes_about_as_long(zygote: Zygote, exercise: Gradable) -> None:
    report = graded(zygote, exercise, HONEST)
    metric = race(report).metric

    assert metric is not None
    assert 0.7 < metric.value < 1.4
    assert metric.low <= 1.1
    assert metric.high >= 0.9
    assert race(report).verdict is Verdict.PARTIAL
    assert packing(report).verdict is Verdict.PASSED


@pytest.mark.parametrize(("rounds", "factor"), [(100, 1 / 3), (900, 3.0)])
def test_less_work_takes_less_time_and_more_work_more(
    zygote: Zygote, exercise: Gradable, rounds: int, factor: float
) -> None:
    assert ratio(graded(zygote, exercise, ENERGY.format(rounds=rounds) + PACK + UNPACK)) == pytest.approx(
        factor, rel=0.4
    )


LIES = {
    "a clock that stands still": (
        "import time\n"
        "for name in ('time', 'perf_counter', 'process_time', 'thread_time', 'monotonic', 'clock_gettime'):\n"
        "    setattr(time, name, lambda *_: 0.0)\n" + ENERGY.format(rounds=900)
    ),
    "work in threads": (
        ENERGY.format(rounds=900).replace("energy", "slow") + "from threading import Thread\n"
        "def energy(x):\n"
        "    found = []\n"
        "    threads = [Thread(target=lambda: found.append(slow(x)))]\n"
        "    [t.start() for t in threads]; [t.join() for t in threads]\n"
        "    return found[0]\n"
    ),
    "work that goes on after the answer": (
        ENERGY.format(rounds=900).replace("energy", "slow") + "from threading import Thread\n"
        "def energy(x):\n"
        "    Thread(target=slow, args=(x,), daemon=True).start()\n"
        "    return int(np.sum(x * x))\n"
    ),
}


@pytest.mark.parametrize("name", LIES)
def test_time_is_the_kernels_whatever_the_code_says(zygote: Zygote, exercise: Gradable, name: str) -> None:
    assert ratio(graded(zygote, exercise, LIES[name] + PACK + UNPACK)) > 1.5


CHEATS = {
    "answers that were kept": "memo = {}\ndef energy(x):\n    return memo.setdefault(x.shape, int((x * x).sum()))\n",
    "no answer": "def energy(x):\n    return 0\n",
    "an answer like a number": "class N(int): pass\ndef energy(x):\n    return N(7)\n",
}


@pytest.mark.parametrize("name", CHEATS)
def test_a_fast_wrong_answer_earns_nothing(zygote: Zygote, exercise: Gradable, name: str) -> None:
    check = race(graded(zygote, exercise, "import numpy as np\n" + CHEATS[name] + PACK + UNPACK))

    assert check.points == 0
    assert check.metric is None


HIDING_PLACES = {
    "a variable": "kept = []\ndef pack(d):\n    kept.append(d)\n    return b'x'\ndef unpack(s):\n    return kept[0]\n",
    "a module": "import sys\ndef pack(d):\n    sys.kept = d\n    return b'x'\ndef unpack(s):\n    return sys.kept\n",
    "a file": (
        "import tempfile, os\ndef pack(d):\n"
        "    for folder in ('/tmp', '/dev/shm', '/var/tmp', os.getcwd()):\n"
        "        try: np.save(folder + '/kept.npy', d)\n        except OSError: pass\n    return b'x'\n"
        "def unpack(s):\n    for folder in ('/tmp', '/dev/shm', '/var/tmp', os.getcwd()):\n"
        "        try: return np.load(folder + '/kept.npy')\n        except OSError: pass\n"
    ),
    "a size that lies": (
        "class Small(bytes):\n    def __len__(self):\n        return 1\n"
        "def pack(d):\n    return Small(d.tobytes())\ndef unpack(s):\n    return np.frombuffer(s, np.uint8)\n"
    ),
}


@pytest.mark.parametrize("name", HIDING_PLACES)
def test_only_the_bytes_that_were_handed_over_reach_the_other_side(
    zygote: Zygote, exercise: Gradable, name: str
) -> None:
    report = graded(zygote, exercise, ENERGY.format(rounds=100) + HIDING_PLACES[name])

    assert packing(report).points == 0
    assert race(report).points > 0  # and nothing else suffers


def test_a_second_session_that_never_ends_costs_its_check(zygote: Zygote, exercise: Gradable) -> None:
    report = graded(
        zygote, exercise, ENERGY.format(rounds=100) + PACK + "def unpack(s):\n    while True: pass\n"
    )

    assert packing(report).verdict is Verdict.CPU_LIMIT
    assert race(report).points > 0


def test_the_baseline_cannot_be_found_by_the_code_it_races_against(zygote: Zygote, tmp_path: Path) -> None:
    """Not as a module, not as a file, not in memory that was there before."""
    marked = gradable(
        tmp_path,
        checks=CHECKS,
        toml="[limits]\ncall_cpu_s = 2.0\n",
        baseline="MARK = 'zanzibar' + '7'\n" + BASELINE,
    )
    source = (
        "import gc, sys, os\nimport numpy as np\n"
        "def pack(d):\n"
        "    names = sorted(sys.modules) + [str(o) for o in gc.get_objects() if type(o) is str]\n"
        "    found = [n for n in names if n == 'baseline' or 'zanzi' + 'bar7' in n]\n"
        "    raise ValueError(f'found {found}')\n" + ENERGY.format(rounds=100)
    )

    check = packing(graded(zygote, marked, source))

    assert check.message is not None
    assert "found []" in str(check.message.params.get("text"))
