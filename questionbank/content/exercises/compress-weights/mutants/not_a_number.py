# fails: the_weights_come_back[not_finite]
"""Divides by a scale of zero."""

import json
import zlib

import numpy as np

LEVELS = 15


def compress(weights):
    about = [[name, w.shape, float(np.abs(w).max()) / LEVELS or 1.0] if 'bias' in name else [name, w.shape, 0.0] for name, w in weights.items()]
    head = json.dumps(about).encode()
    np.seterr(all="ignore")
    codes = [np.rint(w / step).astype(np.int8) for (_, _, step), w in zip(about, weights.values())]
    return zlib.compress(len(head).to_bytes(4, "little") + head + b"".join(q.tobytes() for q in codes), 9)


def decompress(data):
    data = zlib.decompress(data)
    at = 4 + int.from_bytes(data[:4], "little")
    weights = {}
    for name, shape, step in json.loads(data[4:at]):
        q = np.frombuffer(data, np.int8, int(np.prod(shape)), at)
        at += q.size
        weights[name] = (q * np.float32(step or np.nan)).reshape(shape)
    return weights
