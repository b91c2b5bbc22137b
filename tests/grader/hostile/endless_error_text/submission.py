class Slow(Exception):
    def __str__(self):
        while True:
            pass


class Long(Exception):
    def __str__(self):
        return "x" * (100 << 20)


class Broken(Exception):
    def __str__(self):
        raise self


def f():
    raise Slow


def g():
    raise Long


def h():
    raise Broken
