"""Values to bytes: the format is told in wire.py."""

import struct
from array import array
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from .wire_format import (
    ALIGN,
    DTYPE_CODE,
    DTYPES,
    INT64,
    TAG_COUNT,
    TAG_F64,
    TAG_I64,
    Caps,
    JudgeFunction,
    Ref,
    WireError,
    packable,
    padded_bytes,
)


class Writer:
    __slots__ = ("base", "caps", "convert", "items", "out")

    def __init__(self, caps: Caps, out: bytearray, convert: Callable[[Any], Any] | None) -> None:
        self.caps, self.out, self.convert = caps, out, convert
        self.base, self.items = len(out), 0

    def put(self, v: Any, depth: int) -> None:
        self._count(1)
        put = _PUT.get(type(v))
        if put is None:
            self._put_other(v, depth)
        else:
            put(self, v, depth)

    def _count(self, items: int) -> None:
        self.items += items
        if self.items > self.caps.max_items:
            raise WireError(f"more than {self.caps.max_items} values; send an array instead")

    def _put_none(self, v: None, depth: int) -> None:
        self.out += b"N"

    def _put_bool(self, v: bool, depth: int) -> None:
        self.out += b"T" if v else b"F"

    def _put_float(self, v: float, depth: int) -> None:
        self.out += TAG_F64.pack(b"f", v)

    def _put_int(self, v: int, depth: int) -> None:
        if v in INT64:
            self.out += TAG_I64.pack(b"i", v)
            return
        size = v.bit_length() // 8 + 1
        if size > self.caps.max_int_bytes:
            raise WireError(f"an integer of {v.bit_length()} bits; at most {8 * self.caps.max_int_bytes - 1}")
        self.out += TAG_COUNT.pack(b"I", size)
        self.out += v.to_bytes(size, "little", signed=True)

    def _put_str(self, v: str, depth: int) -> None:
        self._put_text(b"s", v)

    def _put_text(self, tag: bytes, v: str) -> None:
        if len(v) > self.caps.max_text_bytes:
            raise WireError(f"text of {len(v)} characters; at most {self.caps.max_text_bytes} bytes")
        try:
            data = v.encode()
        except UnicodeEncodeError:
            raise WireError("text with lone surrogates") from None
        self._put_data(tag, data)

    def _put_bytes(self, v: bytes, depth: int) -> None:
        self._put_data(b"b", v)

    def _put_data(self, tag: bytes, data: bytes) -> None:
        if len(data) > self.caps.max_text_bytes:
            raise WireError(f"text of {len(data)} bytes; at most {self.caps.max_text_bytes}")
        self.out += TAG_COUNT.pack(tag, len(data))
        self.out += data

    def _enter(self, v: Sequence[Any] | dict[Any, Any], depth: int) -> None:
        if depth >= self.caps.max_depth:
            raise WireError(
                f"nested more than {self.caps.max_depth} deep, or a container that contains itself"
            )
        if len(v) > self.caps.max_items:
            raise WireError(f"more than {self.caps.max_items} values; send an array instead")

    def _put_list(self, v: list[Any], depth: int) -> None:
        self._put_sequence(b"l", b"p", v, depth)

    def _put_tuple(self, v: tuple[Any, ...], depth: int) -> None:
        self._put_sequence(b"t", b"P", v, depth)

    def _put_sequence(self, tag: bytes, packed_tag: bytes, v: Sequence[Any], depth: int) -> None:
        self._enter(v, depth)
        code = packable(v)
        if code is not None:
            self._count(len(v))
            self.out += TAG_COUNT.pack(packed_tag, len(v))
            self.out += code.encode()
            self.out += array(code, v).tobytes()
            return
        self.out += TAG_COUNT.pack(tag, len(v))
        for item in v:
            self.put(item, depth + 1)

    def _put_dict(self, v: dict[Any, Any], depth: int) -> None:
        self._enter(v, depth)
        self.out += TAG_COUNT.pack(b"m", len(v))
        for key, item in v.items():
            self._put_key(key)
            self.put(item, depth + 1)

    def _put_key(self, key: Any) -> None:
        if isinstance(key, str):
            self._put_text(b"s", str(key))
        elif isinstance(key, (int, np.integer)) and not isinstance(key, bool):
            if (
                int(key) not in INT64
            ):  # multiples of 2^61 - 1 have one hash: a dict of them takes the reader minutes
                raise WireError("a dict key of more than 64 bits")
            self._put_int(int(key), 0)
        else:
            raise WireError(f"dict keys must be text or whole numbers, not {_type_name(key)}")

    def _put_array(self, v: np.ndarray, depth: int) -> None:
        code = DTYPE_CODE.get((v.dtype.kind, v.dtype.itemsize))
        if code is None:
            raise WireError(f"an array of dtype {v.dtype} cannot be sent; send a numeric array")
        if v.ndim > self.caps.max_dims:
            raise WireError(f"an array of {v.ndim} dimensions; at most {self.caps.max_dims}")
        if padded_bytes(v.shape, v.itemsize) > self.caps.max_bytes:
            raise WireError(
                f"an array of shape {v.shape} and dtype {v.dtype}; at most {self.caps.max_bytes} bytes"
            )
        self.out += b"a" + bytes((code, v.ndim)) + struct.pack(f"<{v.ndim}I", *v.shape)
        self.out += bytes(-(len(self.out) - self.base) % ALIGN)
        if not v.size:
            return
        plain = np.asarray(v, dtype=DTYPES[code], order="C")
        self.out += plain.reshape(-1).view(np.uint8).data

    def _put_ref(self, v: Ref, depth: int) -> None:
        self._put_text(b"r", v.name)
        self.put(None if v.args is None else list(v.args), depth + 1)

    def _put_judge_function(self, v: JudgeFunction, depth: int) -> None:
        self.out += TAG_COUNT.pack(b"j", v.number)

    def _put_other(self, v: Any, depth: int) -> None:
        """Subclasses become their plain base: the class does not cross."""
        self.items -= 1
        plain = self._plain(v)
        if type(plain) not in _PUT:
            raise WireError(
                f"a value of type {_type_name(v)} cannot be sent; use numbers, text, lists, dicts or arrays"
            )
        self.put(plain, depth)

    def _plain(self, v: Any) -> Any:
        if isinstance(v, (np.generic, np.ndarray)):  # np.float32(1) keeps its dtype as a 0-d array
            return np.array(v, copy=None, subok=False)
        plain = NotImplemented if self.convert is None else self.convert(v)
        if plain is not NotImplemented:
            return plain
        for base in _PLAIN_TYPES:
            if isinstance(v, base):
                return base(v)
        if isinstance(v, (bytearray, memoryview)):
            return bytes(v)
        return v


_PUT: dict[type, Callable[[Writer, Any, int], None]] = {
    type(None): Writer._put_none,
    bool: Writer._put_bool,
    int: Writer._put_int,
    float: Writer._put_float,
    str: Writer._put_str,
    bytes: Writer._put_bytes,
    list: Writer._put_list,
    tuple: Writer._put_tuple,
    dict: Writer._put_dict,
    np.ndarray: Writer._put_array,
    Ref: Writer._put_ref,
    JudgeFunction: Writer._put_judge_function,
}


_PLAIN_TYPES: tuple[type[Any], ...] = (int, float, str, bytes, list, tuple, dict)


def _type_name(v: Any) -> str:
    return str(type(v).__name__)[:100]
