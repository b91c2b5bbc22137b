import numpy as np


def f(imaginary):
    return np.array([1.0, 2.0]) + 1j * imaginary
