"""What both directions of the wire agree on: caps, what may cross, dtypes, packing, clean text."""

import re
import struct
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np


class WireError(ValueError):
    """The value cannot cross, or the bytes are not a value."""


class Caps(NamedTuple):
    max_bytes: int = 16 << 20  #: of a whole message; also of one array, counted as if no dimension were 0
    max_items: int = 200_000  #: values in a message, containers included
    max_depth: int = 32
    max_text_bytes: int = 1 << 20  #: of one str or bytes value
    max_int_bytes: int = 512  #: 4096 bits: str() of it stays under Python's limit of 4300 digits
    max_dims: int = 8


class Ref(NamedTuple):
    """Judge -> child only: an object of the exercise's support code, named ("support:evaluate"), never sent.

    With `args` it is a factory: the child calls it and passes the result on.
    """

    name: str
    args: tuple[Any, ...] | None = None


class JudgeFunction(NamedTuple):
    """Judge -> child only: a function that stays in the judge; the child gets a stub that asks for each value."""

    number: int


CAPS = Caps()
DTYPES = tuple(
    np.dtype(name)
    for name in [
        "?",
        "<i1",
        "<i2",
        "<i4",
        "<i8",
        "<u1",
        "<u2",
        "<u4",
        "<u8",
        "<f2",
        "<f4",
        "<f8",
        "<c8",
        "<c16",
    ]
)
DTYPE_CODE = {(dtype.kind, dtype.itemsize): code for code, dtype in enumerate(DTYPES)}
ALIGN = 16
PACK_FROM = 4  # shorter lists are written value by value
TAG_I64, TAG_F64, TAG_COUNT = struct.Struct("<cq"), struct.Struct("<cd"), struct.Struct("<cI")
I64, F64, COUNT = struct.Struct("<q"), struct.Struct("<d"), struct.Struct("<I")
INT64 = range(-(1 << 63), 1 << 63)

# What a page, a log or PostgreSQL must never meet: controls but \t and \n, bidi controls, surrogates, non-characters.
_DIRTY = re.compile(
    "[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufff9-\ufffb\ufffe\uffff]"
)


def clean(text: str) -> str:
    return text if text.isprintable() else _DIRTY.sub("\ufffd", text)


def packable(v: Sequence[Any]) -> str | None:
    """The array code that a list of nothing but floats, or of nothing but 64-bit integers, is packed with."""
    if len(v) < PACK_FROM:
        return None
    kinds = set(map(type, v))
    if kinds == {float}:
        return "d"
    if kinds == {int} and min(v) in INT64 and max(v) in INT64:
        return "q"
    return None


def padded_bytes(shape: tuple[int, ...], itemsize: int) -> int:
    """Size as if empty dimensions had length 1: (0, 10**9) is refused, because its sum(axis=0) is not empty."""
    for dimension in shape:
        itemsize *= dimension or 1
    return itemsize
