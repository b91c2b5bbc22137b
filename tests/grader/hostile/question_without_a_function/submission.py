import os
import struct
import sys


def f():
    value = bytes(sys.modules["harness.wire"].encode([0, ()]))
    os.write(3, struct.pack("<cII", b"Q", 3, len(value)) + value)
