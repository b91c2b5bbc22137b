"""How an example of a check can fail. Raised by `grader.expect` and by calls into the sandbox, read by the judge."""

from collections.abc import Mapping
from typing import Any

from grader.metric import Metric

NOTHING: Any = object()  #: stands for "there is no value to show"


class ExampleFailed(Exception):
    """Root: this example counts against the learner, the check goes on with the next one."""


class WrongAnswer(ExampleFailed):
    """A value came back and is not right.

    slips: keys of all known mistakes that give exactly this wrong value; the judge picks the one that explains every
    failing example.
    """

    def __init__(
        self,
        key: str,
        params: Mapping[str, str | int | float] | None = None,
        *,
        got: Any = NOTHING,
        expected: Any = NOTHING,
        slips: tuple[str, ...] = (),
        picture: Any = None,
    ) -> None:
        super().__init__(key)
        self.key, self.params = key, dict(params or {})
        self.got, self.expected, self.slips = got, expected, slips
        self.picture = picture


class CodeFailed(ExampleFailed):
    """The learner's function raised, or returned what cannot cross."""

    def __init__(self, kind: str, text: str, line: int | None, function: str, file: str = "") -> None:
        super().__init__(f"{kind}: {text}")
        self.kind, self.text, self.line, self.function = kind, text, line, function
        self.file = file  #: one of the upload's further files; empty: the main one


class Measured(Exception):
    """Not a failure: the example ends with a number, and a curve says what it is worth."""

    def __init__(self, metric: Metric) -> None:
        super().__init__(metric.key)
        self.metric = metric


class CheckStopped(BaseException):
    """A limit or a crash: the check ends here. Not an Exception: neither a check nor hypothesis may swallow it."""

    def __init__(self, verdict: str, key: str, params: Mapping[str, str | int | float] | None = None) -> None:
        super().__init__(key)
        self.verdict, self.key, self.params = verdict, key, dict(params or {})
