import os
import struct
import time


def f():
    os.write(3, struct.pack("<cII", b"V", 3, 100) + b"half")
    time.sleep(60)
