"""Groups of sessions: on folders that stand for them, and for real wherever this machine has cgroup v2 to divide."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from grader.sandbox import Profile, SystemFailure, Zygote
from grader.sandbox.cgroups import WORKERS, NoSubtree, Subtree
from grader.sandbox.session_group import SessionGroups, take_over

REPOSITORY = Path(__file__).parents[3]
TREE = Path("/sys/fs/cgroup")


@pytest.fixture
def unit(tmp_path: Path) -> Path:
    for name in ("cgroup.procs", "cgroup.subtree_control"):
        (tmp_path / name).write_text("")
    return tmp_path


def test_controllers_are_asked_for_and_our_own_processes_move_aside(unit: Path) -> None:
    (unit / "cgroup.procs").write_text("4711\n")

    taken = take_over(Subtree(unit))

    assert isinstance(taken, SessionGroups)
    assert (unit / WORKERS / "cgroup.procs").read_text() == "4711"
    assert (unit / "cgroup.subtree_control").read_text() == "+memory +pids"


def test_groups_of_a_killed_worker_are_removed_and_those_of_a_living_one_stay(unit: Path) -> None:
    ended = subprocess.Popen(["true"])
    ended.wait()
    (unit / f"prova-session-{ended.pid}-7").mkdir()
    living = unit / f"prova-session-{os.getpid()}-7"
    living.mkdir()

    take_over(Subtree(unit))

    assert [path.name for path in unit.glob("prova-session-*")] == [living.name]


def test_a_subtree_that_cannot_be_divided_is_not_used_and_says_why(unit: Path) -> None:
    (unit / "cgroup.subtree_control").unlink()
    (unit / "cgroup.subtree_control").mkdir()  # as refused as the kernel's "busy"

    taken = take_over(Subtree(unit))

    assert isinstance(taken, NoSubtree)
    assert "nothing but the worker" in taken.reason


@pytest.mark.sandbox
def test_a_session_without_its_group_is_not_opened(profile: Profile, unit: Path) -> None:
    """Folders have no file to join by: what was promised is never left out silently."""
    with pytest.raises(SystemFailure, match="cgroup cannot be made"):
        Zygote(profile, subtree=Subtree(unit))


@pytest.fixture
def delegated() -> Iterator[Path]:
    """A group with memory and pids below the machine's own tree, marked as systemd marks what it delegates."""
    if not (TREE / "cgroup.controllers").exists():
        pytest.skip(f"CGROUP V2 IS NOT TESTED HERE: it is not what is mounted on {TREE}")
    group = TREE / f"prova-test-{os.getpid()}-{time.monotonic_ns()}"
    try:
        group.mkdir()
    except OSError as error:
        pytest.skip(f"CGROUP V2 IS NOT TESTED HERE: {error}")
    try:
        yield _given_controllers(group)
    finally:
        for inner in sorted(group.rglob("*"), reverse=True):
            if inner.is_dir():
                inner.rmdir()
        group.rmdir()


def _given_controllers(group: Path) -> Path:
    try:
        (group.parent / "cgroup.subtree_control").write_text("+memory +pids")
        os.setxattr(group, "user.delegate", b"1")
    except OSError as error:
        pytest.skip(f"CGROUP V2 IS NOT TESTED HERE: {error}")
    return group


def told_by(program: str, profile: Profile, group: Path) -> Any:
    """What a worker in that group prints, as JSON."""
    join = f"import os, pathlib; pathlib.Path({str(group / 'cgroup.procs')!r}).write_text(str(os.getpid()))\n"
    answer = subprocess.run(
        [sys.executable, "-c", join + program, profile], cwd=REPOSITORY, capture_output=True, text=True
    )
    assert answer.returncode == 0, answer.stderr
    return json.loads(answer.stdout)


_WORK = """
import glob, json, os, sys, time
from grader.sandbox import Limits, SessionEnded, StudentError, Zygote
from grader.sandbox.cgroups import find
def outcome(action):
    try:
        return repr(action())
    except (SessionEnded, StudentError) as error:
        return error.verdict
source = '''
import os, threading
def f(): return 1
def threads():
    threading.stack_size(32 << 10)
    forever = threading.Event()
    for started in range(1000):
        try:
            threading.Thread(target=forever.wait, daemon=True).start()
        except RuntimeError:
            return started
def spin():
    for _ in range(10**6): pass
def dies(): os.kill(os.getpid(), 9)
'''
told = {}
patient = dict(call_cpu_s=60, session_cpu_s=200, call_wall_s=90)  # on an emulated machine too
subtree = find().path
with Zygote(sys.argv[1]) as zygote:
    told["no_groups"] = zygote.no_groups
    with zygote.open(source, Limits(memory_bytes=256 << 20, **patient)) as session:
        group = session._group.path
        told["below"] = str(group.parent) == str(subtree)
        told["members"] = (group / "cgroup.procs").read_text().split() == [str(session.pid)]
        told["limits"] = {name: (group / name).read_text().strip() for name in ("pids.max", "memory.max", "memory.oom.group")}
        told["value"] = session.call("f")
        before = session._group.used().cpu_s
        session.call("spin")
        told["counted"] = session._group.used().cpu_s - before
        told["clock"] = session.cpu_used
        told["threads"] = session.call("threads")
    with zygote.open(source, Limits(**patient)) as session:
        told["kill itself"] = outcome(lambda: session.call("dies"))
    with zygote.open(source, Limits(**patient)) as session:
        session._group.limit_memory(64 << 20)  # below what RLIMIT_AS allows
        told["memory"] = outcome(lambda: session.call("f"))
    eater = "def eat():\\n    kept = []\\n    while True: kept.append(bytearray(1 << 20))"
    with zygote.open(eater, Limits(memory_bytes=2 << 30, **patient)) as session:
        session._group.limit_memory(64 << 20)
        told["eat"] = outcome(lambda: session.call("eat"))
    for _ in range(20):
        zygote.open("").close()
told["left"] = len(glob.glob(f"{subtree}/prova-session-*"))
print(json.dumps(told))
"""


@pytest.mark.cgroup
def test_a_session_lives_and_dies_in_a_group_of_its_own(profile: Profile, delegated: Path) -> None:
    told = told_by(_WORK, profile, delegated)

    assert told["no_groups"] == ""
    assert told["below"]
    assert told["members"]
    assert told["limits"]["pids.max"] == "256"
    assert told["limits"]["memory.oom.group"] == "1"
    assert 256 << 20 < int(told["limits"]["memory.max"]) < 512 << 20
    assert told["value"] == 1
    assert told["counted"] == pytest.approx(told["clock"], rel=0.3, abs=0.02)
    assert told["threads"] < 256
    assert told["kill itself"] == "crashed"
    assert told["memory"] == "1"
    assert told["eat"] == "memory_limit"
    assert told["left"] == 0


_KILLED = """
import json, os, signal, sys
from grader.sandbox import Zygote
from grader.sandbox.cgroups import find
if os.fork() == 0:
    zygote = Zygote(sys.argv[1])
    session = zygote.open("def f(): return 1")
    os.kill(os.getpid(), signal.SIGKILL)
os.wait()
subtree = find().path
left = [path.name for path in subtree.glob("prova-session-*")]
with Zygote(sys.argv[1], spares=0) as zygote:
    print(json.dumps([left, [path.name for path in subtree.glob("prova-session-*")]]))
"""


@pytest.mark.cgroup
def test_what_a_killed_worker_left_is_removed_by_the_next(profile: Profile, delegated: Path) -> None:
    left, still_left = told_by(_KILLED, profile, delegated)

    assert left
    assert not set(left) & set(still_left)  # the next one's own groups may be there
