"""Loops: each group is a slice along the axis, and Python sorts the places in it."""

import itertools

import numpy as np


def nm_prune(w, n, m, axis):
    mask = np.zeros(w.shape, dtype=bool)
    rows, kept = np.moveaxis(w, axis, -1), np.moveaxis(mask, axis, -1)  # kept is a view of mask
    for at in itertools.product(*map(range, rows.shape[:-1])):
        row = rows[at].tolist()
        for start in range(0, len(row), m):
            for place in _largest(row[start : start + m], n):
                kept[(*at, start + place)] = True
    return mask


def nm_compress(w, n, m):
    values = np.zeros((w.shape[0], w.shape[1] * n // m), dtype=w.dtype)
    places = np.zeros(values.shape, dtype=np.uint8)
    for r, row in enumerate(w):
        found = [
            (row[start + place], place)
            for start in range(0, len(row), m)
            for place in sorted(_largest(row[start : start + m].tolist(), n))
        ]
        for i, (value, place) in enumerate(found):
            values[r, i], places[r, i] = value, place
    return values, places


def nm_decompress(values, places, n, m):
    w = np.zeros((values.shape[0], values.shape[1] // n * m), dtype=values.dtype)
    for (r, i), value in np.ndenumerate(values):
        w[r, i // n * m + int(places[r, i])] = value
    return w


def _largest(group, n):
    """Of equal magnitudes the first places: sorted is stable."""
    return sorted(range(len(group)), key=lambda place: -abs(group[place]))[:n]
