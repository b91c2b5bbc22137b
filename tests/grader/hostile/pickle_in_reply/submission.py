import os


class Bomb:
    def __reduce__(self):
        return os.system, ("true",)


def f():
    return Bomb()


def g():
    return [1, {"a": Bomb()}]


def h():
    return {(1, 2): 3}
