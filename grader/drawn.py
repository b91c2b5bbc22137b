"""A failure's picture, made from a sketch that may call the learner's code."""

from typing import Any

from grader.budget import Budget
from grader.calls import Calls
from grader.failures import CheckStopped, ExampleFailed
from grader.picture import Picture
from grader.pictures import draw
from grader.sandbox import SystemFailure

CALLS_OF_A_PICTURE = 4


def drawn(sketch: Any, calls: Calls) -> tuple[tuple[Picture, ...], str]:
    """The picture of a failure, and how the sketch stumbled. One that needs calls which fail is left out."""
    if sketch is None:
        return (), ""
    budget, calls.budget = calls.budget, _budget_of_a_picture(calls)
    calls.start_example()  # its calls are no part of the example that is shown
    try:
        picture = draw(sketch)
    except (ExampleFailed, CheckStopped):
        picture = None
    except SystemFailure:
        raise
    except Exception as bug:
        return (), f"picture: {type(bug).__name__}: {bug}"[:500]
    finally:
        budget.calls_made += calls.budget.calls_made
        budget.cpu_used_s += calls.budget.cpu_used_s
        budget.judge_cpu_start_s += calls.budget.judge_cpu_used_s
        calls.budget = budget
    return ((picture,) if picture is not None else ()), ""


def _budget_of_a_picture(calls: Calls) -> Budget:
    return Budget(
        cpu_left_s=calls.limits.call_cpu_s,
        wall_until=calls.budget.wall_until,
        calls_left=CALLS_OF_A_PICTURE,
        judge_cpu_left_s=calls.limits.judge_cpu_s,
    )
