"""An observer that sees one image after the other, a zero point that moves into the bias, and products without a
multiplier: the eight bits of the codes one by one, each sum of weights shifted into its place."""

import numpy as np


def input_ranges(network, images):
    low, high = np.full(len(network), np.inf), np.full(len(network), -np.inf)
    for image in images:
        values = image.astype(np.float64)
        for number, (weight, bias) in enumerate(network):
            low[number] = min(low[number], values.min())
            high[number] = max(high[number], values.max())
            values = (weight.astype(np.float64) @ values + bias).clip(0)
    return list(zip(low.tolist(), high.tolist()))


def quantize_network(network, images):
    return [_layer(*layer, *ends) for layer, ends in zip(network, input_ranges(network, images))]


def _layer(weight, bias, lo, hi):
    ends = np.array([lo, 0.0, hi])
    step = np.ptp(ends) / 255
    layer = {"input_scale": float(step) if step else 1.0, "weight_scale": 1.0}
    layer["input_zero_point"] = int(np.rint(-ends.min() / layer["input_scale"]))
    if weight.any():
        layer["weight_scale"] = float(max(weight.max(), -weight.min())) / 127
    layer["weight"] = np.around(weight.astype(np.float64) / layer["weight_scale"]).astype(np.int8)
    accumulator_step = layer["input_scale"] * layer["weight_scale"]
    layer["bias"] = np.around(bias.astype(np.float64) / accumulator_step).astype(np.int32)
    return layer


def logits(layers, images):
    values, step = np.asarray(images, dtype=np.float64), 1.0
    for number, layer in enumerate(layers):
        if number:
            values = np.maximum(values, 0)
        steps = np.around(values * (step / layer["input_scale"])).astype(np.int64)
        codes = np.minimum(np.maximum(steps + layer["input_zero_point"], 0), 255)
        values = _sums(codes, layer)
        step = layer["input_scale"] * layer["weight_scale"]
    return values * step


def _sums(codes, layer):
    weight = layer["weight"].astype(np.int64)
    ready = layer["bias"] - layer["input_zero_point"] * weight.sum(axis=1)
    sums = np.tile(ready, (len(codes), 1))
    for place in range(8):
        for row, bits in zip(sums, (codes >> place & 1).astype(bool)):
            row += weight[:, bits].sum(axis=1) << place
    return sums
