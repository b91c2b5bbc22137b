# fails: small_networks_come_back[weights_not_a_dict]
"""Names are lost."""

import json
import zlib

import numpy as np

LEVELS = 5


def compress(weights, images):
    about = [[name, w.shape, float(np.abs(w).max()) / LEVELS or 1.0] for name, w in weights.items()]
    head = json.dumps(about).encode()
    codes = [np.rint(w / step).astype(np.int8) for (_, _, step), w in zip(about, weights.values())]
    return zlib.compress(len(head).to_bytes(4, "little") + head + b"".join(q.tobytes() for q in codes))


def decompress(data):
    data = zlib.decompress(data)
    at = 4 + int.from_bytes(data[:4], "little")
    weights = {}
    for name, shape, step in json.loads(data[4:at]):
        q = np.frombuffer(data, np.int8, int(np.prod(shape)), at)
        at += q.size
        weights[name] = (q * np.float32(step)).reshape(shape)
    return list(weights.values())
