def input_ranges(network, images):
    """Return, for each layer, the smallest and the largest value that goes into it: a list of pairs (lo, hi)."""
    raise NotImplementedError


def quantize_network(network, images):
    """Return one dict for each layer: "weight" and "weight_scale", "bias", "input_scale" and "input_zero_point"."""
    raise NotImplementedError


def logits(layers, images):
    """Return what the quantized layers make of images (n, inputs), in integers: an array of floats (n, classes)."""
    raise NotImplementedError
