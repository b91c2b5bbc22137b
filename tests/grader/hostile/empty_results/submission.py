import numpy as np


def f():
    return [np.zeros((0, 3)), np.zeros((1, 2)), np.array(1.0)]
