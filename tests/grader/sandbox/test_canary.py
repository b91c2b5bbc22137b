"""A canary that cannot fail would be worth nothing: here it meets an open door."""

import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from grader.sandbox import Profile, SandboxRefused, SessionEnded, Zygote, canary, launch
from grader.sandbox.harness import canary as inside
from grader.sandbox.session import Session

HARMLESS = {
    "open a network socket",
    "open a unix socket",
    "start a program",
    "signal its parent",
    "signal the judge",
    "make memory outside its limit",
    "lock a file",
}


def test_outside_of_a_sandbox_the_attempts_work(tmp_path: Path) -> None:
    readable = tmp_path / "secret"
    readable.write_text("x")

    attempts = inside.attempts([str(readable)], [str(tmp_path)], os.getpid())
    for name in [*HARMLESS, f"read {readable}", f"write in {tmp_path}"]:
        result = attempts[name]()  # raises where it is refused
        if hasattr(result, "close"):
            result.close()
        if name == "start a program":
            os.waitpid(result, 0)
        if name == "make memory outside its limit":
            os.close(result)

    assert {path.name for path in tmp_path.iterdir()} == {"secret"}


class OpenDoor(Session):
    """Answers as a job would in a sandbox with holes."""

    def __init__(self, **answers: Any) -> None:
        self.answers = {
            "what_works": (20, {}),
            "open_descriptors": [0, 1, 2, 3],
            "environment": {"PATH": "/usr/bin"},
            "honest_work": np.array([0, 2, 4]),
        } | answers

    def open(self, *args: Any, **kwargs: Any) -> None:
        pass

    def call(self, function: str, *args: Any, **kwargs: Any) -> Any:
        if isinstance(self.answers[function], Exception):
            raise self.answers[function]
        return self.answers[function]

    @property
    def pid(self) -> int:
        return os.getpid()  # a process with no filter

    def close(self, wait_s: float = 0.0) -> None:
        pass


@pytest.mark.parametrize(
    ("hole", "told"),
    [
        ({"what_works": (20, {"open a network socket": "<socket>"})}, "a job can open a network socket"),
        ({"open_descriptors": [0, 1, 2, 3, 7]}, "inherits descriptors"),
        ({"environment": {"SECRET_OF_THE_WORKER": "s3cret"}}, "SECRET_OF_THE_WORKER"),
        ({"honest_work": np.array([0, 2, 5])}, "honest work"),
        ({"what_works": SessionEnded("no_result")}, "could not be checked"),
        ({}, "no system call filter"),
    ],
)
def test_one_hole_is_enough_to_refuse(
    hole: dict[str, Any], told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET_OF_THE_WORKER", "s3cret")

    with pytest.raises(SandboxRefused, match=told):
        canary.check(lambda: OpenDoor(**hole))


def test_what_the_sandbox_sets_itself_is_no_leak_where_the_operator_has_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TMPDIR", "/tmp")

    with pytest.raises(SandboxRefused) as refused:  # for its other holes
        canary.check(lambda: OpenDoor(environment={"TMPDIR": "/tmp"}))

    assert "TMPDIR" not in str(refused.value)


@pytest.mark.sandbox
def test_in_a_sandbox_nothing_works(zygote: Zygote) -> None:
    assert zygote.canary_attempts > 20


_RLIMITS = """lockdown.set_rlimits(
        limits["rlimit_cpu_s"],
        zygote.address_space_bytes + limits["memory_bytes"],
        zygote.tasks_of_uid + MORE_TASKS,
        file_bytes=limits["tmp_bytes"],
    )"""


@pytest.mark.sandbox
@pytest.mark.parametrize(
    ("profile", "layer", "told"),
    [
        (Profile.A, "seccomp.install(os.getpid())", "no system call filter"),
        (Profile.B, "seccomp.install(os.getpid())", "no system call filter"),
        # Under A the mounts hide what Landlock would; under B there are no capabilities to drop.
        (Profile.B, "landlock.enforce(rules)", "a job can read"),
        (Profile.A, "lockdown.drop_all_capabilities()", "has capabilities"),
        (Profile.A, _RLIMITS, "no limit of its address space"),
        (Profile.B, _RLIMITS, "no limit of its address space"),
    ],
    indirect=["profile"],
)
def test_a_missing_layer_is_noticed(
    profile: Profile, layer: str, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    harness = launch.harness_text()
    assert layer in harness["student"]
    harness["student"] = harness["student"].replace(layer, "pass")
    monkeypatch.setattr(launch, "harness_text", lambda: harness)

    with pytest.raises(SandboxRefused, match=told):
        Zygote(profile, spares=0)
