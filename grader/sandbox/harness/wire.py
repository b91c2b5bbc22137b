"""Plain values <-> bytes, the same on both sides of the sandbox's wall.

    None bool int float str bytes list tuple dict(keys: text, 64-bit integers) ndarray(dtype from a fixed table)

One tag byte per value, little-endian, C order; lists of floats or of 64-bit integers are packed. No pickle, no
`np.dtype(text)`, no class names. `decode` survives any bytes: every length is compared with what is left of the
message and with a cap before anything is allocated, and each value has exactly one encoding, so that a message
which decodes can be hashed or compared. Both raise WireError and nothing else.

Arrays are padded to 16 bytes inside the message and come back as views of the received buffer:
zero copies, aligned, writable when the buffer is a bytearray.
"""

import re
import struct
from array import array
from collections.abc import Callable, Sequence
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
_DTYPES = tuple(
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
_DTYPE_CODE = {(dtype.kind, dtype.itemsize): code for code, dtype in enumerate(_DTYPES)}
_ALIGN = 16
_PACK_FROM = 4  # shorter lists are written value by value
_TAG_I64, _TAG_F64, _TAG_COUNT = struct.Struct("<cq"), struct.Struct("<cd"), struct.Struct("<cI")
_I64, _F64, _COUNT = struct.Struct("<q"), struct.Struct("<d"), struct.Struct("<I")
_INT64 = range(-(1 << 63), 1 << 63)

# What a page, a log or PostgreSQL must never meet: controls but \t and \n, bidi controls, surrogates, non-characters.
_DIRTY = re.compile(
    "[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufff9-\ufffb\ufffe\uffff]"
)


def clean(text: str) -> str:
    return text if text.isprintable() else _DIRTY.sub("\ufffd", text)


def encode(
    value: Any,
    caps: Caps = CAPS,
    out: bytearray | None = None,
    convert: Callable[[Any], Any] | None = None,
) -> bytearray:
    """Append `value` to `out` (a frame's header may stand there already).

    `convert(v)` may turn a foreign type into a plain one (torch tensors into arrays) or return NotImplemented.
    """
    writer = _Writer(caps, bytearray() if out is None else out, convert)
    writer.put(value, 0)
    if len(writer.out) - writer.base > caps.max_bytes:
        raise WireError(f"a value of {len(writer.out) - writer.base} bytes; at most {caps.max_bytes}")
    return writer.out


def decode(
    buffer: bytes | bytearray,
    caps: Caps = CAPS,
    untrusted: bool = True,
    resolve: Callable[[Ref | JudgeFunction], Any] | None = None,
) -> Any:
    """`buffer` holds exactly one value. `untrusted` cleans every text.

    `resolve` turns Ref and JudgeFunction into objects; only the child passes it, without it both are refused.
    """
    if len(buffer) > caps.max_bytes:
        raise WireError("message too long")
    reader = _Reader(buffer, caps, untrusted, resolve)
    try:
        value = reader.get(0)
    except (IndexError, struct.error):
        raise WireError("message too short") from None
    except RecursionError:
        raise WireError("nested too deeply") from None
    if reader.position != len(buffer):
        raise WireError("trailing bytes")
    return value


class _Writer:
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
        self.out += _TAG_F64.pack(b"f", v)

    def _put_int(self, v: int, depth: int) -> None:
        if v in _INT64:
            self.out += _TAG_I64.pack(b"i", v)
            return
        size = v.bit_length() // 8 + 1
        if size > self.caps.max_int_bytes:
            raise WireError(f"an integer of {v.bit_length()} bits; at most {8 * self.caps.max_int_bytes - 1}")
        self.out += _TAG_COUNT.pack(b"I", size)
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
        self.out += _TAG_COUNT.pack(tag, len(data))
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
        code = _packable(v)
        if code is not None:
            self._count(len(v))
            self.out += _TAG_COUNT.pack(packed_tag, len(v))
            self.out += code.encode()
            self.out += array(code, v).tobytes()
            return
        self.out += _TAG_COUNT.pack(tag, len(v))
        for item in v:
            self.put(item, depth + 1)

    def _put_dict(self, v: dict[Any, Any], depth: int) -> None:
        self._enter(v, depth)
        self.out += _TAG_COUNT.pack(b"m", len(v))
        for key, item in v.items():
            self._put_key(key)
            self.put(item, depth + 1)

    def _put_key(self, key: Any) -> None:
        if isinstance(key, str):
            self._put_text(b"s", str(key))
        elif isinstance(key, (int, np.integer)) and not isinstance(key, bool):
            if (
                int(key) not in _INT64
            ):  # multiples of 2^61 - 1 have one hash: a dict of them takes the reader minutes
                raise WireError("a dict key of more than 64 bits")
            self._put_int(int(key), 0)
        else:
            raise WireError(f"dict keys must be text or whole numbers, not {_type_name(key)}")

    def _put_array(self, v: np.ndarray, depth: int) -> None:
        code = _DTYPE_CODE.get((v.dtype.kind, v.dtype.itemsize))
        if code is None:
            raise WireError(f"an array of dtype {v.dtype} cannot be sent; send a numeric array")
        if v.ndim > self.caps.max_dims:
            raise WireError(f"an array of {v.ndim} dimensions; at most {self.caps.max_dims}")
        if _padded_bytes(v.shape, v.itemsize) > self.caps.max_bytes:
            raise WireError(
                f"an array of shape {v.shape} and dtype {v.dtype}; at most {self.caps.max_bytes} bytes"
            )
        self.out += b"a" + bytes((code, v.ndim)) + struct.pack(f"<{v.ndim}I", *v.shape)
        self.out += bytes(-(len(self.out) - self.base) % _ALIGN)
        if not v.size:
            return
        plain = np.asarray(v, dtype=_DTYPES[code], order="C")
        self.out += plain.reshape(-1).view(np.uint8).data

    def _put_ref(self, v: Ref, depth: int) -> None:
        self._put_text(b"r", v.name)
        self.put(None if v.args is None else list(v.args), depth + 1)

    def _put_judge_function(self, v: JudgeFunction, depth: int) -> None:
        self.out += _TAG_COUNT.pack(b"j", v.number)

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


_PUT: dict[type, Callable[[_Writer, Any, int], None]] = {
    type(None): _Writer._put_none,
    bool: _Writer._put_bool,
    int: _Writer._put_int,
    float: _Writer._put_float,
    str: _Writer._put_str,
    bytes: _Writer._put_bytes,
    list: _Writer._put_list,
    tuple: _Writer._put_tuple,
    dict: _Writer._put_dict,
    np.ndarray: _Writer._put_array,
    Ref: _Writer._put_ref,
    JudgeFunction: _Writer._put_judge_function,
}


_PLAIN_TYPES: tuple[type[Any], ...] = (int, float, str, bytes, list, tuple, dict)


def _type_name(v: Any) -> str:
    return str(type(v).__name__)[:100]


def _packable(v: Sequence[Any]) -> str | None:
    """The array code that a list of nothing but floats, or of nothing but 64-bit integers, is packed with."""
    if len(v) < _PACK_FROM:
        return None
    kinds = set(map(type, v))
    if kinds == {float}:
        return "d"
    if kinds == {int} and min(v) in _INT64 and max(v) in _INT64:
        return "q"
    return None


def _padded_bytes(shape: tuple[int, ...], itemsize: int) -> int:
    """Size as if empty dimensions had length 1: (0, 10**9) is refused, because its sum(axis=0) is not empty."""
    for dimension in shape:
        itemsize *= dimension or 1
    return itemsize


class _Reader:
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
        value: float = _F64.unpack_from(self.buffer, self.position)[0]
        self.position += 8
        return value

    def _int(self, depth: int) -> int:
        value: int = _I64.unpack_from(self.buffer, self.position)[0]
        self.position += 8
        return value

    def _big_int(self, depth: int) -> int:
        data = self._data(self.caps.max_int_bytes)
        value = int.from_bytes(data, "little", signed=True)
        if value.bit_length() // 8 + 1 != len(data) or value in _INT64:
            raise WireError("integer not in its shortest form")
        return value

    def _unsigned(self) -> int:
        value: int = _COUNT.unpack_from(self.buffer, self.position)[0]
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
        if _packable(values) is not None:
            raise WireError("numbers not packed")
        return values

    def _tuple(self, depth: int) -> tuple[Any, ...]:
        return tuple(self._list(depth))

    def _packed_list(self, depth: int) -> list[Any]:
        count = self._length(depth, 8)
        code = chr(self.buffer[self.position])
        self.position += 1
        if count < _PACK_FROM or code not in "dq" or 8 * count > self.size - self.position:
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
        if code >= len(_DTYPES) or ndim > self.caps.max_dims:
            raise WireError("dtype or dimensions")
        shape: tuple[int, ...] = struct.unpack_from(f"<{ndim}I", self.buffer, self.position + 2)
        start = self._padding_end(self.position + 2 + 4 * ndim)
        dtype = _DTYPES[code]
        if _padded_bytes(shape, dtype.itemsize) > self.caps.max_bytes:
            raise WireError("array too big")
        length = 0 if 0 in shape else _padded_bytes(shape, dtype.itemsize)
        if start > self.size or length > self.size - start:
            raise WireError("array longer than the message")
        self.position = start + length
        if code == 0 and length and np.frombuffer(self.buffer, np.uint8, length, start).max() > 1:
            raise WireError("a bool that is neither 0 nor 1")
        return np.ndarray(shape, dtype, self.buffer, start) if length else np.empty(shape, dtype)

    def _padding_end(self, position: int) -> int:
        end = position + -position % _ALIGN
        if any(self.buffer[position:end]):
            raise WireError("padding")
        return end

    def _ref(self, depth: int) -> Any:
        name = self._text(depth)
        args = self.get(depth + 1)
        assert self.resolve is not None
        return self.resolve(Ref(name, None if args is None else tuple(args)))


_GET: dict[int, Callable[[_Reader, int], Any]] = {
    ord("N"): _Reader._none,
    ord("T"): _Reader._true,
    ord("F"): _Reader._false,
    ord("f"): _Reader._float,
    ord("i"): _Reader._int,
    ord("I"): _Reader._big_int,
    ord("s"): _Reader._text,
    ord("b"): _Reader._bytes,
    ord("l"): _Reader._list,
    ord("t"): _Reader._tuple,
    ord("p"): _Reader._packed_list,
    ord("P"): _Reader._packed_tuple,
    ord("m"): _Reader._dict,
    ord("a"): _Reader._array,
}
