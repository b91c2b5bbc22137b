import numba

LINES = "\n".join(f"    a{i} = (x + {i}) * (x - {i}) if x > {i} else x / {i + 1}" for i in range(3000))
TEXT = f"def f(x):\n{LINES}\n    return " + " + ".join(f"a{i}" for i in range(0, 3000, 40))
names = {}
exec(TEXT, names)


def f():
    return numba.njit(names["f"])(1.0)
