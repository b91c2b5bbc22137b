import numpy as np


class Codes(np.ndarray):
    @property
    def dtype(self):
        return np.dtype("int8")


class Renamed(np.ndarray):
    def astype(self, dtype, **options):
        return self


def f():
    return np.array([0.25, -0.75], np.float32).view(Codes)


def renamed():
    return np.array([0.25, -0.75], np.float32).view(Renamed).astype(np.int8)


def wide():
    return np.array([1000, -1000], np.int32)
