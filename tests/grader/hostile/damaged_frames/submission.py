import os
import struct


def f():
    os.write(3, struct.pack("<cII", b"V", 3, 0xFFFFFFFF) + b"a")
    while True:
        pass
