"""At the door: of what an author's program may return, only plain values of a modest size get in."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from questionbank.draw_problem import CannotDraw, DrawProblem, catalogue, told
from questionbank.drawn_values import variant_from


@pytest.mark.parametrize(
    ("value", "key"),
    [
        (None, "not_fields"),
        ([1], "not_fields"),
        ({"code": 1}, "strange_field"),
        ({"params": {"a b": 1}}, "strange_name"),
        ({"params": {1: 1}}, "strange_name"),
        ({"params": {f"n{i}": i for i in range(61)}}, "too_many_values"),
        ({"params": {"a": list(range(201))}}, "too_many_values"),
        ({"params": {"a": np.zeros(10**6)}}, "too_many_values"),
        ({"params": {"a": np.zeros((2, 2))}}, "strange_value"),
        ({"params": {"a": "x" * 2001}}, "text_too_long"),
        ({"params": {"a": "x\0"}}, "strange_value"),
        ({"params": {"a": b"x"}}, "strange_value"),
        ({"params": {"a": {"b": 1}}}, "strange_value"),
        ({"params": {"a": 1 << 300}}, "number_too_large"),
        ({"params": {"a": float("nan")}}, "not_finite"),
        ({"options": {"a": [float("inf")]}}, "not_finite"),
        ({"key": "3"}, "not_a_number"),
        ({"key": True}, "not_a_number"),
        ({"slips": {"a": None}}, "not_a_number"),
        ({"slips": [1]}, "strange_value"),
    ],
)
def test_what_no_question_can_show_is_refused_by_name(value: Any, key: str) -> None:
    with pytest.raises(CannotDraw) as refused:
        variant_from(value)
    assert refused.value.problem.key == key


_ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.binary(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=100)
@given(
    value=st.fixed_dictionaries({}, optional=dict.fromkeys(("params", "options", "key", "slips"), _ANYTHING))
)
def test_whatever_gets_in_is_json_that_comes_back_as_it_is(value: Any) -> None:
    try:
        variant = variant_from(value)
    except CannotDraw:
        return
    assert variant_from({**value, "params": variant.params}) == variant
    assert "NaN" not in variant.as_text


@pytest.mark.parametrize("language", ["en", "pt-br"])
@pytest.mark.parametrize("key", list(catalogue()))
def test_every_problem_reads_in_both_languages_with_any_parameters(key: str, language: str) -> None:
    problem = DrawProblem(key, {"text": "{0.__class__}"}, DrawProblem("taken"))
    assert set(catalogue()[key]) == {"en", "pt-br"}
    assert told(DrawProblem.from_json(problem.to_json()), language)
