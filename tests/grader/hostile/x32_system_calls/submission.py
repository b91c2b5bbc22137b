import ctypes


def f():
    return ctypes.CDLL(None).syscall(0x40000000 + 39)
