"""Real processes under a real guard and supervisor, with small scripts in the place of the site's servers."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from prova.embedded import processes

pytestmark = pytest.mark.processes

#: Runs services given as NAME=SHELL-COMMAND, writes "ready", then watches.
SUPERVISE = """
import os, sys
from pathlib import Path
from prova.embedded.child import Service
from prova.embedded.guard import guarded
from prova.embedded.journal import Journal
from prova.embedded.refusal import Refusal
from prova.embedded.supervisor import StopAsked, Supervisor

folder = Path(sys.argv[1])

def supervise():
    supervisor = Supervisor(Journal(folder / "journal"), lambda supervisor: None)
    (folder / "supervisor.pid").write_text(str(os.getpid()))
    try:
        for argument in sys.argv[2:]:
            name, _, command = argument.partition("=")
            supervisor.start(Service(name, ("sh", "-c", command), os.environ, folder, folder / f"{name}.log"))
        supervisor.wait_until((folder / "go").exists, "the test", 20)
        supervisor.watch()
    except StopAsked:
        return 0
    except Refusal as refusal:
        print(refusal)
        return 3
    finally:
        supervisor.stop()

sys.exit(guarded(supervise))
"""


class Supervised:
    def __init__(self, folder: Path, *services: str) -> None:
        self.folder = folder
        self.process = subprocess.Popen(
            [sys.executable, "-c", SUPERVISE, str(folder), *services], stdout=subprocess.PIPE, text=True
        )

    def written(self, name: str, times: int = 1) -> list[str]:
        """The lines of a file once it has that many: services write into files to say that they live."""
        path = self.folder / name
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            if path.exists() and len(lines := path.read_text().split()) >= times:
                return lines
            time.sleep(0.02)
        raise AssertionError(f"{name} was not written {times} times: {self.journal()}")

    def journal(self) -> str:
        return (self.folder / "journal").read_text()

    def end(self) -> str:
        return self.process.communicate(timeout=20)[0]


@pytest.fixture
def supervised(tmp_path):
    running: list[Supervised] = []

    def start(*services: str) -> Supervised:
        (tmp_path / "go").touch()
        running.append(Supervised(tmp_path, *services))
        return running[-1]

    yield start
    for each in running:
        each.process.kill()
        each.process.communicate()


def gone(pid: int) -> bool:
    deadline = time.monotonic() + 15
    while time.monotonic() < deadline:
        if pid not in processes.parents():
            return True
        time.sleep(0.05)
    return False


STUBBORN = "trap '' TERM INT HUP; echo $$ >> {0}; while :; do sleep 1; done"
PLAIN = "echo $$ >> {0}; exec sleep 1000"
WITH_ORPHAN = "(setsid sh -c 'echo $$ >> {0}-orphan; exec sleep 1000' &) ; echo $$ >> {0}; exec sleep 1000"


def test_a_killed_child_is_started_again_and_the_journal_says_so(supervised):
    site = supervised(f"one={PLAIN.format('one')}")
    (first,) = site.written("one")
    os.kill(int(first), signal.SIGKILL)
    again = site.written("one", times=2)[1]
    assert again != first
    assert "one was ended by SIGKILL" in site.journal()


def test_what_a_dead_child_left_behind_ends_before_it_starts_again(supervised):
    site = supervised(f"one={WITH_ORPHAN.format('one')}")
    (first,), (orphan,) = site.written("one"), site.written("one-orphan")
    os.kill(int(first), signal.SIGKILL)
    site.written("one", times=2)
    assert gone(int(orphan))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_being_told_to_stop_leaves_no_process(supervised, number):
    site = supervised(f"one={WITH_ORPHAN.format('one')}", f"two={PLAIN.format('two')}")
    pids = [int(site.written(name)[0]) for name in ("one", "one-orphan", "two")]
    site.process.send_signal(number)
    site.end()
    assert site.process.returncode == 0
    assert not set(pids) & set(processes.parents())


def test_a_child_that_ignores_the_signal_is_killed(supervised):
    site = supervised(f"one={STUBBORN.format('one')}")
    (pid,) = site.written("one")
    site.process.terminate()
    site.end()
    assert int(pid) not in processes.parents()


def test_a_killed_supervisor_leaves_no_process(supervised):
    site = supervised(f"one={WITH_ORPHAN.format('one')}", f"two={STUBBORN.format('two')}")
    pids = [int(site.written(name)[0]) for name in ("one", "one-orphan", "two")]
    os.kill(int(site.written("supervisor.pid")[0]), signal.SIGKILL)
    site.end()
    assert site.process.returncode == 128 + signal.SIGKILL
    assert not set(pids) & set(processes.parents())


def test_a_killed_guard_leaves_no_process(supervised):
    site = supervised(f"one={WITH_ORPHAN.format('one')}", f"two={STUBBORN.format('two')}")
    pids = [int(site.written(name)[0]) for name in ("one", "one-orphan", "two", "supervisor.pid")]
    site.process.kill()
    site.end()
    assert all(map(gone, pids))


def test_a_child_that_never_starts_is_named_with_its_last_words(tmp_path):
    site = Supervised(tmp_path, "broken=echo no such thing; exit 4")
    said = site.end()
    assert site.process.returncode == 3
    assert "broken does not start" in said
    assert "no such thing" in said
