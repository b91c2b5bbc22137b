# fails: the_given_weights_are_not_changed[input_changed]
"""Takes the magnitudes in the given array."""

import numpy as np


def nm_prune(w, n, m, axis):
    rows = np.moveaxis(np.abs(w), axis, -1)
    length = rows.shape[-1]
    missing = -length % m
    filled = np.concatenate([rows, np.full((*rows.shape[:-1], missing), -1, rows.dtype)], axis=-1)
    groups = filled.reshape(*rows.shape[:-1], (length + missing) // m, m)
    keep = np.zeros(groups.shape, dtype=bool)
    np.put_along_axis(keep, np.argsort(-groups, axis=-1, kind="stable")[..., :n], True, axis=-1)
    return np.moveaxis(keep.reshape(filled.shape)[..., :length], -1, axis)


def nm_compress(w, n, m):
    rows, columns = w.shape
    signs = np.sign(w)
    np.abs(w, out=w)
    groups = w.reshape(rows, columns // m, m)
    places = np.sort(np.argsort(-np.abs(groups), axis=-1, kind="stable")[..., :n], axis=-1)
    values = np.take_along_axis(groups, places, axis=-1)
    kept = columns // m * n
    return (values * np.take_along_axis(signs.reshape(groups.shape), places, axis=-1)).reshape(
        rows, kept
    ), places.reshape(rows, kept).astype(np.uint8)


def nm_decompress(values, places, n, m):
    rows, kept = values.shape
    groups = np.zeros((rows, kept // n, m), values.dtype)
    places = places.reshape(rows, kept // n, n).astype(np.int64)
    np.put_along_axis(groups, places, values.reshape(places.shape), axis=-1)
    return groups.reshape(rows, kept // n * m)
