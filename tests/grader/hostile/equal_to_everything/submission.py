import numpy as np


class Yes:
    def __eq__(self, other):
        return True


def f():
    return np.array([Yes(), Yes()], dtype=object)
