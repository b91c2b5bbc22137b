import glob
import os
import tempfile

import numba

found_at_start = sum(len(glob.glob(f"{folder}/**/*.nb?", recursive=True)) for folder in ("/tmp", "/dev/shm", "/runtime", os.path.dirname(numba.__file__)))


def f():
    @numba.njit(cache=True)
    def triple(x):
        return 3 * x

    return triple(2)


def kept():
    return found_at_start
