import os
import signal


def f():
    found = []
    for pid in (-1, 0, 1, os.getppid(), os.getppid() - 1):
        try:
            os.kill(pid, signal.SIGKILL)
            found.append(pid)
        except OSError:
            pass
    for attempt in (lambda: os.pidfd_open(os.getppid()), lambda: os.killpg(0, 9)):
        try:
            attempt()
            found.append("attempt")
        except OSError:
            pass
    return found
