class Lazy:
    def __array__(self, dtype=None, copy=None):
        while True:
            pass


def f():
    return Lazy()
