"""Plain values <-> bytes, the same on both sides of the sandbox's wall.

    None bool int float str bytes list tuple dict(keys: text, 64-bit integers) ndarray(dtype from a fixed table)

One tag byte per value, little-endian, C order; lists of floats or of 64-bit integers are packed. No pickle, no
`np.dtype(text)`, no class names. `decode` survives any bytes: every length is compared with what is left of the
message and with a cap before anything is allocated, and each value has exactly one encoding, so that a message
which decodes can be hashed or compared. Both raise WireError and nothing else.

Arrays are padded to 16 bytes inside the message and come back as views of the received buffer:
zero copies, aligned, writable when the buffer is a bytearray.
"""

import struct
from collections.abc import Callable
from typing import Any

from .wire_format import CAPS, Caps, JudgeFunction, Ref, WireError, clean
from .wire_reader import Reader
from .wire_writer import Writer

__all__ = ["CAPS", "Caps", "JudgeFunction", "Ref", "WireError", "clean", "decode", "encode"]


def encode(
    value: Any,
    caps: Caps = CAPS,
    out: bytearray | None = None,
    convert: Callable[[Any], Any] | None = None,
) -> bytearray:
    """Append `value` to `out` (a frame's header may stand there already).

    `convert(v)` may turn a foreign type into a plain one (torch tensors into arrays) or return NotImplemented.
    """
    writer = Writer(caps, bytearray() if out is None else out, convert)
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
    reader = Reader(buffer, caps, untrusted, resolve)
    try:
        value = reader.get(0)
    except (IndexError, struct.error):
        raise WireError("message too short") from None
    except RecursionError:
        raise WireError("nested too deeply") from None
    if reader.position != len(buffer):
        raise WireError("trailing bytes")
    return value
