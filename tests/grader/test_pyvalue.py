from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.pyvalue import as_python

NAMES = {"np": np}
dtypes = st.sampled_from(["float32", "float64", "uint8", "int8", "int64", "bool"])


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers(-99, 99) | st.floats(allow_nan=False), st.lists, max_leaves=5
    )
)
def test_the_text_of_a_value_gives_the_value_back(value: Any) -> None:
    assert eval(as_python(value), dict(NAMES)) == value  # noqa: S307


@given(dtype=dtypes, sides=st.lists(st.integers(0, 3), max_size=3), start=st.integers(0, 90))
def test_the_text_of_an_array_gives_its_values_shape_and_dtype_back(
    dtype: str, sides: list[int], start: int
) -> None:
    array = (np.arange(start, start + np.prod(sides, dtype=int)).reshape(sides) / 3).astype(dtype)

    back = eval(as_python(array, max_chars=1000), dict(NAMES))  # noqa: S307

    assert back.dtype == array.dtype
    assert back.shape == array.shape
    assert np.array_equal(back, array)


def test_single_precision_is_shown_with_the_digits_it_has() -> None:
    assert as_python(np.array([0.1], np.float32)) == "np.array([0.1], dtype=np.float32)"


@pytest.mark.parametrize(
    "value", ["x" * 10_000, list(range(10_000)), np.zeros((100, 100)), {i: i for i in range(9999)}, 10**4000]
)
def test_long_values_are_cut_and_say_so(value: Any) -> None:
    text = as_python(value)

    assert len(text) <= 400
    assert "…" in text


def test_special_numbers_can_be_typed() -> None:
    text = as_python([float("nan"), float("inf"), -float("inf")])

    assert text == "[np.nan, np.inf, -np.inf]"
