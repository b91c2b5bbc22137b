def f():
    return "a\0b\x1b[2J\u202e<b>"


def g():
    return "\ud800"


def h():
    return 10**5000


def keys():
    return {"a\0": 1, "a\1": 2}
