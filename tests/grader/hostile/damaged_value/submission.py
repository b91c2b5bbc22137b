import os
import struct


def f():
    value = b"a" + bytes([11, 4]) + struct.pack("<4I", 1000, 1000, 1000, 1000) + bytes(40)
    os.write(3, struct.pack("<cII", b"V", 3, len(value)) + value)
