import sys
import tracemalloc
from collections import namedtuple
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from grader.sandbox.harness import wire
from grader.sandbox.harness.wire import Caps, JudgeFunction, Ref, WireError, decode, encode

DTYPES = ["?", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f2", "f4", "f8", "c8", "c16"]
WHOLE = st.integers(-(2**4000), 2**4000) | st.integers(-(2**70), 2**70) | st.integers(-9, 9)
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
NUMBERS = st.lists(st.floats(), max_size=9) | st.lists(st.integers(-(2**63), 2**63 - 1), max_size=9)
ARRAYS = st.sampled_from(DTYPES).flatmap(
    lambda dtype: arrays.arrays(dtype, arrays.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=4))
)
PLAIN = st.none() | st.booleans() | WHOLE | st.floats() | TEXT | st.binary(max_size=40) | NUMBERS | ARRAYS
VALUES = st.recursive(
    PLAIN,
    lambda inner: (
        st.lists(inner, max_size=5)
        | st.lists(inner, max_size=5).map(tuple)
        | st.dictionaries(TEXT | st.integers(-(2**63), 2**63 - 1), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(VALUES)
def test_a_value_comes_back_as_it_was(value: Any) -> None:
    assert same(value, decode(encode(value), untrusted=False))


@given(VALUES)
def test_a_value_that_crossed_twice_has_the_same_bytes(value: Any) -> None:
    message = encode(value)

    assert encode(decode(message, untrusted=False)) == message


@settings(max_examples=500)
@given(VALUES, st.data())
def test_damaged_messages_are_refused_or_are_other_values_with_one_encoding(
    value: Any, data: st.DataObject
) -> None:
    message = damaged(encode(value), data)
    try:
        result = decode(message, untrusted=False)
    except WireError:
        return
    assert encode(result) == message


@settings(max_examples=500)
@given(st.binary(max_size=200))
@example(b"a\x0b\x04" + b"\xe8\x03\x00\x00" * 4)
@example(b"p\x00\x00\x00\x40d")
@example(b"l\xff\xff\xff\x00")
@example(b"l\x01\x00\x00\x00" * 40)
def test_any_bytes_are_a_value_or_a_wire_error(message: bytes) -> None:
    try:
        decode(message)
    except WireError:
        return


@pytest.mark.parametrize(
    "message",
    [
        b"l\xf0\x49\x02\x00",  # a list of 150 000 values
        b"p\xf0\x49\x02\x00d",  # the same, packed
        b"m\xf0\x49\x02\x00",
        b"s\x00\x00\x10\x00",  # a megabyte of text
        b"I\x00\x02\x00\x00",
        b"a\x0b\x01\x00\x00\x20\x00",  # 16 MiB of float64
    ],
)
def test_a_promise_allocates_nothing(message: bytes) -> None:
    tracemalloc.start()
    try:
        with pytest.raises(WireError):
            decode(message)
        _, peak_bytes = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert peak_bytes < 20_000


@given(ARRAYS)
def test_arrays_are_aligned_writable_views_of_the_message(array: np.ndarray) -> None:
    message = encode([1, array])

    result = decode(message)[1]

    assert result.flags.aligned
    assert result.flags.writeable
    assert not result.size or np.shares_memory(result, np.frombuffer(message, np.uint8))


def test_memory_and_byte_order_do_not_cross() -> None:
    grid = np.arange(6.0).reshape(2, 3)

    assert same(decode(encode(grid.T)), np.ascontiguousarray(grid.T))
    assert same(decode(encode(grid[:, ::2])), grid[:, ::2].copy())
    assert same(decode(encode(np.arange(3, dtype=">f4"))), np.arange(3, dtype="<f4"))


def test_subclasses_arrive_as_what_they_hold() -> None:
    pair = namedtuple("pair", "a b")

    assert same(decode(encode(pair(1, 2))), (1, 2))
    assert same(decode(encode(np.float32(2))), np.asarray(np.float32(2)))
    assert same(decode(encode(np.ma.masked_array([1.0, 2.0], [True, False]))), np.array([1.0, 2.0]))
    assert same(decode(encode({np.int64(3): bytearray(b"x")})), {3: b"x"})


def test_texts_of_the_student_are_cleaned() -> None:
    assert decode(encode("a\0b\x1b[2J\u202e\n\t€")) == "a\ufffdb\ufffd[2J\ufffd\n\t€"


@pytest.mark.parametrize(
    "value",
    [
        {True: 1},
        {(1, 2): 3},
        {1.5: 2},
        {2**63: 1},
        (x for x in "ab"),
        np.array([None]),
        np.zeros(2, "M8[s]"),
        np.array(["text"]),
        np.zeros(2, [("a", "f4")]),
        np.longdouble(1),
        np.broadcast_to(np.float64(1), (1 << 16, 1 << 16)),
        np.zeros((0, 10**9)),
        np.zeros((1,) * 9),
        10**10_000,
        "\ud800",
        "x" * (2 << 20),
        b"x" * (2 << 20),
        [None] * 300_000,
        [0.0] * 300_000,
        object(),
        Exception,
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_is_no_plain_value_is_refused(value: Any) -> None:
    with pytest.raises(WireError):
        encode(value)


def test_a_container_that_contains_itself_is_refused() -> None:
    loop: list[Any] = []
    loop.append(loop)

    with pytest.raises(WireError, match="contains itself"):
        encode(loop)


def test_references_to_the_judges_side_are_for_the_child_only() -> None:
    for value in (Ref("support:f"), Ref("support:f", (1,)), JudgeFunction(0)):
        with pytest.raises(WireError, match="unknown tag"):
            decode(encode(value))
        assert decode(encode([value]), resolve=lambda ref: ref) == [value]


def test_a_message_may_not_be_longer_than_its_cap() -> None:
    with pytest.raises(WireError, match="at most 100"):
        encode(np.zeros(100), Caps(max_bytes=100))
    with pytest.raises(WireError, match="too long"):
        decode(encode("x" * 200), Caps(max_bytes=100))


def test_numbers_have_to_be_packed() -> None:
    loose = b"l\x04\x00\x00\x00" + b"f\0\0\0\0\0\0\0\0" * 4

    with pytest.raises(WireError, match="not packed"):
        decode(loose)


def test_keys_with_one_hash_do_not_take_the_readers_time() -> None:
    """Python's hash of an integer is its remainder modulo 2^61 - 1: looking one up among n such keys takes n steps."""
    keys = [k * (2**61 - 1) for k in range(1, 5000)]
    loose = b"".join(bytes(encode(key)) + b"N" for key in keys)

    with pytest.raises(WireError, match="dict key"):
        decode(b"m" + len(keys).to_bytes(4, "little") + loose)


def test_keys_that_become_equal_when_cleaned_are_refused() -> None:
    with pytest.raises(WireError, match="duplicate"):
        decode(encode({"a\0": 1, "a\1": 2}))


def test_the_wire_is_little_endian_like_the_machines_it_runs_on() -> None:
    assert sys.byteorder == "little"
    assert bytes(wire.encode(1)) == b"i\x01\0\0\0\0\0\0\0"


def same(a: Any, b: Any) -> bool:
    if type(a) is not type(b):
        return False
    if isinstance(a, np.ndarray):
        return a.dtype == b.dtype and a.shape == b.shape and a.tobytes() == b.tobytes()
    if isinstance(a, list | tuple):
        return len(a) == len(b) and all(map(same, a, b))
    if isinstance(a, dict):
        return a.keys() == b.keys() and all(same(a[key], b[key]) for key in a)
    return bool(a == b or (a != a and b != b))


def damaged(message: bytearray, data: st.DataObject) -> bytearray:
    for _ in range(data.draw(st.integers(1, 5))):
        position = data.draw(st.integers(0, len(message)))
        what = data.draw(st.sampled_from(["change", "cut", "insert"]))
        if what == "change":
            message[position : position + 1] = bytes(
                [data.draw(st.integers(0, 255) | st.sampled_from(b"NTFifsltpPmabIrj"))]
            )
        elif what == "cut":
            del message[position:]
        else:
            message[position:position] = data.draw(st.binary(min_size=1, max_size=9))
    return message
