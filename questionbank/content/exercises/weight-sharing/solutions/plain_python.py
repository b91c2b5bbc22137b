"""One weight at a time, with lists."""

import numpy as np


def linear_centroids(w, k):
    lo, hi = float(np.min(w)), float(np.max(w))
    if k == 1:
        return np.array([lo])
    return np.array([lo + (hi - lo) * i / (k - 1) for i in range(k)])


def nearest(value, codebook):
    return min(range(len(codebook)), key=lambda i: (abs(value - codebook[i]), i))


def assign(w, codebook):
    centroids = codebook.tolist()
    return np.array([nearest(value, centroids) for value in w.ravel().tolist()], dtype=np.int64).reshape(w.shape)


def kmeans_codebook(w, codebook, steps):
    centroids, values = codebook.tolist(), w.ravel().tolist()
    for _ in range(steps):
        members = [[] for _ in centroids]
        for value in values:
            members[nearest(value, centroids)].append(value)
        centroids = [sum(own) / len(own) if own else old for own, old in zip(members, centroids)]
    return np.array(centroids)


def centroid_grad(grad, indices, k):
    sums = [0.0] * k
    for slope, i in zip(grad.ravel().tolist(), indices.ravel().tolist()):
        sums[i] += slope
    return np.array(sums)


def compression_ratio(n, k, weight_bits):
    return (n * weight_bits) / (n * (k - 1).bit_length() + k * weight_bits)
