"""Judges wait for one that measures alone, and for nobody longer than they can."""

import logging
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.alone import Machine, this_machine

LONG_S = 20.0


class Judge(threading.Thread):
    """Does `work` on a thread of its own; `done` tells that it came back."""

    def __init__(self, work: Callable[[], None]) -> None:
        super().__init__(daemon=True)
        self._work = work
        self.done = threading.Event()
        self.start()

    def run(self) -> None:
        self._work()
        self.done.set()


def test_judges_run_side_by_side(tmp_path: Path) -> None:
    def check() -> None:
        with Machine(tmp_path).among_others(LONG_S):
            pass

    with Machine(tmp_path).among_others(LONG_S):
        assert Judge(check).done.wait(LONG_S / 2)


def test_who_is_alone_keeps_all_others_out_until_it_has_finished(tmp_path: Path) -> None:
    inside = threading.Event()

    def check() -> None:
        with Machine(tmp_path).among_others(LONG_S):
            inside.set()

    with Machine(tmp_path).alone(LONG_S) as is_alone:
        others = [Judge(check) for _ in range(3)]
        assert is_alone
        assert not inside.wait(0.1)
    assert all(other.done.wait(LONG_S) for other in others)


def test_to_be_alone_is_to_wait_for_the_check_that_runs_but_not_for_the_ones_after_it(tmp_path: Path) -> None:
    """Others start one check after the other without a pause, on two more judges that overlap all the time."""
    stop, alone = threading.Event(), threading.Event()

    def checks() -> None:
        while not stop.is_set():
            with Machine(tmp_path).among_others(LONG_S):
                assert not alone.is_set()
                time.sleep(0.02)

    others = [Judge(checks) for _ in range(2)]
    time.sleep(0.05)
    for _ in range(5):
        with Machine(tmp_path).alone(LONG_S) as is_alone:
            assert is_alone
            alone.set()
            time.sleep(0.02)
            alone.clear()
    stop.set()

    assert all(other.done.wait(LONG_S) for other in others)


def test_one_that_never_finishes_keeps_nobody_waiting_for_ever(tmp_path: Path) -> None:
    with Machine(tmp_path).alone(LONG_S):
        started_s = time.monotonic()
        with Machine(tmp_path).among_others(0.1):
            pass
        with Machine(tmp_path).alone(0.1) as is_alone:
            assert not is_alone
        waited_s = time.monotonic() - started_s

    assert 0.2 <= waited_s < LONG_S / 2


def test_a_judge_that_is_killed_leaves_no_lock_behind(tmp_path: Path) -> None:
    holds = "import sys, time; from pathlib import Path; from grader.alone import Machine\n"
    holds += (
        "with Machine(Path(sys.argv[1])).alone(9) as alone:\n    print(alone, flush=True); time.sleep(60)\n"
    )
    with subprocess.Popen([sys.executable, "-c", holds, str(tmp_path)], stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"True\n"
        other.kill()

    with Machine(tmp_path).alone(LONG_S) as is_alone:
        assert is_alone


def test_all_graders_of_a_user_share_a_folder_that_nobody_else_can_write_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GRADING_LOCK_FOLDER", raising=False)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    with this_machine().alone(0.0), this_machine().alone(0.0) as is_alone:
        assert not is_alone
    (folder,) = tmp_path.iterdir()
    assert folder.stat().st_mode & 0o077 == 0


def test_a_folder_that_others_may_write_to_is_refused_and_the_operator_told(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "open").mkdir()
    (tmp_path / "open").chmod(0o777)
    (tmp_path / "link").symlink_to(tmp_path)
    (tmp_path / "file").write_text("")

    with caplog.at_level(logging.WARNING):
        for name in ("open", "link", "file"):
            with (
                this_machine(str(tmp_path / name)).alone(0.0),
                this_machine(str(tmp_path / name)).alone(0.0) as free,
            ):
                assert free

    assert caplog.text.count("Set GRADING_LOCK_FOLDER") == 6
    assert os.listdir(tmp_path / "open") == []


def test_a_folder_that_was_cleaned_away_is_made_again(tmp_path: Path) -> None:
    """As systemd does with temporary files that nobody has written to for ten days."""
    folder = tmp_path / "graders"
    machine = this_machine(str(folder))
    shutil.rmtree(folder)
    with machine.alone(LONG_S) as is_alone, Machine(folder).among_others(0.0):
        assert is_alone
    assert sorted(each.name for each in folder.iterdir()) == ["door", "room"]


@pytest.mark.parametrize("replacement", [Path.touch, lambda path: path.symlink_to("/nowhere")])
def test_a_folder_that_somebody_has_replaced_stops_no_check(tmp_path: Path, replacement, caplog) -> None:
    folder = tmp_path / "graders"
    machine = this_machine(str(folder))
    shutil.rmtree(folder)
    replacement(folder)
    with machine.among_others(LONG_S), machine.alone(LONG_S):
        pass
    assert "do not wait for each other" in caplog.text
