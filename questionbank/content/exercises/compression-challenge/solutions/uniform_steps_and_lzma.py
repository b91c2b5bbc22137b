# reaches: the_file_and_its_program_are_small>=0.35
"""Eleven levels a layer, biases in half precision; a general-purpose coder takes the rest. Images are not looked at."""

import json
import lzma

import numpy as np

FILTERS = [{"id": lzma.FILTER_LZMA1, "preset": 9, "lc": 0, "lp": 0, "pb": 0}]
LEVELS = 5


def compress(weights, images):
    about, parts = [], []
    for name, w in weights.items():
        step = float(np.abs(w).max()) / LEVELS or 1.0
        about.append([name, w.shape, step])
        parts.append(w.astype(np.float16) if w.ndim < 2 else np.rint(w / step).astype(np.int8))
    head = json.dumps(about, separators=(",", ":")).encode() + b"\n"
    return lzma.compress(head + b"".join(part.tobytes() for part in parts), format=lzma.FORMAT_RAW, filters=FILTERS)


def decompress(data):
    head, data = lzma.decompress(data, format=lzma.FORMAT_RAW, filters=FILTERS).split(b"\n", 1)
    weights, at = {}, 0
    for name, shape, step in json.loads(head):
        values = np.frombuffer(data, np.float16 if len(shape) < 2 else np.int8, int(np.prod(shape)), at)
        at += values.nbytes
        weights[name] = (values * np.float32(1 if len(shape) < 2 else step)).astype(np.float32).reshape(shape)
    return weights
