import multiprocessing
import os
import subprocess


def f():
    return subprocess.run(["/bin/echo", "out"], capture_output=True).stdout


def g():
    return os.system("true") == 0


def h():
    os.execv("/usr/bin/python3", ["python3"])


def p():
    with multiprocessing.Pool(2) as pool:
        return pool.map(abs, [-1])
