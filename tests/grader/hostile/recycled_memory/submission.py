import numpy as np

MARK = 0x5EED5EED5EED5EED


def search():
    return sum(int((np.empty(1 << 21, np.uint64) == MARK).sum()) for _ in range(4))


def plant():
    for _ in range(4):
        np.full(1 << 21, MARK, np.uint64)
