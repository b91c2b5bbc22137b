"""Inputs of a check: drawn once per worker, replayed for every submission, shrunk only after a failure.

Drawing an example costs 1-2 ms, twenty times the call into the sandbox. A visible check has one fixed stream. A hidden
check has a pool several streams long, drawn as early; a submission's secret seed picks its examples from the pool.
"""

import hashlib
import random
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import lru_cache
from typing import Any

import hypothesis
from hypothesis import HealthCheck, Phase, Verbosity, settings
from hypothesis.errors import Flaky, HypothesisException
from hypothesis.internal.cache import LRUCache
from hypothesis.internal.conjecture import providers

from grader.checks import Check, CheckFunction

Inputs = Mapping[str, Any]
_one_at_a_time = threading.RLock()  #: what is changed in hypothesis below is changed for all threads
HIDDEN_POOL = 4  #: times the examples of one submission

# No example database, no deadline, no health checks: what is drawn depends on the seed and on nothing else.
_FIXED = settings(
    database=None,
    deadline=None,
    print_blob=False,
    report_multiple_bugs=False,
    phases=(Phase.generate, Phase.shrink),
    suppress_health_check=list(HealthCheck),
    verbosity=Verbosity.quiet,
)


def inputs_of(check: Check, examples: int, seed: int) -> tuple[Inputs, ...]:
    """The examples of one submission; `seed` matters for hidden checks only. A check without inputs runs once."""
    if not check.strategies:
        return ({},)
    if check.info.visible:
        return _drawn(check, examples)
    pool = _drawn(check, examples * HIDDEN_POOL)
    picked = random.Random(f"{seed} {check.info.name}").sample(range(len(pool)), min(examples, len(pool)))
    return tuple(pool[i] for i in sorted(picked))


def smallest_failing(check: Check, examples: int, fails: Callable[[Inputs], bool]) -> None:
    """Search the same stream again for an input that fails and make it smaller, as far as `fails` agrees.

    `fails` notes what it saw; it may raise a BaseException that is no Exception to end the search.
    """

    class Found(Exception):
        pass

    def example(**inputs: Any) -> None:
        if fails(inputs):
            raise Found

    # Flaky: the learner's function gave two answers for one input; what was noted first stands
    with suppress(Found, Flaky, HypothesisException):
        _explore(example, check.strategies, _seed(check.function), examples)


def _drawn(check: Check, examples: int) -> tuple[Inputs, ...]:
    return _drawn_once(check.function, examples)


@lru_cache(maxsize=512)
def _drawn_once(function: CheckFunction, examples: int) -> tuple[Inputs, ...]:
    """Keyed by the function itself: an exercise that is loaded again, perhaps changed, draws again."""
    drawn: list[Inputs] = []
    _explore(lambda **inputs: drawn.append(inputs), function.strategies, _seed(function), examples)  # type: ignore[attr-defined]
    return tuple(drawn)


def _seed(function: CheckFunction) -> int:
    """The same in every process, and in every version of the exercise that keeps the check's name."""
    return int.from_bytes(hashlib.sha256(function.__name__.encode()).digest()[:8], "big")


def _explore(example: Callable[..., None], strategies: Mapping[str, Any], seed: int, count: int) -> None:
    test = hypothesis.given(**strategies)(example)
    with _one_at_a_time, _without_literals_of_loaded_modules():
        hypothesis.seed(seed)(settings(_FIXED, max_examples=count)(test))()


@contextmanager
def _without_literals_of_loaded_modules() -> Iterator[None]:
    """hypothesis mixes literals of every local module loaded in this process into what it draws: one more import, and
    the same seed means other inputs. There is no public switch."""
    original = providers._get_local_constants, providers.CONSTANTS_CACHE
    providers._get_local_constants, providers.CONSTANTS_CACHE = lambda: _NO_LITERALS, _CACHE
    try:
        yield
    finally:
        providers._get_local_constants, providers.CONSTANTS_CACHE = original


_NO_LITERALS = providers.Constants(
    integers=providers.SortedSet(),
    floats=providers.SortedSet(),
    bytes=providers.SortedSet(),
    strings=providers.SortedSet(),
)
_CACHE: LRUCache[Any, Any] = LRUCache(
    1024
)  # of permitted constants; hypothesis' own may hold literals already
