"""Inputs are drawn while nothing is judged, and only then."""

import threading
from pathlib import Path

from grader.drawing_ahead import DrawingAhead
from grader.draws import inputs_of
from grader.judge import Gradable
from tests.grader.packages import HEAD, gradable

COUNTED = (
    HEAD
    + """
drawn = []

@check(points=1)
@given(n=integers(0, 9).map(lambda n: drawn.append(n) or n))
def first(solution, n): ...


@check(points=1)
@given(n=integers(0, 9).map(lambda n: drawn.append(n) or n))
def second(solution, n): ...
"""
)


def _with_its_draws(folder: Path) -> tuple[Gradable, list[int]]:
    exercise = gradable(folder, checks=COUNTED)
    drawn: list[int] = exercise.checks[0].function.__globals__["drawn"]
    return exercise, drawn


def test_all_is_drawn_in_the_end_and_is_what_a_submission_gets(tmp_path: Path) -> None:
    exercise, drawn = _with_its_draws(tmp_path)
    ahead = DrawingAhead([exercise])

    assert ahead.wait(20)
    before = len(drawn)
    inputs_of(exercise.checks[0], 50, seed=1)
    inputs_of(exercise.checks[1], 50, seed=1)

    assert len(drawn) == before > 0


def test_it_stands_still_while_a_job_is_judged(tmp_path: Path) -> None:
    exercise, drawn = _with_its_draws(tmp_path)
    gate = threading.Event()
    waiting = gradable(tmp_path / "other", checks=COUNTED)
    waiting.checks[0].function.__globals__["drawn"] = _Gate(gate)
    ahead = DrawingAhead([waiting, exercise])

    with ahead.standing_still():
        gate.set()
        assert not ahead.wait(0.3)
        assert drawn == []

    assert ahead.wait(20)
    assert drawn != []


def test_it_can_be_stopped_in_the_middle(tmp_path: Path) -> None:
    exercise, _ = _with_its_draws(tmp_path)
    ahead = DrawingAhead([exercise] * 1000)

    ahead.stop()

    assert ahead.wait(0)


class _Gate(list[int]):
    """Drawing the first number waits until the gate is open."""

    def __init__(self, gate: threading.Event) -> None:
        super().__init__()
        self._gate = gate

    def append(self, number: int) -> None:
        assert self._gate.wait(20)
