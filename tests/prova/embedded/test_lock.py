import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from prova.embedded.lock import DataLock, Holder, Taken

HOLD = """
import sys, time
from pathlib import Path
from prova.embedded.lock import DataLock, Holder
with DataLock(Path(sys.argv[1]), Holder(77, "up", "http://here")):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def held(tmp_path: Path):
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path / "lock")], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.wait()
    process.stdout.close()


def test_whoever_comes_second_learns_who_was_first(tmp_path, held):
    with pytest.raises(Taken) as caught, DataLock(tmp_path / "lock", Holder(os.getpid(), "shell")):
        pass
    assert caught.value.holder == Holder(77, "up", "http://here")


def test_a_killed_holder_leaves_nothing_to_clear_away(tmp_path, held):
    held.send_signal(signal.SIGKILL)
    held.wait()
    with DataLock(tmp_path / "lock", Holder(os.getpid(), "shell")):
        assert (tmp_path / "lock").exists()


def test_looking_takes_nothing(tmp_path, held):
    lock = DataLock(tmp_path / "lock", Holder(os.getpid(), "up"))
    with pytest.raises(Taken):
        lock.check()
    DataLock(tmp_path / "another", Holder(os.getpid(), "up")).check()
    assert not (tmp_path / "another").exists()


def test_a_lock_file_with_nonsense_in_it_is_still_a_lock(tmp_path, held):
    (tmp_path / "lock").write_text("not json")
    with pytest.raises(Taken) as caught:
        DataLock(tmp_path / "lock", Holder(os.getpid(), "up")).check()
    assert caught.value.holder is None
