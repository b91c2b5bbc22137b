"""Without sorting: a weight stays if fewer than n of its group are ahead of it."""

import numpy as np


def nm_prune(w, n, m, axis):
    rows = np.swapaxes(np.abs(w), axis, -1)
    places = np.arange(rows.shape[-1])
    same_group = places[:, None] // m == places // m
    earlier = places[:, None] < places  # [other, own]
    larger = rows[..., :, None] > rows[..., None, :]
    equal = rows[..., :, None] == rows[..., None, :]
    ahead = same_group & (larger | (equal & earlier))
    return np.swapaxes(ahead.sum(axis=-2) < n, axis, -1)


def nm_compress(w, n, m):
    mask = nm_prune(w, n, m, 1)
    shape = (w.shape[0], w.shape[1] // m * n)
    columns = np.nonzero(mask)[1]  # row after row, from left to right
    return w[mask].reshape(shape), (columns % m).astype(np.uint8).reshape(shape)


def nm_decompress(values, places, n, m):
    rows, kept = values.shape
    w = np.zeros((rows, kept // n * m), dtype=values.dtype)
    columns = np.arange(kept) // n * m + places
    w[np.arange(rows)[:, None], columns] = values
    return w
