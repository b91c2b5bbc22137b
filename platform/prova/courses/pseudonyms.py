"""A name by which other learners of a course know somebody who does not show their own. Pure but for the site's key.

It is computed, not stored: people's numbers are shuffled with a key of the course, one to one, so no two in a course have
the same pseudonym, it stays the same, it differs from course to course, and nobody without the site's secret key can tell
whose it is. A new secret key gives new pseudonyms.
"""

from collections.abc import Callable
from functools import partial
from hashlib import blake2b

from django.utils.crypto import salted_hmac
from django.utils.translation import get_language

from prova.courses.animals import ANIMALS

#: bits of a number that are shuffled: 64 animals times 4096
_BITS = 18
_HALF = _BITS // 2
_ROUNDS = 6


def pseudonyms(course_id: int, language: str | None = None) -> Callable[[int], str]:
    """From a person's number to their pseudonym in the course: "Otter 417"."""
    key = salted_hmac("prova.courses.pseudonyms", str(course_id), algorithm="sha256").digest()
    return partial(_named, key=key, language=language or get_language() or "en")


def _named(person_id: int, *, key: bytes, language: str) -> str:
    above, within = divmod(person_id, 1 << _BITS)
    number, animal = divmod(shuffled(within, key), len(ANIMALS))
    english, portuguese = ANIMALS[animal]
    return f"{portuguese if language.startswith('pt') else english} {number + 1 + above * (1 << _BITS)}"


def shuffled(number: int, key: bytes) -> int:
    """Below 2^18, one to one: a Feistel network. Luby and Rackoff (1988): four rounds look like chance."""
    left, right = number >> _HALF, number & ((1 << _HALF) - 1)
    for turn in range(_ROUNDS):
        left, right = right, left ^ _mixed(right, turn, key)
    return left << _HALF | right


def _mixed(half: int, turn: int, key: bytes) -> int:
    digest = blake2b(bytes([turn, half >> 8, half & 255]), key=key, digest_size=2).digest()
    return int.from_bytes(digest) & ((1 << _HALF) - 1)
