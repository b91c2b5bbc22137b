"""What a zygote does once for all its sessions, and when it is replaced."""

from pathlib import Path

import pytest

from grader.sandbox import Profile, Zygote, launch
from grader.sandbox import zygote as zygotes

pytestmark = pytest.mark.sandbox
ONE = "def f(): return 1"


def test_the_landlock_rules_are_made_once_and_not_per_session(
    profile: Profile, monkeypatch: pytest.MonkeyPatch
) -> None:
    harness = launch.harness_text()
    made = 'rules = landlock.make_ruleset([(path, access) for path, access in config["rights"]])\n'
    assert made in harness["zygote"]
    harness["zygote"] = harness["zygote"].replace(made, f"{made}    landlock.make_ruleset = None\n")
    monkeypatch.setattr(launch, "harness_text", lambda: harness)

    with Zygote(profile) as warm:  # its canary finds the rules in force
        for _ in range(3):
            with warm.open(ONE) as session:
                assert session.call("f") == 1


def test_when_memory_runs_out_it_is_a_sessions_process_that_ends(profile: Profile, zygote: Zygote) -> None:
    with zygote.open(ONE) as session:
        assert Path(f"/proc/{session.pid}/oom_score_adj").read_text().strip() == "1000"


def test_threads_do_not_each_take_memory_of_their_own(zygote: Zygote) -> None:
    """Every arena of malloc would take 64 MiB of the address space that a session may have."""
    source = """
import threading
def f(count):
    forever, started = threading.Event(), []
    def work():
        started.append(bytearray(100_000))
        forever.wait()
    for _ in range(count):
        threading.Thread(target=work, daemon=True).start()
    while len(started) < count:
        pass
    return len(started)
"""
    with zygote.open(source) as session:
        assert session.call("f", [40]) == 40


def test_a_zygote_that_served_for_an_hour_is_replaced_and_one_that_was_idle_is_not(
    profile: Profile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(zygotes, "SESSIONS_THAT_AGE", 2)
    with Zygote(profile, age_before_restart_s=0.0) as warm:
        first = warm.pid
        for _ in range(2):
            warm.open(ONE).close()
            assert warm.pid == first
        warm.open(ONE).close()
        assert warm.pid != first
