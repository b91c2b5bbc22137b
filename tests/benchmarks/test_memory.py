import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks import memory


def test_descendants_are_found_with_their_roots() -> None:
    parent = subprocess.Popen(
        [sys.executable, "-c", "import subprocess; p = subprocess.Popen(['sleep', '60']); print(p.pid, flush=True); p.wait()"],
        stdout=subprocess.PIPE,
        text=True,
    )  # fmt: skip
    assert parent.stdout is not None
    with parent.stdout as told:
        child = int(told.readline())
        try:
            assert memory.with_descendants([parent.pid]) == {parent.pid, child}
        finally:
            os.kill(child, signal.SIGKILL)
            parent.wait()


def test_shared_pages_count_once_in_all() -> None:
    if not Path("/proc/self/smaps_rollup").exists():
        pytest.skip("this kernel does not sum up shares")
    kept = bytearray(os.urandom(32 << 20))
    alone = memory.share_bytes([os.getpid()])
    child = os.fork()
    if child == 0:
        signal.pause()
    try:
        together = memory.share_bytes([os.getpid()])
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)

    assert len(kept) < alone
    assert abs(together - alone) < len(kept) / 2
