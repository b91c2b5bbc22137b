"""Weights of a layer share few values: arXiv:1510.00149, section 3."""

import numpy as np

from reference_impl.deep_compression.classic.layer import SharedLayer
from reference_impl.deep_compression.classic.settings import Settings
from reference_impl.deep_compression.stages import Floats, Mask, Parameters, Pruned
from reference_impl.weight_sharing import decode, linear_centroids, lloyd

Shared = dict[str, SharedLayer]  #: "ip1" and so on


def share(pruned: Pruned, settings: Settings) -> Shared:
    """k-means over the weights that are left, from evenly spaced centroids (3.1 and 3.2).

    EmptyInput: a layer of which nothing is left.
    """
    return {
        name: share_layer(
            pruned.parameters[f"{name}.weight"],
            pruned.masks[f"{name}.weight"],
            pruned.parameters[f"{name}.bias"],
            values=2**each.code_bits - 1,
        )
        for name, each in settings.layers.items()
    }


def share_layer(weights: Floats, mask: Mask, bias: Floats, *, values: int) -> SharedLayer:
    """At most so many values; one that no weight takes is left out. EmptyInput: the mask keeps nothing."""
    clustering = lloyd(weights[mask], linear_centroids(weights[mask], values)).clustering
    used, indices = np.unique(clustering.indices, return_inverse=True)
    codes = np.zeros(mask.shape, np.uint8)
    codes[mask] = indices.ravel() + 1
    return SharedLayer(codes, clustering.codebook[used], bias.astype(np.float64))


def shared_parameters(shared: Shared) -> Parameters:
    """What the network computes with."""
    found: Parameters = {}
    for name, layer in shared.items():
        values = decode(layer.codes, np.array([0.0, *layer.codebook]))
        found[f"{name}.weight"] = values.astype(np.float32)
        found[f"{name}.bias"] = layer.bias.astype(np.float32)
    return found
