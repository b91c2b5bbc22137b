import importlib.util
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.checklist import CheckInfo
from grader.checks import Check
from grader.draws import inputs_of, smallest_failing
from grader.strategies import arrays, bit_widths, finite, integers, multiples, shapes


def check_with(visible: bool = True, **strategies: Any) -> Check:
    def example(solution: Any, **inputs: Any) -> None: ...

    example.strategies = strategies  # type: ignore[attr-defined]
    return Check(
        info=CheckInfo(name="example", points=1, visible=visible), function=example, strategies=strategies
    )


def test_visible_inputs_are_the_same_for_everybody_and_in_every_process() -> None:
    first, again = check_with(n=integers(0, 10**6)), check_with(n=integers(0, 10**6))

    assert inputs_of(first, 30, seed=1) == inputs_of(again, 30, seed=2)


def test_hidden_inputs_depend_on_the_seed_and_on_nothing_else() -> None:
    check = check_with(visible=False, n=integers(0, 10**6))

    assert inputs_of(check, 30, seed=1) == inputs_of(check, 30, seed=1)
    assert inputs_of(check, 30, seed=1) != inputs_of(check, 30, seed=2)
    assert len(inputs_of(check, 30, seed=1)) == 30


def test_a_check_without_inputs_runs_once() -> None:
    assert inputs_of(check_with(), 50, seed=0) == ({},)


def test_numbers_that_stand_in_loaded_modules_are_not_drawn(tmp_path: Path) -> None:
    """hypothesis would mix them in, and another worker with other modules would draw other inputs."""
    before = inputs_of(check_with(n=integers(0, 10**9)), 200, seed=0)
    file = tmp_path / "full_of_numbers.py"
    file.write_text("\n".join(f"x{i} = {10**8 + 7 * i}" for i in range(200)))
    spec = importlib.util.spec_from_file_location("full_of_numbers", file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["full_of_numbers"] = module
    try:
        spec.loader.exec_module(module)
        after = inputs_of(check_with(n=integers(0, 10**9)), 200, seed=0)
    finally:
        del sys.modules["full_of_numbers"]

    assert after == before


@settings(max_examples=20)
@given(limit=st.integers(1, 900))
def test_shrinking_ends_at_the_smallest_input_that_fails(limit: int) -> None:
    check = check_with(n=integers(0, 1000))
    seen: list[int] = []

    def fails(inputs: Any) -> bool:
        if inputs["n"] >= limit:
            seen.append(inputs["n"])
        return bool(inputs["n"] >= limit)

    smallest_failing(check, 100, fails)

    if seen:
        assert seen[-1] == limit


def test_a_function_that_answers_differently_each_time_does_not_stop_the_search() -> None:
    answers = iter([False, False, True] + [False] * 10_000)

    smallest_failing(check_with(n=integers(0, 1000)), 50, lambda inputs: next(answers))


class Stopped(BaseException):
    pass


def test_the_search_can_be_ended_from_within() -> None:
    def fails(inputs: Any) -> bool:
        raise Stopped

    with pytest.raises(Stopped):
        smallest_failing(check_with(n=integers(0, 9)), 50, fails)


@given(finite(-0.1, 0.3))
def test_finite_floats_stay_in_their_range_and_are_exact_in_single_precision(value: float) -> None:
    assert -0.1 <= value <= 0.3
    assert float(np.float32(value)) == value
    assert not (value == 0.0 and np.signbit(value))


@given(arrays(multiples(0.25, -8, 8), shape=shapes(min_dims=0, max_dims=3, max_side=3)))
def test_arrays_hold_what_their_elements_are_drawn_from(array: np.ndarray) -> None:
    assert array.dtype == np.float32
    assert np.array_equal(array * 4, np.rint(array * 4))
    assert np.abs(array).max(initial=0) <= 2


@given(bit_widths())
def test_bit_widths_are_those_of_small_codes(bits: int) -> None:
    assert 2 <= bits <= 8
