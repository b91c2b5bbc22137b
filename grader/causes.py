"""What all failing examples of a check come down to, as far as their values tell. Pure."""

from collections.abc import Sequence

from grader.failures import CodeFailed, ExampleFailed, WrongAnswer


def cause_of(errors: Sequence[ExampleFailed], examples: int) -> str:
    """Of `examples`, these failed. Empty: nothing says that the rest of the answer would be right.

    A slip counts only if it explains every one of them: its value is the right one with this mistake and no other.
    An exception says nothing about the answer it prevented, so at least half of the examples must be right without it.
    """
    slips = [set(error.slips) if isinstance(error, WrongAnswer) else set() for error in errors]
    if common := set.intersection(*slips):
        first = next(slip for slip in _slips(errors[0]) if slip in common)  # the first declared
        return f"slip {first}"
    raised = {(error.kind, error.line) for error in errors if isinstance(error, CodeFailed)}
    all_raised = all(isinstance(error, CodeFailed) for error in errors)
    if all_raised and len(raised) == 1 and 2 * len(errors) <= examples:
        kind, line = raised.pop()
        return f"error {kind} in line {line}" if line is not None else ""
    return ""


def _slips(error: ExampleFailed) -> tuple[str, ...]:
    return error.slips if isinstance(error, WrongAnswer) else ()
