import os
import struct


def f():
    os.write(3, struct.pack("<cII", b"R", 3, 1) + b"N")
