"""Every folder of `hostile/` is a submission that tries something, and what must come of it under both profiles."""

import os
import sys
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from grader.sandbox import Limits, Profile, Session, SessionEnded, StudentError, Zygote
from grader.sandbox.profiles import inspect_machine

pytestmark = [pytest.mark.sandbox, pytest.mark.timeout(60)]

CASES = sorted(path.parent for path in Path(__file__).with_name("hostile").glob("*/expect.toml"))
REPOSITORY = str(Path(__file__).parents[2])
WORDS = {"{repository}": REPOSITORY, "{prefix}": sys.prefix}
SHARED_FOLDERS = ("/tmp", "/var/tmp", "/dev/shm", "/")
LEFT_BY_JOBS = {"leftover-of-a-job", "x.pth", "sitecustomize.py"}
HONEST = """
import builtins
import os
import numpy as np

def work(values):
    return [float(np.mean(values)), builtins.sum([1, 2]), bool(np.array_equal(values, values))]
"""


@pytest.fixture(scope="module", params=list(Profile), ids=lambda profile: f"profile_{profile}")
def zygote(request: pytest.FixtureRequest) -> Iterator[Zygote]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PROVA_SANDBOX_UID", str(_own_uid()))
        missing = inspect_machine().missing(request.param)
        if missing:
            pytest.skip(f"PROFILE {request.param} IS NOT TESTED HERE: {' '.join(missing)}")
        with Zygote(request.param, ("numpy",), spares=0) as zygote:
            yield zygote


@pytest.fixture(params=CASES, ids=lambda folder: folder.name)
def case(request: pytest.FixtureRequest) -> tuple[str, dict[str, Any]]:
    folder: Path = request.param
    expected = tomllib.loads((folder / "expect.toml").read_text(encoding="utf-8"))
    return (folder / "submission.py").read_text(encoding="utf-8"), expected


def test_a_hostile_submission_gets_its_verdict_and_nothing_else(
    zygote: Zygote, case: tuple[str, dict[str, Any]]
) -> None:
    source, expected = case
    before, served_by = _processes(zygote), zygote.pid

    _run(zygote, source, expected)

    with zygote.open(HONEST) as session:
        assert session.call("work", [np.array([1.0, 3.0])]) == [2.0, 3, True]
    assert zygote.pid == served_by, "the zygote did not survive"
    assert _still_there_after(zygote, before) == set(), "a process is left"
    assert _files_left() == [], "a file is left"


def test_every_class_of_the_catalogue_is_represented() -> None:
    classes = [
        tomllib.loads((folder / "expect.toml").read_text(encoding="utf-8"))["class"] for folder in CASES
    ]

    assert set(classes) == set("abcde")
    assert len(classes) >= 40


def _run(zygote: Zygote, source: str, expected: dict[str, Any]) -> None:
    limits = Limits(
        **({"call_cpu_s": 0.2, "session_cpu_s": 6.0, "memory_bytes": 256 << 20} | expected.get("limits", {}))
    )
    session = _opened(zygote, source, limits)
    if not isinstance(session, Session):
        _compare(expected.get("load", {"verdict": "value"}), session)
        return
    with session:
        assert "load" not in expected, "loaded, but must not"
        for call in expected["call"]:
            _compare(call, _outcome(session, call))
        printed = session.printed()
    assert all(text in printed for text in expected.get("prints", []))
    assert not any(text in printed for text in expected.get("prints_not", []))


def _opened(zygote: Zygote, source: str, limits: Limits) -> Session | Exception:
    try:
        return zygote.open(source, limits, seed=0)
    except (StudentError, SessionEnded) as error:
        return error


def _outcome(session: Session, call: dict[str, Any]) -> Any:
    try:
        return session.call(call.get("function", "f"), _filled(call.get("args", [])))
    except (StudentError, SessionEnded) as error:
        return error


def _compare(expected: dict[str, Any], outcome: Any) -> None:
    verdict = outcome.verdict if isinstance(outcome, StudentError | SessionEnded) else "value"
    assert verdict in _several(expected["verdict"]), repr(outcome)
    if verdict == "value":
        if "returns" in expected:
            assert repr(outcome) == expected["returns"]
        return
    if isinstance(outcome, StudentError):
        assert "kind" not in expected or outcome.kind in _several(expected["kind"]), repr(outcome)
        assert outcome.line == expected.get("line", outcome.line)
    text = str(outcome)
    assert all(part in text for part in _filled(expected.get("says", []))), text
    assert not any(part in text for part in _filled(expected.get("says_not", []))), text
    assert len(text) < 2200


def _several(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


def _filled(value: Any) -> Any:
    if isinstance(value, list):
        return [_filled(item) for item in value]
    if isinstance(value, str):
        for word, text in WORDS.items():
            value = value.replace(word, text)
    return value


def _own_uid() -> int:
    """Of this test process's jobs, so that other workers' jobs on this machine are not counted."""
    return 20_000 + os.getpid() % 20_000


def _processes(zygote: Zygote) -> set[int]:
    """The zygote's descendants, and whatever else runs as the jobs' uid."""
    children: dict[int, list[int]] = {}
    found = set()
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            status = dict(
                line.split(":\t", 1) for line in (folder / "status").read_text().splitlines() if ":\t" in line
            )
        except OSError:  # ended meanwhile
            continue
        children.setdefault(int(status["PPid"]), []).append(int(folder.name))
        if os.getuid() == 0 and status["Uid"].split()[0] == str(_own_uid()):
            found.add(int(folder.name))
    todo = [zygote.pid]
    while todo:
        pid = todo.pop()
        found.add(pid)
        todo += children.get(pid, [])
    return found


def _still_there_after(zygote: Zygote, before: set[int]) -> set[int]:
    until = time.monotonic() + 10
    while (left := _processes(zygote) - before) and time.monotonic() < until:
        time.sleep(0.005)
    return left


def _files_left() -> list[str]:
    entries = [entry for folder in SHARED_FOLDERS for entry in os.scandir(folder)]
    jobs_uid = _own_uid() if os.getuid() == 0 else -1
    return [entry.path for entry in entries if entry.name in LEFT_BY_JOBS or _owner(entry) == jobs_uid]


def _owner(entry: os.DirEntry[str]) -> int | None:
    try:
        return entry.stat(follow_symlinks=False).st_uid
    except OSError:  # removed meanwhile
        return None
