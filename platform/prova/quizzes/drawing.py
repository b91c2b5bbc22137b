"""Which questions, variants and orders an attempt gets. Pure: the same seed draws the same paper.

Orders come from sorting by a digest of (seed, purpose, key): every order is equally likely, none depends on how the
choices were listed, and the next version of Python draws the same.
"""

import hashlib
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TypeVar

T = TypeVar("T")
SEED_BITS = 63  #: fits a PostgreSQL bigint


def item_seed(attempt_seed: int, position: int) -> int:
    digest = hashlib.blake2s(f"{attempt_seed}/{position}".encode(), digest_size=8).digest()
    return int.from_bytes(digest) >> (64 - SEED_BITS)


def draw(choices: Sequence[T], seed: int) -> T:
    return choices[seed % len(choices)]


def shuffled(choices: Iterable[T], seed: int, purpose: str, key: Callable[[T], Hashable]) -> list[T]:
    def place(choice: T) -> bytes:
        return hashlib.blake2s(f"{seed}/{purpose}/{key(choice)}".encode(), digest_size=16).digest()

    return sorted(choices, key=place)


@dataclass(frozen=True, kw_only=True)
class Place:
    """Something a quiz can ask. Equal `position`s belong to one pool."""

    key: int  #: of the quiz item
    section: int  #: the section's place in the quiz; 0: before all sections
    position: int
    draws: int | None = None  #: how many of its pool are asked; None: always asked
    pin: str = ""  #: "first", "last", or empty


def draw_paper(places: Iterable[Place], seed: int, shuffled_sections: Iterable[int]) -> list[Place]:
    """What one attempt asks, in its order: sections in theirs, pools reduced to what is drawn from them."""
    ordered = sorted(places, key=lambda place: (place.section, place.position))
    mixed = frozenset(shuffled_sections)
    paper: list[Place] = []
    for section, group in groupby(ordered, key=lambda place: place.section):
        asked = _drawn(list(group), seed)
        paper += _mixed(asked, seed, section) if section in mixed else asked
    return paper


def _drawn(places: Sequence[Place], seed: int) -> list[Place]:
    asked: list[Place] = []
    for position, group in groupby(places, key=lambda place: place.position):
        choices = list(group)
        if choices[0].draws is None:
            asked += choices
        else:
            asked += shuffled(choices, seed, f"pool {position}", _key)[: choices[0].draws]
    return asked


def _mixed(places: Sequence[Place], seed: int, section: int) -> list[Place]:
    first = [place for place in places if place.pin == "first"]
    last = [place for place in places if place.pin == "last"]
    free = [place for place in places if place.pin not in {"first", "last"}]
    return [*first, *shuffled(free, seed, f"section {section}", _key), *last]


def _key(place: Place) -> int:
    return place.key


def pages_of(sections: Sequence[int], layout: str) -> list[int]:
    """The page, from 1, of each question of a paper, given the section of each."""
    if layout == "question":
        return list(range(1, len(sections) + 1))
    if layout == "section":
        numbers = {section: number for number, section in enumerate(dict.fromkeys(sections), start=1)}
        return [numbers[section] for section in sections]
    return [1] * len(sections)
