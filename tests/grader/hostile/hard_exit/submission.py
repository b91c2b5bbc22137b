import os


def f(status):
    os._exit(status)
