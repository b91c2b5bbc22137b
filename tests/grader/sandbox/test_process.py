"""A student's process as the trusted side sees it, also when it ends at any moment."""

import socket
import subprocess
import sys
import threading

from grader.sandbox.process import StudentProcess


def test_a_process_that_ends_while_it_is_looked_at_has_waited_for_nothing_more() -> None:
    """Ended between finding its threads and reading them, over and over."""
    for _ in range(20):
        child = subprocess.Popen([sys.executable, "-S", "-c", "import time; time.sleep(9)"])
        ours, theirs = socket.socketpair()
        process = StudentProcess(child.pid, ours)
        ending = threading.Thread(target=lambda child=child: (child.kill(), child.wait()))
        ending.start()
        while ending.is_alive():
            assert process.waited_for_a_core_s() >= 0.0
        ending.join()

        assert process.waited_for_a_core_s() == 0.0
        process.close()
        theirs.close()
        ours.close()
