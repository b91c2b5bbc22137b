import os


def f():
    found = []
    for number in range(4, 1024):
        try:
            os.fstat(number)
            found.append(number)
        except OSError:
            pass
    return found
