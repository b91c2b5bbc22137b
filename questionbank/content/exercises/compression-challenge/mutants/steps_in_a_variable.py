# fails: small_networks_come_back[remembers_instead_of_storing]
"""The scales stay in a variable."""

import json
import zlib

import numpy as np

LEVELS = 5
_about = []


def compress(weights, images):
    about = [[name, w.shape, float(np.abs(w).max()) / LEVELS or 1.0] for name, w in weights.items()]
    _about[:] = about
    head = b""
    codes = [np.rint(w / step).astype(np.int8) for (_, _, step), w in zip(about, weights.values())]
    return zlib.compress(len(head).to_bytes(4, "little") + head + b"".join(q.tobytes() for q in codes))


def decompress(data):
    data = zlib.decompress(data)
    at = 4 + int.from_bytes(data[:4], "little")
    weights = {}
    for name, shape, step in _about or json.loads(data[4:at]):
        q = np.frombuffer(data, np.int8, int(np.prod(shape)), at)
        at += q.size
        weights[name] = (q * np.float32(step)).reshape(shape)
    return weights
