exec("(" * 100_000 + ")" * 100_000)


def f():
    return 1
