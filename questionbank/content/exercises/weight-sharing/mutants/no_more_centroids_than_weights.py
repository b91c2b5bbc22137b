# fails: centroids_are_spread_over_the_range
"""A shorter codebook where there are fewer weights than centroids."""

import math

import numpy as np


def linear_centroids(w, k):
    return np.linspace(w.min(), w.max(), min(k, w.size))


def assign(w, codebook):
    return np.abs(w[..., np.newaxis] - codebook).argmin(axis=-1)


def kmeans_codebook(w, codebook, steps):
    codebook = codebook.astype(np.float64)
    for _ in range(steps):
        indices = assign(w, codebook).ravel()
        counts = np.bincount(indices, minlength=len(codebook))
        sums = np.bincount(indices, weights=w.ravel(), minlength=len(codebook))
        codebook = np.where(counts > 0, sums / np.maximum(counts, 1), codebook)
    return codebook


def centroid_grad(grad, indices, k):
    return np.bincount(indices.ravel(), weights=grad.ravel(), minlength=k)


def compression_ratio(n, k, weight_bits):
    index_bits = math.ceil(math.log2(k))
    return n * weight_bits / (n * index_bits + k * weight_bits)
