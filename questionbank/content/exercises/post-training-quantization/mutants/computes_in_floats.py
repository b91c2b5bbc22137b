# fails: integers_compute_the_logits[computed_in_floats]
"""Dequantizes and computes as before."""

import numpy as np


def input_ranges(network, images):
    ranges, values = [], images
    for weight, bias in network:
        ranges.append((float(values.min()), float(values.max())))
        values = np.maximum(values @ weight.T + bias, 0)
    return ranges


def quantize_network(network, images):
    layers = []
    for (weight, bias), (lo, hi) in zip(network, input_ranges(network, images)):
        lo, hi = min(lo, 0.0), max(hi, 0.0)
        input_scale = (hi - lo) / 255 or 1.0
        weight_scale = float(np.abs(weight).max()) / 127 or 1.0
        layers.append(
            {
                "weight": np.rint(weight / weight_scale).astype(np.int8),
                "weight_scale": weight_scale,
                "bias": np.rint(bias / (input_scale * weight_scale)).astype(np.int32),
                "input_scale": input_scale,
                "input_zero_point": round(-lo / input_scale),
            }
        )
    return layers


def logits(layers, images):
    values = images.astype(np.float64)
    for number, layer in enumerate(layers):
        scale = layer["input_scale"] * layer["weight_scale"]
        values = values @ (layer["weight"] * layer["weight_scale"]).T + layer["bias"] * scale
        if number + 1 < len(layers):
            values = np.maximum(values, 0)
    return values
