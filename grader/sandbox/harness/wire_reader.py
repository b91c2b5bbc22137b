"""Bytes to values, whatever the bytes: the format is told in wire.py."""

import struct
from array import array
from collections.abc import Callable
from typing import Any

import numpy as np

from .wire_format import (
    ALIGN,
    COUNT,
    DTYPES,
    F64,
    I64,
    INT64,
    PACK_FROM,
    Caps,
    JudgeFunction,
    Ref,
    WireError,
    clean,
    packable,
    padded_bytes,
)


class Reader:
    __slots__ = ("buffer", "caps", "items", "position", "resolve", "size", "untrusted")

    def __init__(
        self,
        buffer: bytes | bytearray,
        caps: Caps,
        untrusted: bool,
        resolve: Callable[[Ref | JudgeFunction], Any] | None,
    ) -> None:
        self.buffer, self.caps, self.untrusted, self.resolve = buffer, caps, untrusted, resolve
        self.size, self.position, self.items = len(buffer), 0, 0

    def get(self, depth: int) -> Any:
        self.items += 1
        if self.items > self.caps.max_items:
            raise WireError("too many values")
        tag = self.buffer[self.position]
        self.position += 1
        get = _GET.get(tag)
        if get is not None:
            return get(self, depth)
        if self.resolve is not None and tag == ord("r"):
            return self._ref(depth)
        if self.resolve is not None and tag == ord("j"):
            return self.resolve(JudgeFunction(self._unsigned()))
        raise WireError("unknown tag")

    def _none(self, depth: int) -> None:
        return None

    def _true(self, depth: int) -> bool:
        return True

    def _false(self, depth: int) -> bool:
        return False

    def _float(self, depth: int) -> float:
        value: float = F64.unpack_from(self.buffer, self.position)[0]
        self.position += 8
        return value

    def _int(self, depth: int) -> int:
        value: int = I64.unpack_from(self.buffer, self.position)[0]
        self.position += 8
        return value

    def _big_int(self, depth: int) -> int:
        data = self._data(self.caps.max_int_bytes)
        value = int.from_bytes(data, "little", signed=True)
        if value.bit_length() // 8 + 1 != len(data) or value in INT64:
            raise WireError("integer not in its shortest form")
        return value

    def _unsigned(self) -> int:
        value: int = COUNT.unpack_from(self.buffer, self.position)[0]
        self.position += 4
        return value

    def _data(self, cap: int) -> bytes | bytearray:
        length = self._unsigned()
        if length > cap or length > self.size - self.position:
            raise WireError("length")
        self.position += length
        return self.buffer[self.position - length : self.position]

    def _bytes(self, depth: int) -> bytes:
        return bytes(self._data(self.caps.max_text_bytes))

    def _text(self, depth: int) -> str:
        try:
            text = str(self._data(self.caps.max_text_bytes), "utf-8")
        except UnicodeDecodeError:
            raise WireError("not UTF-8") from None
        return clean(text) if self.untrusted else text

    def _length(self, depth: int, bytes_each: int) -> int:
        """Of a container: its values take at least `bytes_each` bytes, so it cannot promise more than is there."""
        count = self._unsigned()
        if count * bytes_each > self.size - self.position or count > self.caps.max_items - self.items:
            raise WireError("count")
        if depth >= self.caps.max_depth:
            raise WireError("depth")
        return count

    def _list(self, depth: int) -> list[Any]:
        values = [self.get(depth + 1) for _ in range(self._length(depth, 1))]
        if packable(values) is not None:
            raise WireError("numbers not packed")
        return values

    def _tuple(self, depth: int) -> tuple[Any, ...]:
        return tuple(self._list(depth))

    def _packed_list(self, depth: int) -> list[Any]:
        count = self._length(depth, 8)
        code = chr(self.buffer[self.position])
        self.position += 1
        if count < PACK_FROM or code not in "dq" or 8 * count > self.size - self.position:
            raise WireError("packed numbers")
        self.items += count
        numbers = array(code)
        numbers.frombytes(self.buffer[self.position : self.position + 8 * count])
        self.position += 8 * count
        return numbers.tolist()

    def _packed_tuple(self, depth: int) -> tuple[Any, ...]:
        return tuple(self._packed_list(depth))

    def _dict(self, depth: int) -> dict[str | int, Any]:
        count = self._length(depth, 2)
        result: dict[str | int, Any] = {}
        for _ in range(count):
            key = self._key()
            result[key] = self.get(depth + 1)
        if len(result) != count:
            raise WireError("duplicate key")
        return result

    def _key(self) -> str | int:
        tag = chr(self.buffer[self.position])
        self.position += 1
        if tag == "s":
            return self._text(0)
        if tag == "i":
            return self._int(0)
        raise WireError("dict key")

    def _array(self, depth: int) -> np.ndarray:
        code, ndim = self.buffer[self.position], self.buffer[self.position + 1]
        if code >= len(DTYPES) or ndim > self.caps.max_dims:
            raise WireError("dtype or dimensions")
        shape: tuple[int, ...] = struct.unpack_from(f"<{ndim}I", self.buffer, self.position + 2)
        start = self._padding_end(self.position + 2 + 4 * ndim)
        dtype = DTYPES[code]
        if padded_bytes(shape, dtype.itemsize) > self.caps.max_bytes:
            raise WireError("array too big")
        length = 0 if 0 in shape else padded_bytes(shape, dtype.itemsize)
        if start > self.size or length > self.size - start:
            raise WireError("array longer than the message")
        self.position = start + length
        if code == 0 and length and np.frombuffer(self.buffer, np.uint8, length, start).max() > 1:
            raise WireError("a bool that is neither 0 nor 1")
        return np.ndarray(shape, dtype, self.buffer, start) if length else np.empty(shape, dtype)

    def _padding_end(self, position: int) -> int:
        end = position + -position % ALIGN
        if any(self.buffer[position:end]):
            raise WireError("padding")
        return end

    def _ref(self, depth: int) -> Any:
        name = self._text(depth)
        args = self.get(depth + 1)
        assert self.resolve is not None
        return self.resolve(Ref(name, None if args is None else tuple(args)))


_GET: dict[int, Callable[[Reader, int], Any]] = {
    ord("N"): Reader._none,
    ord("T"): Reader._true,
    ord("F"): Reader._false,
    ord("f"): Reader._float,
    ord("i"): Reader._int,
    ord("I"): Reader._big_int,
    ord("s"): Reader._text,
    ord("b"): Reader._bytes,
    ord("l"): Reader._list,
    ord("t"): Reader._tuple,
    ord("p"): Reader._packed_list,
    ord("P"): Reader._packed_tuple,
    ord("m"): Reader._dict,
    ord("a"): Reader._array,
}
