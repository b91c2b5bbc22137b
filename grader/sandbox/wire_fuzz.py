"""`python -m grader fuzz-wire`: damaged frames for the reader that meets what student code sends.

Whatever arrives is a value, a StudentError or a SessionEnded, and takes no more memory than the caps allow.
"""

import argparse
import random
import time
import tracemalloc
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from grader.sandbox.errors import SessionEnded, StudentError
from grader.sandbox.exchange import ChannelClosed, Exchange
from grader.sandbox.harness import frames, wire
from grader.sandbox.limits import Limits
from grader.sandbox.session import Session
from grader.sandbox.watch import Watch

LIMITS = Limits(reply_bytes=1 << 20, reply_items=10_000)
REQUEST = 7  #: the number of the request that every frame answers
#: Of memory for a byte of the message: an array without dimensions takes 17 bytes there and 300 here.
EXPANSION = 40
ALLOWANCE_BYTES = 64 << 10
_DTYPES = ("?", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f2", "f4", "f8", "c8", "c16")
_TELLING = (0, 1, 2, 0x7F, 0x80, 0xFF, *b"NTFifIsbltpPmarjdq")
_COUNTS = (0, 1, 2, 3, 255, 10_001, 1 << 20, 1 << 24, (1 << 31) - 1, 1 << 31, (1 << 32) - 1)


class Escaped(Exception):
    """What came out of the reader, or what it took, and the frame."""

    def __init__(self, what: str, frame: bytes) -> None:
        super().__init__(f"{what}; the frame is {frame.hex()}")
        self.frame = frame


@dataclass(frozen=True)
class Tally:
    frames: int
    values: int  #: that were read after all
    errors: int  #: of the student's code, as the frame says
    refused: int
    most_bytes: int  #: of memory, by one frame
    took_s: float

    def __str__(self) -> str:
        return (
            f"{self.frames} damaged frames in {self.took_s:.1f} s: {self.refused} refused, {self.errors} read as an "
            f"error of the code, {self.values} as a value; nothing else came out, at most {self.most_bytes:,} bytes "
            f"were taken (a reply may have {LIMITS.reply_bytes:,})."
        )


def main(arguments: Sequence[str] | None = None, write: Callable[[str], None] = print) -> int:
    """0: the reader held; 1: it did not, and what was written holds the frame."""
    parser = argparse.ArgumentParser(prog="python -m grader fuzz-wire", description=__doc__)
    parser.add_argument("--frames", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args(arguments)
    try:
        write(str(fuzz(asked.frames, asked.seed)))
    except Escaped as escaped:
        write(f"Seed {asked.seed}: {escaped}")
        return 1
    return 0


def fuzz(count: int, seed: int, read: Callable[[bytes], str] | None = None) -> Tally:
    """Escaped: the reader let something through. `read` says what became of a frame: value, error or refused."""
    started = time.perf_counter()
    read = read or outcome
    came = {"value": 0, "error": 0, "refused": 0}
    most = 0
    tracemalloc.start()
    try:
        for frame in damaged_frames(count, random.Random(seed)):
            tracemalloc.reset_peak()
            before, _ = tracemalloc.get_traced_memory()
            came[_read_one(read, frame)] += 1
            taken = tracemalloc.get_traced_memory()[1] - before
            most = max(most, taken)
            if taken > LIMITS.reply_bytes + EXPANSION * len(frame) + ALLOWANCE_BYTES:
                raise Escaped(f"{taken} bytes were taken", frame)
    finally:
        tracemalloc.stop()
    took_s = time.perf_counter() - started
    return Tally(count, came["value"], came["error"], came["refused"], most, took_s)


def _read_one(read: Callable[[bytes], str], frame: bytes) -> str:
    try:
        return read(frame)
    except Exception as error:
        raise Escaped(f"{type(error).__name__}: {error}", frame) from error


def outcome(frame: bytes) -> str:
    """Of a session that gets this frame as its answer."""
    try:
        _Replayed(frame).answer()
    except StudentError:
        return "error"
    except (SessionEnded, ChannelClosed):
        return "refused"
    return "value"


class _ReplayedExchange(Exchange):
    """Its answer is given."""

    def __init__(self, frame: bytes) -> None:
        self._rest = memoryview(frame)
        self._number = REQUEST
        self.limit_to(LIMITS)

    def _read(self, length: int, watch: Watch | None) -> bytearray:
        if len(self._rest) < length:
            raise ChannelClosed
        data, self._rest = bytearray(self._rest[:length]), self._rest[length:]
        return data


class _Replayed(Session):
    """The judge's end of a session whose answer is given."""

    hidden_paths: tuple[str, ...] = ()

    def __init__(self, frame: bytes) -> None:
        self.ended, self.limits = None, LIMITS
        self._exchange: _ReplayedExchange = _ReplayedExchange(frame)
        self._zygote = self  # type: ignore[assignment]  # for its `hidden_paths`
        self._process = None
        self._lines = {"": 100}

    def answer(self) -> Any:
        raw = self._exchange._receive(REQUEST, None, LIMITS.reply_bytes)  # type: ignore[arg-type]  # nothing is waited for
        answer = self._exchange.read(raw)
        if answer.kind == frames.QUESTION:
            return self._exchange._answer_to(answer.value, [lambda *values: len(values)])
        return None if answer.kind == frames.LOADED else self._value(answer)


def damaged_frames(count: int, draw: random.Random) -> Iterator[bytes]:
    whole = valid_frames()
    for _ in range(count):
        frame = bytearray(draw.choice(whole))
        for _ in range(draw.choice((1, 1, 1, 2, 3, 8))):
            draw.choice(_DAMAGES)(frame, draw, whole)
        if (
            draw.random() < 0.7 and len(frame) >= frames.HEADER.size
        ):  # so that more than the header is looked at
            frames.HEADER.pack_into(frame, 0, bytes(frame[:1]), REQUEST, len(frame) - frames.HEADER.size)
        yield bytes(frame)


def valid_frames() -> list[bytes]:
    """Of every kind that a child sends, with every kind of value."""
    bodies: list[tuple[bytes, Any]] = [(frames.READY, None), (frames.LOADED, None)]
    bodies += [(frames.VALUE, value) for value in _values()]
    bodies += [
        (frames.ERROR, ["ZeroDivisionError", "division by zero\0\u202e" * 20, line, ""]) for line in (3, None)
    ]
    bodies += 6 * [(frames.QUESTION, [0, (1.5, np.arange(3.0))]), (frames.QUESTION, [0, ()])]
    return [_frame(kind, value) for kind, value in bodies]


def _values() -> list[Any]:
    grids = [np.ones((2, 3), dtype) for dtype in _DTYPES]
    plain = [None, True, False, 0, -1, 2**63 - 1, 2**70, -(2**4000), 1.5, float("nan"), "", "a€\n", b"\0\xff"]
    packed = [[0.5] * 9, [1] * 9, (1.0, 2.0, 3.0, 4.0), tuple(range(40))]
    nested = [[[[[["deep"]]]]], {"a": {1: [1.0, "x"], -(2**63): None}, "b": (np.float32(1), [])}, [None] * 50]
    empty = [np.zeros((0, 3)), np.zeros(()), np.zeros((1,) * 8), [], (), {}]
    return [*plain, *packed, *nested, *empty, *grids, [*plain, *packed, *grids]]


def _frame(kind: bytes, value: Any) -> bytes:
    data = wire.encode(value, wire.CAPS, bytearray(frames.HEADER.size))
    frames.HEADER.pack_into(data, 0, kind, REQUEST, len(data) - frames.HEADER.size)
    return bytes(data)


def _change(frame: bytearray, draw: random.Random, whole: list[bytes]) -> None:
    if frame:
        frame[draw.randrange(len(frame))] = draw.choice((*_TELLING, draw.randrange(256)))


def _recount(frame: bytearray, draw: random.Random, whole: list[bytes]) -> None:
    """Four bytes, which may have been a length."""
    at = draw.randrange(len(frame) + 1)
    frame[at : at + 4] = draw.choice(_COUNTS).to_bytes(4, "little")


def _cut(frame: bytearray, draw: random.Random, whole: list[bytes]) -> None:
    del frame[draw.randrange(len(frame) + 1) :]


def _drop(frame: bytearray, draw: random.Random, whole: list[bytes]) -> None:
    at = draw.randrange(len(frame) + 1)
    del frame[at : at + draw.randrange(1, 9)]


def _insert(frame: bytearray, draw: random.Random, whole: list[bytes]) -> None:
    at = draw.randrange(len(frame) + 1)
    frame[at:at] = draw.randbytes(draw.randrange(1, 9))


def _repeat(frame: bytearray, draw: random.Random, whole: list[bytes]) -> None:
    at = draw.randrange(len(frame) + 1)
    frame[at:at] = frame[at : at + draw.randrange(1, 40)] * draw.choice((1, 2, 30))


def _graft(frame: bytearray, draw: random.Random, whole: list[bytes]) -> None:
    """The body of another frame in the middle of this one."""
    at = draw.randrange(len(frame) + 1)
    frame[at:at] = draw.choice(whole)[frames.HEADER.size :]


_DAMAGES = (_change, _recount, _cut, _drop, _insert, _repeat, _graft)
