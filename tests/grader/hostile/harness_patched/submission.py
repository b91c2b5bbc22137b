import sys

sys.modules["harness.wire"].encode = lambda value, caps, out, convert: out + bytearray(b"\xff\xff")


def f():
    return 1
