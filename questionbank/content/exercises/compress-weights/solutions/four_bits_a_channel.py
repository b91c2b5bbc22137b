"""Four bits a weight with a scale for every output channel, two codes in a byte, and deflate over all."""

import json
import zlib

import numpy as np


def compress(weights):
    about = json.dumps([[name, *w.shape] for name, w in weights.items()], separators=(",", ":")).encode()
    parts = [len(about).to_bytes(4, "little"), about]
    for w in weights.values():
        if w.ndim == 1:
            parts.append(w.astype("<f2").tobytes())
            continue
        rows = w.reshape(len(w), -1)
        scale = np.abs(rows).max(axis=1, keepdims=True) / 7
        scale = np.where(scale > 0, scale, 1).astype("<f4")
        codes = (np.rint(rows / scale) + 8).astype(np.uint8).ravel()
        codes = np.append(codes, np.zeros(codes.size % 2, np.uint8))
        parts += [scale.tobytes(), (codes[::2] << 4 | codes[1::2]).tobytes()]
    return zlib.compress(b"".join(parts), 9)


def decompress(data):
    data = memoryview(zlib.decompress(data))
    size = int.from_bytes(data[:4], "little")
    about, data, weights = json.loads(bytes(data[4 : 4 + size])), data[4 + size :], {}

    def take(kind, count):
        nonlocal data
        values = np.frombuffer(data, kind, count)
        data = data[values.nbytes :]
        return values

    for name, *shape in about:
        count = int(np.prod(shape))
        if len(shape) == 1:
            weights[name] = take("<f2", count).astype(np.float32)
            continue
        scale, pairs = take("<f4", shape[0]), take("u1", (count + 1) // 2)
        steps = np.stack([pairs >> 4, pairs & 15], axis=1).ravel()[:count].astype(np.float32) - 8
        weights[name] = (steps.reshape(shape[0], -1) * scale[:, None]).reshape(shape)
    return weights
