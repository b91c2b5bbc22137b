# fails: inputs_have_a_scale_and_a_zero_point[zero_point_forgotten], networks_nobody_has_seen_keep_their_accuracy
"""Always 0."""

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
                "input_zero_point": 0,
            }
        )
    return layers


def logits(layers, images):
    first = layers[0]
    codes = np.clip(np.rint(images / first["input_scale"]) + first["input_zero_point"], 0, 255)
    for number, layer in enumerate(layers):
        steps = codes.astype(np.int32) - layer["input_zero_point"]
        sums = steps @ layer["weight"].T.astype(np.int32) + layer["bias"]
        scale = layer["input_scale"] * layer["weight_scale"]
        if number + 1 < len(layers):
            following = layers[number + 1]
            by = scale / following["input_scale"]
            codes = np.clip(np.rint(np.maximum(sums, 0) * by) + following["input_zero_point"], 0, 255)
    return sums * scale
