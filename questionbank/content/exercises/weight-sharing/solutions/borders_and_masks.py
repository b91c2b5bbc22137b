"""Borders halfway between neighbours in the sorted codebook; a mask for every centroid."""

import numpy as np


def linear_centroids(w, k):
    step = (w.max() - w.min()) / max(k - 1, 1)
    return w.min() + step * np.arange(k, dtype=np.float64)


def assign(w, codebook):
    indices = np.zeros(w.shape, dtype=np.int32)
    best = np.full(w.shape, np.inf)
    for i, centroid in enumerate(codebook):
        distance = (w.astype(np.float64) - centroid) ** 2
        indices[distance < best] = i
        best = np.minimum(best, distance)
    return indices


def kmeans_codebook(w, codebook, steps):
    codebook = np.array(codebook, dtype=np.float64)
    for _ in range(steps):
        indices = assign(w, codebook)
        for i in np.unique(indices):
            codebook[i] = w[indices == i].mean(dtype=np.float64)
    return codebook


def centroid_grad(grad, indices, k):
    sums = np.zeros(k)
    np.add.at(sums, indices, grad)
    return sums


def compression_ratio(n, k, weight_bits):
    index_bits = int(np.ceil(np.log2(k)))
    stored = n * index_bits + k * weight_bits
    return n * weight_bits / stored
