"""The learner's functions as a check sees them: `solution.quantize(x, 0.5, 3, 8)` is a call into the sandbox."""

import itertools
from collections.abc import Callable
from typing import Any

import numpy as np

from grader.calls import Calls
from grader.crossing import Kept, Strided, Tensor
from grader.metric import Metric
from grader.race import Baseline, Inputs, Verify, at_our_expense, run_race, stream


class Solution:
    """What a check gets. Every other attribute is a function of the learner's file."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls
        self._kept = calls.numbers or itertools.count()

    def __getattr__(self, name: str) -> Callable[..., Any]:
        if name.startswith("_"):
            raise AttributeError(name)
        return lambda *args, **kwargs: self._calls.make(name, args, kwargs)

    def keep(self, value: np.ndarray | Tensor) -> Kept:
        """The same array or tensor object in every call of this example that is given the result."""
        return Kept(next(self._kept), value)

    @property
    def source_bytes(self) -> int:
        """Of the learner's files: where a format is marked by its size, data may hide in the program."""
        return self._calls.further.source_bytes

    def measured(self, check: str) -> Metric | None:
        """What an earlier check measured of this submission (visible ones come first). None: it measured nothing.

        To be compared with what is measured now: code that is asked for the same once more may draw lots.
        """
        return self._calls.further.measured(check)

    def anew(self) -> "Solution":
        """The same file, loaded again in a session that shares no memory with this one. It lasts until the example ends."""
        return Solution(self._calls.anew())

    def race(self, function: str, inputs: Inputs, verify: Verify) -> Metric:
        """CPU time of a function, as a ratio to the function of the same name in baseline.py (`grader.race`)."""
        calls = self._calls
        drawn = stream(calls.seed, function)
        return run_race(
            calls.anew(),
            Baseline(calls.baseline(), calls.budget),
            function,
            lambda: at_our_expense(calls.budget, lambda: inputs(drawn)),
            verify,
            calls.curve,
        )

    def tensor(self, value: np.ndarray) -> Tensor:
        """As a torch tensor of the same dtype; of an exercise that imports torch."""
        return Tensor(value)

    def strided(self, value: np.ndarray) -> Strided:
        """The same values in an array that is not contiguous (at least one dimension)."""
        return Strided(value)
