import numpy as np


class Lazy:
    def __array__(self, dtype=None, copy=None):
        return np.arange(3.0)


def f():
    return Lazy()
