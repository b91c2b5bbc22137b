"""As on Windows, as far as this machine can play it: none of the modules and functions that only POSIX or Linux have."""

import subprocess
import sys

WITHOUT = """
import ctypes, os, select, signal, sys
import numpy, hypothesis, hypothesis.strategies, rich.console, psutil, subprocess, tempfile, http.server, urllib.request
GONE = {"fcntl", "resource", "pwd", "grp", "termios"}

class Gone:
    def find_spec(self, name, path=None, target=None):
        if name in GONE:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

for name in GONE:
    sys.modules.pop(name, None)
sys.meta_path.insert(0, Gone())
for name in ("getuid", "geteuid", "getgid", "fork", "pidfd_open", "sched_getaffinity", "readv"):
    delattr(os, name)
for name in ("poll", "epoll"):
    delattr(select, name)
del signal.SIGXCPU, signal.SIGSYS
whole = ctypes.CDLL.__init__

def named(self, name, *rest, **more):
    if name is None:
        raise TypeError("a library without a name")
    whole(self, name, *rest, **more)

ctypes.CDLL.__init__ = named
sys.platform = "win32"
from grader.cli.command_line import main
sys.exit(main(sys.argv[1:]))
"""


def test_a_file_is_checked_where_nothing_of_posix_is() -> None:
    solution = "questionbank/content/exercises/magnitude-pruning/solutions/whole_arrays.py"
    words = ["check", solution, "--exercise", "magnitude-pruning", "--language", "en"]
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT, *words], capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    assert "your own code on your own machine" in done.stdout


def test_the_command_needs_nothing_of_the_site() -> None:
    check = "import sys; from grader.cli.command_line import main, _commands; _commands(); import grader.terminal, grader.cli.checking; "
    check += "print([name for name in sys.modules if name.partition('.')[0] in {'django', 'celery', 'rest_framework', 'torch', 'numba', 'prova', 'psycopg'}])"
    done = subprocess.run(
        [sys.executable, "-c", check], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout.strip() == "[]"
