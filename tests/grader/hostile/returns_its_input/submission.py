returned = []


def f(x):
    return x


def view(x):
    returned.append(x[::2])
    return returned[-1]


def spoil():
    returned[-1][:] = -1
