import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prova.assignments.texts import storable, visible

texts = st.text(st.characters(codec=None) | st.sampled_from("\0\ud800\udfff"))
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | texts,
    lambda inner: st.lists(inner) | st.dictionaries(texts, inner),
)


@given(values)
def test_whatever_a_report_holds_can_be_stored(value):
    text = json.dumps(storable(value), allow_nan=False, ensure_ascii=False)
    assert "\\u0000" not in text
    text.encode()


@given(values)
def test_cleaning_twice_changes_nothing(value):
    assert storable(storable(value)) == storable(value)


@pytest.mark.parametrize("value", [math.nan, math.inf, [1, {"a": -math.inf}], b"bytes", object()])
def test_what_json_cannot_hold_is_refused(value):
    with pytest.raises(ValueError, match="not"):
        storable(value)


@given(texts)
def test_nothing_that_steers_a_terminal_or_the_reading_direction_is_left(text):
    shown = visible(text)
    assert not set(shown) & set(
        map(chr, [*range(9), *range(11, 32), 127, *range(0x80, 0xA0), 0x202E, 0x2066, 0x200B])
    )


def test_ordinary_text_is_shown_as_it_is():
    assert visible("ação:\n\t[1, 2] → ∞ 🙂") == "ação:\n\t[1, 2] → ∞ 🙂"


def test_escapes_are_shown_as_pictures():
    assert visible("\x1b[31mred\u202e") == "␛[31mred[U+202E]"
