import os


def f():
    while True:
        os.fork()


def g():
    pid = os.fork()
    if pid == 0:
        os.setsid()
        os.fork()
