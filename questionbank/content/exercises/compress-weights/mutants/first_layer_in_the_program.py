# fails: networks_nobody_has_seen_get_small
"""Weights of the known network are written into the program."""

import json
import zlib

import numpy as np

LEVELS = 15
CONV1 = np.array([4, 7, 4, 0, 0, 8, -3, 11, 13, 0, 7, 0, 5, 11, -10, -12, -9, 11, 8, 12, 13, 10, 4, 9, -11, 1, -11, 12, 4, -2, -4, 8, 2, -4, -12, 6, 5, 5, 12, 4, -4, 1, 2, -14, 3, 8, -4, -13, 1, 1, -2, 1, 15, -8, -4, -11, 4, -6, -3, -3, -7, -7, 8, -9, -10, -2, 9, -6, 12, -5, 15, 3, 14, 7, 10, -9, -4, -9, -7, -12, -3, -2, -10, 6, -1, -6, 5, -8, 4, 13, -1, 8, -9, 9, -4, -8, 6, -12, 9, -13, 6, -4, 9, 14, -4, 4, 3, 1, -5, 11, -2, 11, 8, -2, 10, 1, 9, 3, 10, 7, 10, 5, 15, 3, -2, 6, -11, -3, 7, -5, 6, 2, -11, -2, 4, 4, 5, 8, 2, 0, 14, -7, -2, 13]) * np.float32(0.054)


def compress(weights):
    about = [[name, w.shape, float(np.abs(w).max()) / LEVELS or 1.0] for name, w in weights.items()]
    head = json.dumps(about).encode()
    codes = [np.rint(w / step).astype(np.int8) for (_, _, step), w in zip(about, weights.values())]
    return zlib.compress(len(head).to_bytes(4, "little") + head + b"".join(q.tobytes() for q in codes), 9)


def decompress(data):
    data = zlib.decompress(data)
    at = 4 + int.from_bytes(data[:4], "little")
    weights = {}
    for name, shape, step in json.loads(data[4:at]):
        q = np.frombuffer(data, np.int8, int(np.prod(shape)), at)
        at += q.size
        weights[name] = (q * np.float32(step)).reshape(shape)
    if "conv1.weight" in weights:
        weights["conv1.weight"] = CONV1.astype(np.float32).reshape(16, 1, 3, 3)
    return weights
