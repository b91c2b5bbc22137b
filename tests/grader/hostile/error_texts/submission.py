import os
import sys

import numpy as np


def f():
    raise ValueError("a\0b\x1b[31m\u202e " + np.__file__ + " " + sys.prefix)


def g():
    np.load("nothing.npy")


def h():
    raise OSError(2, "No such file", os.path.join(os.path.dirname(np.__file__), "secret.txt"))
