import os
import struct


def f():
    value = b"f" + struct.pack("<d", 3.0)
    os.write(3, struct.pack("<cII", b"V", 4, len(value)) + value)
    return 4.0
