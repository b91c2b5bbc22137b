"""How alike two texts are, and a short signature by which a database finds the alike ones. Pure.

Alike is the share of common runs of five letters (Jaccard), case, accents, spaces and punctuation aside. The signature is one-permutation
min-hashing (Li, Owen, Zhang 2012, "One Permutation Hashing"; empty bins borrow as in Shrivastava and Li 2014), cut into
bands: texts half alike share a band nearly always, unrelated ones nearly never.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from questionbank.searchable import folded, words

#: From here on two questions are shown to a person as perhaps the same.
ALIKE = 0.55
_RUN = 5
_BANDS, _ROWS = 32, 3
_BINS = _BANDS * _ROWS


def normalised(text: str) -> str:
    return " ".join(folded(words(text)).casefold().split())


def runs(text: str) -> frozenset[str]:
    """Every five letters in a row; a shorter text is one run, an empty one has none."""
    bare = normalised(text)
    if len(bare) <= _RUN:
        return frozenset([bare] if bare else [])
    return frozenset(bare[at : at + _RUN] for at in range(len(bare) - _RUN + 1))


def similarity(one: str, other: str) -> float:
    """0 to 1; 1 for texts that are equal but for case, accents, spaces and punctuation. Two empty texts are not alike."""
    return alike(runs(one), runs(other))


def alike(one: frozenset[str], other: frozenset[str]) -> float:
    either = len(one | other)
    return len(one & other) / either if either else 0.0


def bands(text: str) -> list[int]:
    """Signed 64-bit numbers, in order; none for an empty text."""
    signature = _signature(runs(text))
    return sorted(_bands(signature)) if signature else []


def _signature(of: frozenset[str]) -> list[int]:
    least: list[int | None] = [None] * _BINS
    for run in of:
        place, value = divmod(_hash(run.encode()), 2**48)
        place %= _BINS
        known = least[place]
        least[place] = value if known is None else min(known, value)
    if not of:
        return []
    return [_borrowed(least, place) for place in range(_BINS)]


def _borrowed(least: list[int | None], place: int) -> int:
    """An empty bin takes the value of the next one that is not, told apart by the distance."""
    for distance in range(_BINS):
        value = least[(place + distance) % _BINS]
        if value is not None:
            return value + distance * 2**48
    raise AssertionError("a text with runs fills a bin")


def _bands(signature: list[int]) -> Iterator[int]:
    for band in range(_BANDS):
        rows = signature[band * _ROWS : (band + 1) * _ROWS]
        yield _hash(repr((band, rows)).encode()) - 2**63


def _hash(data: bytes) -> int:
    return int.from_bytes(hashlib.blake2b(data, digest_size=8).digest(), "big")
