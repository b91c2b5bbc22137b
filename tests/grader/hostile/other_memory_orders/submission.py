import numpy as np

ROWS = np.arange(6.0).reshape(2, 3)
ROWS.flags.writeable = False


def f(order):
    if order == "big":
        return ROWS.astype(">f8")
    if order == "fortran":
        return np.asfortranarray(ROWS)
    if order == "reversed":
        return np.arange(5.0, -1.0, -1.0)[::-1].reshape(2, 3)
    return ROWS.view(">f8")
