def linear_centroids(w, k):
    """Return k evenly spaced centroids from the smallest weight to the largest, both included."""
    raise NotImplementedError


def assign(w, codebook):
    """Return the index of the nearest centroid for every weight: integers in the shape of w."""
    raise NotImplementedError


def kmeans_codebook(w, codebook, steps):
    """Return the codebook after so many steps: assign the weights, move each centroid to the mean of its weights."""
    raise NotImplementedError


def centroid_grad(grad, indices, k):
    """Return the gradient by each of the k centroids: the sum over the weights that share it."""
    raise NotImplementedError


def compression_ratio(n, k, weight_bits):
    """Return bits of n weights divided by bits of their indices and the codebook."""
    raise NotImplementedError
