def f():
    return 1  # ‮ return 2 ⁦


def cаlc():
    return 2
