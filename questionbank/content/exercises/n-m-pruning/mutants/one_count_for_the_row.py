# fails: the_n_largest_of_each_group_stay[row_instead_of_groups]
"""The right share of each row."""

import numpy as np


def nm_prune(w, n, m, axis):
    rows = np.moveaxis(np.abs(w), axis, -1)
    count = rows.shape[-1] * n // m
    keep = np.zeros(rows.shape, dtype=bool)
    np.put_along_axis(keep, np.argsort(-rows, axis=-1, kind="stable")[..., :count], True, axis=-1)
    return np.moveaxis(keep, -1, axis)


def nm_compress(w, n, m):
    rows, columns = w.shape
    groups = w.reshape(rows, columns // m, m)
    places = np.sort(np.argsort(-np.abs(groups), axis=-1, kind="stable")[..., :n], axis=-1)
    values = np.take_along_axis(groups, places, axis=-1)
    kept = columns // m * n
    return values.reshape(rows, kept), places.reshape(rows, kept).astype(np.uint8)


def nm_decompress(values, places, n, m):
    rows, kept = values.shape
    groups = np.zeros((rows, kept // n, m), values.dtype)
    places = places.reshape(rows, kept // n, n).astype(np.int64)
    np.put_along_axis(groups, places, values.reshape(places.shape), axis=-1)
    return groups.reshape(rows, kept // n * m)
