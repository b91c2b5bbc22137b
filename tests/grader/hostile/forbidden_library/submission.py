import numpy as np


def f(x):
    return np.fft.fft(x).real


def hidden(x):
    return getattr(np, "f" + "ft").fft(x).real
