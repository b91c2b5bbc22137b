"""Examples that were passed before, by what was asked and answered.

A check is a function of its inputs and of what comes back: where every answer is, byte for byte, one that passed before, it passes
again, and need not run. Right code mostly gives the same bytes.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any
from weakref import WeakKeyDictionary

from grader.checks import CheckFunction
from grader.sandbox.exchange import RawAnswer

MOST_WAYS = 8  #: on which one example is remembered to pass
MOST_REQUEST_BYTES = 1 << 16  #: larger ones are not kept
#: of requests, for all examples of a check: a learner's answers may come back in them
MOST_CHECK_BYTES = 2 << 20
MOST_EXAMPLES = 4000  #: of a check; more only where inputs are drawn again and again
SPACING = 1000  #: kept arrays of one example

Digest = bytes
_serials = count(0, SPACING)


@dataclass
class Step:
    """What an example asks next, after certain answers. No request: it asks nothing more, and is passed."""

    request: bytes | None = None
    then: dict[Digest, "Step"] = field(default_factory=dict)


@dataclass
class Room:
    """For what is remembered of one check."""

    left_bytes: int = MOST_CHECK_BYTES


@dataclass
class Remembered:
    """Of one example of a check."""

    inputs: Mapping[str, Any]
    #: where the numbers of its kept arrays begin: the same in every submission, and no other example's
    first_number: int = field(default_factory=lambda: next(_serials))
    start: Step | None = None
    ways: int = 0
    room: Room = field(default_factory=Room)

    def note(self, way: list[tuple[bytes, Digest]]) -> None:
        """An example that passed: each request with the digest of its answer."""
        size_bytes = sum(len(request) for request, _ in way)
        if self.ways == MOST_WAYS or size_bytes > min(MOST_REQUEST_BYTES, self.room.left_bytes):
            return
        self.ways += 1
        self.room.left_bytes -= size_bytes
        if self.start is None:
            self.start = Step()
        step = self.start
        for request, digest in way:
            step.request = request
            step = step.then.setdefault(digest, Step())


@dataclass
class _OfCheck:
    examples: dict[int, Remembered] = field(default_factory=dict)  #: by the identity of their inputs
    room: Room = field(default_factory=Room)


_checks: WeakKeyDictionary[CheckFunction, _OfCheck] = WeakKeyDictionary()


def remembered(check: CheckFunction, inputs: Mapping[str, Any]) -> Remembered:
    """`inputs` is one of the objects that were drawn once for all submissions."""
    of_check = _checks.setdefault(check, _OfCheck())
    found = of_check.examples.get(id(inputs))
    if found is None:
        if len(of_check.examples) >= MOST_EXAMPLES:
            of_check = _checks[check] = _OfCheck()
        found = of_check.examples[id(inputs)] = Remembered(inputs, room=of_check.room)
    return found


def digest_of(answer: RawAnswer) -> Digest:
    return hashlib.blake2b(answer.body, digest_size=16, key=answer.kind).digest()
