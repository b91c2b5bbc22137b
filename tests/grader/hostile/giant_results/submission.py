import numpy as np


def f():
    return np.zeros(64 << 20, np.uint8)


def view():
    return np.broadcast_to(np.float64(1), (1 << 16, 1 << 16))


def empty():
    return np.zeros((0, 10**9))


def many():
    return [None] * 10**6


def text():
    return "x" * (2 << 20)


def number():
    return 1 << 100_000
