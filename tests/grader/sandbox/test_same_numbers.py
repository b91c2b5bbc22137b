"""What a learner's code computes does not depend on the machine: threads, cores, vector units, unseeded generators."""

import subprocess
import sys
from collections.abc import Iterator

import pytest

from grader.sandbox import Limits, Session, Zygote
from grader.sandbox.floats import beyond_avx2, processor_features, same_everywhere
from grader.sandbox.launch import environment

pytestmark = [pytest.mark.timeout(120)]

DRAWS = """
import random
import numpy as np

def draws():
    return [random.random(), np.random.rand(), np.random.default_rng().random(), np.random.RandomState().rand()]

def cores():
    import os, multiprocessing
    return [os.cpu_count(), multiprocessing.cpu_count(), len(os.sched_getaffinity(0))]

def many(count):
    return [draws() for _ in range(count)]
"""


@pytest.fixture
def session(zygote: Zygote) -> Iterator[Session]:
    with zygote.open(DRAWS, Limits(), 5) as session:
        yield session


@pytest.mark.sandbox
def test_unseeded_generators_start_alike_in_every_session(zygote: Zygote, session: Session) -> None:
    with zygote.open(DRAWS, Limits(), 5) as again, zygote.open(DRAWS, Limits(), 6) as other:
        first = session.call("many", [3])

        assert again.call("many", [3]) == first
        assert other.call("many", [3]) != first
        assert len({value for row in first for value in row}) == 12


@pytest.mark.sandbox
def test_a_new_seed_makes_what_was_drawn_before_unimportant(session: Session) -> None:
    session.reseed(9)
    first = session.call("draws")
    session.call("many", [7])
    session.reseed(9)

    assert session.call("draws") == first
    assert session.call("draws") != first


@pytest.mark.sandbox
def test_code_sees_one_core_however_many_there_are(session: Session) -> None:
    assert session.call("cores") == [1, 1, 1]


def test_machines_without_the_vector_unit_are_left_alone() -> None:
    assert same_everywhere(frozenset({"sse2", "avx"})) == {}


def test_only_what_the_machine_has_is_switched_off() -> None:
    here = {"X86_V2": True, "X86_V3": True, "X86_V4": True, "AVX512_ICL": False}

    assert beyond_avx2(["X86_V3", "X86_V4", "AVX512_ICL"], here) == ["X86_V4"]


PRODUCTS = """
import hashlib, numpy as np
x = np.random.RandomState(0).randn(120, 120)
parts = [x @ x, x.astype(np.float32) @ x.astype(np.float32), np.exp(x), np.abs(x) ** 1.7, np.sin(x), x.sum(0)]
print(hashlib.sha256(b"".join(part.tobytes() for part in parts)).hexdigest())
"""


def digest(**more: str) -> str:
    """Of the last bits of some results, in a process that has the sandbox's environment."""
    python = subprocess.run(
        [sys.executable, "-W", "error", "-c", PRODUCTS],
        env={**environment(), **more},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return python.stdout.strip()


def test_a_processor_that_can_do_more_comes_to_the_same_last_bits() -> None:
    set_by_us = same_everywhere()
    by_itself = dict.fromkeys(set_by_us, "")

    assert digest() == digest(**set_by_us | {"OPENBLAS_CORETYPE": "Zen"} if set_by_us else {})
    if "avx512f" in processor_features():
        assert digest() != digest(**by_itself | {"OPENBLAS_CORETYPE": "SkylakeX"})


def test_the_number_of_threads_is_set_for_every_library_that_has_some() -> None:
    names = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS")

    assert {environment()[name] for name in names} == {"1"}
    assert environment()["PYTHONHASHSEED"] == "0"
