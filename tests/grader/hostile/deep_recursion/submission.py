import sys


def f():
    return f()


def g():
    sys.setrecursionlimit(10**9)
    return f()


def h():
    a = []
    for _ in range(10**5):
        a = [a]
    return a


def loop():
    a = []
    a.append(a)
    return a
