"""Which variant and which order of options an attempt gets. Pure: the same seed draws the same paper."""

import hashlib
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")
SEED_BITS = 63  #: fits a PostgreSQL bigint


def item_seed(attempt_seed: int, position: int) -> int:
    digest = hashlib.blake2s(f"{attempt_seed}/{position}".encode(), digest_size=8).digest()
    return int.from_bytes(digest) >> (64 - SEED_BITS)


def draw(choices: Sequence[T], seed: int) -> T:
    return choices[seed % len(choices)]
