import os
import sys

import numpy as np


def f():
    found = []
    folders = {os.path.dirname(np.__file__), *sys.path, os.path.dirname(os.__file__), "/usr/lib", "/etc", "/dev/shm", "/runtime", "/box", "/"}
    for folder in sorted(folders):
        for name in ("x.pth", "numpy.py", "sitecustomize.py"):
            try:
                open(os.path.join(folder, name), "w").write("x")
                found.append(folder)
            except OSError:
                pass
    for attempt in (lambda: os.unlink(np.__file__), lambda: os.rename(np.__file__, "/tmp/x"), lambda: os.chmod(np.__file__, 0o777)):
        try:
            attempt()
            found.append("attempt")
        except OSError:
            pass
    return found
