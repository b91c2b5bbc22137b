"""Functions of a check that a learner's code is given and calls: they stay on the trusted side and answer from there.

So their data stays hidden, and how often and with what they were called is known here.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from grader.failures import ExampleFailed
from grader.sandbox import JudgeFunction


@dataclass
class Asked:
    """Of one call into the sandbox."""

    functions: list[Callable[..., Any]] = field(default_factory=list)
    _failed: list[ExampleFailed] = field(default_factory=list)

    def stub(self, function: Callable[..., Any]) -> JudgeFunction:
        """What crosses in the function's place."""
        self.functions.append(self._forgiving(function))
        return JudgeFunction(len(self.functions) - 1)

    def complain(self) -> None:
        """ExampleFailed: a demand was not met by what one of the functions was called with, whatever became of the call."""
        if self._failed:
            raise self._failed[0]

    def _forgiving(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """Values of any kind come in. What does not fit raises in the learner's code, at the learner's line."""

        def answer(*args: Any) -> Any:
            name = getattr(function, "__name__", "this function")
            try:
                return function(*args)
            except ExampleFailed as failed:
                self._failed.append(failed)
                raise ValueError(f"{name} does not take this") from None
            except Exception as error:
                raise ValueError(f"{name} does not take this ({type(error).__name__})") from None

        return answer
