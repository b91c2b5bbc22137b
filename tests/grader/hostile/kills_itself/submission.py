import os
import signal


def f():
    os.kill(os.getpid(), signal.SIGKILL)
