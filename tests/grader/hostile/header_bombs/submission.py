import io
import struct

import numpy as np


def header(text):
    data = text.encode().ljust(118) + b"\n"
    return b"\x93NUMPY\x02\x00" + struct.pack("<I", len(data)) + data


def shape():
    return np.load(io.BytesIO(header("{'descr': '<f8', 'fortran_order': False, 'shape': (1000000, 1000000)}"))).shape


def long_header():
    data = b"\x93NUMPY\x02\x00" + struct.pack("<I", 100_000_000) + b" " * 100_000_000
    return np.load(io.BytesIO(data))


def as_bytes():
    return struct.pack("<Q", 100_000_000) + b"{" * 2_000_000


def safetensors():
    return struct.pack("<Q", 100_000_000) + b'{"w":{"dtype":"F32","shape":[1000000000000],"data_offsets":[0,1]}}'


def honest():
    file = io.BytesIO()
    np.savez(file, w=np.arange(4.0))
    file.seek(0)
    return float(np.load(file)["w"].sum())
