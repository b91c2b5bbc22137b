import fcntl
import os
import signal

F_SETOWN, F_SETSIG, O_ASYNC = 8, 10, 0o20000


def f():
    found = []
    r, w = os.pipe()
    for command, argument in ((F_SETOWN, os.getppid()), (F_SETSIG, signal.SIGKILL)):
        try:
            fcntl.fcntl(r, command, argument)
            found.append(command)
        except OSError:
            pass
    return found
