import mmap

import numpy as np


def f():
    return len(bytes(3 << 30))


def g():
    return np.ones(1 << 30).sum()


def h():
    keep = []
    while True:
        keep.append(bytearray(8 << 20))


def shared():
    return len(mmap.mmap(-1, 3 << 30))


def fine():
    return 1
