"""Lists and loops, one image and one unit at a time."""

import numpy as np


def _real_outputs(rows, biases, values):
    return [sum(w * v for w, v in zip(row, values)) + b for row, b in zip(rows, biases)]


def input_ranges(network, images):
    plain = [(weight.tolist(), bias.tolist()) for weight, bias in network]
    ranges = [[float("inf"), float("-inf")] for _ in plain]
    for values in images.tolist():
        for (rows, biases), seen in zip(plain, ranges):
            seen[0], seen[1] = min(seen[0], *values), max(seen[1], *values)
            values = [max(v, 0.0) for v in _real_outputs(rows, biases, values)]
    return [tuple(seen) for seen in ranges]


def _round_all(values, step):
    return [round(v / step) for v in values]


def quantize_network(network, images):
    layers = []
    for (weight, bias), (lo, hi) in zip(network, input_ranges(network, images)):
        lo, hi = min(lo, 0.0), max(hi, 0.0)
        s_x = (hi - lo) / 255 if hi > lo else 1.0
        largest = max(abs(v) for v in weight.ravel().tolist())
        s_w = largest / 127 if largest else 1.0
        layer = {"weight_scale": s_w, "input_scale": s_x, "input_zero_point": round(-lo / s_x)}
        layer["weight"] = np.array([_round_all(row, s_w) for row in weight.tolist()], dtype=np.int8)
        layer["bias"] = np.array(_round_all(bias.tolist(), s_x * s_w), dtype=np.int32)
        layers.append(layer)
    return layers


def logits(layers, images):
    return np.array([_one(layers, image) for image in images.tolist()])


def _one(layers, values):
    scale = None
    for layer in layers:
        s_x, z_x = layer["input_scale"], layer["input_zero_point"]
        steps = [round(max(v, 0) * scale / s_x) if scale else round(v / s_x) for v in values]
        codes = [min(max(step + z_x, 0), 255) for step in steps]
        values = [
            sum((q - z_x) * w for q, w in zip(codes, row)) + b
            for row, b in zip(layer["weight"].tolist(), layer["bias"].tolist())
        ]
        scale = s_x * layer["weight_scale"]
    return [v * scale for v in values]
