import numpy as np


def f():
    return np.array([1.7e308, -1.7e308])


def g():
    return np.array([np.inf, -np.inf])


def integer():
    return 10**600
