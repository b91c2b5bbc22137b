import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from grader.sandbox import Profile, SandboxRefused, StudentError, SystemFailure, Zygote, launch, runtime
from grader.sandbox.profiles import Machine, inspect_machine, landlock_remedy, namespace_remedy

UID_MAP_REFUSED = "bwrap: setting up uid map: Permission denied"
GOOD = Machine(
    kernel="6.1.0",
    architecture="x86_64",
    cores=2,
    landlock_abi=2,
    has_seccomp=True,
    bwrap_version="0.8.0",
    worker_uid=0,
    student_uid=4242,
    interpreter="/usr/bin/python3.11",
    interpreter_b="/usr/bin/python3.11",
    missing_a=(),
    missing_b=(),
)
as_root = pytest.mark.skipif(os.getuid() != 0, reason="NOT TESTED HERE: needs root, to act as another user")


def test_the_strongest_possible_profile_is_chosen() -> None:
    assert GOOD.profile is Profile.A
    assert replace(GOOD, missing_b=("No Landlock.",)).profile is Profile.A


def test_the_weaker_profile_is_never_chosen_silently() -> None:
    machine = replace(GOOD, missing_a=("bubblewrap is not installed: `apt install bubblewrap`.",))

    assert machine.profile is Profile.B
    assert "apt install bubblewrap" in machine.reason


def test_a_machine_that_can_do_neither_refuses_and_says_each_thing_once() -> None:
    both = "The kernel has no seccomp filter."
    machine = replace(GOOD, missing_a=(both, "No bubblewrap."), missing_b=(both,))

    with pytest.raises(SandboxRefused) as caught:
        _ = machine.profile

    assert caught.value.missing == (both, "No bubblewrap.")
    assert "No bubblewrap." in str(caught.value)


@pytest.fixture
def kernel(tmp_path: Path) -> Path:
    """A /proc whose switches can be set."""
    for folder in ("proc/sys/kernel", "proc/sys/user"):
        (tmp_path / folder).mkdir(parents=True)
    return tmp_path


def test_ubuntus_restriction_is_recognised(kernel: Path) -> None:
    (kernel / "proc/sys/kernel/apparmor_restrict_unprivileged_userns").write_text("1\n")

    sentence = namespace_remedy(UID_MAP_REFUSED, as_root=False, root=kernel)

    assert "apparmor_parser -r" in sentence
    assert "userns," in sentence
    assert "setting up uid map" in sentence
    assert "as root" in sentence


def test_switched_off_user_namespaces_are_recognised(kernel: Path) -> None:
    (kernel / "proc/sys/kernel/unprivileged_userns_clone").write_text("0\n")
    assert "sysctl -w kernel.unprivileged_userns_clone=1" in namespace_remedy(UID_MAP_REFUSED, False, kernel)

    (kernel / "proc/sys/kernel/unprivileged_userns_clone").write_text("1\n")
    (kernel / "proc/sys/user/max_user_namespaces").write_text("0\n")
    assert "sysctl -w user.max_user_namespaces" in namespace_remedy(UID_MAP_REFUSED, False, kernel)


def test_a_container_is_recognised_by_elimination(kernel: Path) -> None:
    error = "bwrap: No permissions to create new namespace, likely because the kernel does not allow it"

    sentence = namespace_remedy(error, as_root=True, root=kernel)

    assert "seccomp profile" in sentence
    assert "never --privileged" in sentence


def test_an_old_kernel_and_a_switched_off_landlock_get_different_advice() -> None:
    assert "5.13 or newer" in landlock_remedy("5.10.0-28-amd64", "")
    assert "lsm=lockdown,yama,landlock" in landlock_remedy("6.1.0-18-amd64", "lockdown,yama")


@pytest.mark.sandbox
def test_this_machine_is_examined_by_trying() -> None:
    machine = inspect_machine()

    assert machine.landlock_abi >= 1
    assert machine.has_seccomp
    assert machine.student_uid != 0
    for profile in Profile:
        if not machine.missing(profile):
            with Zygote(profile, spares=0) as zygote, zygote.open("def f(): return 1") as session:
                assert session.call("f") == 1


@as_root
@pytest.mark.parametrize("setting", ["0", "-1", "root", ""])
def test_students_never_become_root(setting: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PROVA_SANDBOX_UID", setting)

    with pytest.raises(SandboxRefused, match="ordinary user"):
        launch.sandbox_ids()


@pytest.mark.sandbox
@as_root
@pytest.mark.parametrize("profile", list(Profile))
def test_an_ordinary_user_gets_the_same_sandbox(profile: Profile, tmp_path: Path) -> None:
    somebody = (4243, 4243)
    entries = runtime.package_entries(("numpy", "hypothesis"))
    readable = runtime.readable_by(somebody, (*entries, Path(launch.__file__)))
    if readable.interpreter is None or not os.path.exists(f"/proc/self/root{Path(__file__).parents[3]}"):
        pytest.skip(f"NOT TESTED HERE: {' '.join(readable.refused)}")
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    os.chown(home, *somebody)
    path = os.pathsep.join([str(Path(__file__).parents[3]), *{str(entry.parent) for entry in entries}])

    answer = subprocess.run(
        [readable.interpreter.executable, "-B", "-c", _AS_SOMEBODY, profile],
        env={"PATH": "/usr/bin:/bin", "HOME": str(home), "PYTHONPATH": path},
        cwd="/",
        user=somebody[0],
        group=somebody[1],
        extra_groups=[],
        capture_output=True,
        text=True,
    )

    assert answer.returncode == 0, answer.stderr
    told = json.loads(answer.stdout)
    assert told["missing"] == []
    assert told["value"] == [0.0, 2.0]
    assert told["uids"] == ["4243"] * 4
    assert told["verdict"] == "cpu_limit"
    assert told["threads"] < 600


_AS_SOMEBODY = """
import json, sys
import numpy as np
from grader.sandbox import Limits, SessionEnded, Zygote
from grader.sandbox.profiles import inspect_machine
bomb = '''
import threading
def f():
    threading.stack_size(32 << 10)
    forever = threading.Event()
    for started in range(5000):
        try:
            threading.Thread(target=forever.wait, daemon=True).start()
        except RuntimeError:
            return started
'''
missing = inspect_machine().missing(sys.argv[1])
told = {"missing": list(missing)}
if not missing:
    with Zygote(sys.argv[1]) as zygote:
        source = "def f(x): return x * 2\\ndef g():\\n    while True: pass"
        with zygote.open(source, Limits(call_cpu_s=0.2)) as session:
            told["value"] = session.call("f", [np.arange(2.0)]).tolist()
            status = open(f"/proc/{session.pid}/status").read()
            told["uids"] = status.partition("Uid:")[2].split()[:4]
            try:
                session.call("g")
            except SessionEnded as ended:
                told["verdict"] = ended.verdict
        with zygote.open(bomb) as session:
            told["threads"] = session.call("f")
print(json.dumps(told))
"""


@pytest.mark.sandbox
@as_root
def test_a_private_home_hides_nothing_from_profile_a_and_everything_from_profile_b(tmp_path: Path) -> None:
    """The interpreter lies where only root may enter, as a Python of pyenv in root's home does."""
    interpreter = private_copy(tmp_path)
    missing = inspect_machine().missing_a
    if missing:
        pytest.skip(f"PROFILE A IS NOT TESTED HERE: {' '.join(missing)}")

    source = "import os, sys\ndef f(): return [os.getuid(), sys.executable]"
    with Zygote(Profile.A, interpreter=interpreter, spares=0) as zygote, zygote.open(source) as session:
        uid, executable = session.call("f")
    assert uid == launch.sandbox_ids()[0]
    assert executable.startswith("/runtime/python/bin/")

    with pytest.raises(SystemFailure, match="Permission denied"):
        Zygote(Profile.B, interpreter=interpreter, spares=0)


def private_copy(folder: Path) -> runtime.Interpreter:
    interpreter = runtime.this_interpreter()
    home = folder / "home"
    home.mkdir()
    copy = home / interpreter.executable.name
    copy.write_bytes(interpreter.executable.read_bytes())
    copy.chmod(0o755)
    home.chmod(0o700)
    return replace(interpreter, executable=copy)


def test_the_harness_leaves_no_file_that_a_student_could_read() -> None:
    command = launch.command(Profile.A, ("numpy",), 5)
    bound = [command.arguments[i + 1] for i, word in enumerate(command.arguments) if word == "--ro-bind"]

    assert not any("grader" in path for path in bound)
    assert sys.prefix not in bound


@pytest.mark.sandbox
def test_error_texts_are_the_same_in_both_profiles_and_name_no_folder_of_this_machine() -> None:
    source = """
import os
import sys

import numpy


def write(): open(numpy.__file__, "a")
def want(): from numpy import nothing_like_it
def look(): os.listdir(os.path.dirname(os.__file__) + "/nothing")
def tell(): raise ValueError(f"{sys.executable} {os.__file__}")
"""
    possible = [profile for profile in Profile if not inspect_machine().missing(profile)]
    texts: dict[Profile, list[str]] = {profile: [] for profile in possible}
    for profile in possible:
        with Zygote(profile, spares=0) as zygote, zygote.open(source) as session:
            for function in ("write", "want", "look", "tell"):
                with pytest.raises(StudentError) as caught:
                    session.call(function)
                texts[profile].append(str(caught.value))
    if len(possible) < len(Profile):
        pytest.skip(f"NOT COMPARED HERE: only profile {possible} is possible")

    write_a, write_b = texts[Profile.A].pop(0), texts[Profile.B].pop(0)
    assert "…/numpy/__init__.py" in write_a
    assert (
        "…/numpy/__init__.py" in write_b
    )  # an owner is told that nothing can be written there, anybody else that they may not
    assert texts[Profile.A] == texts[Profile.B]
    assert not any(
        sys.prefix in text or sys.base_prefix in text or "/runtime" in text for text in texts[Profile.A]
    )
