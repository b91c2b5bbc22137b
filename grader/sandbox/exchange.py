"""Requests and answers on the judge's end of a session's socket. What comes back is not trusted.

Requests may be sent together. They are answered in their order, each answer under its request's number.
"""

import select
import socket
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from grader.sandbox.errors import SessionEnded
from grader.sandbox.harness import frames, wire
from grader.sandbox.limits import Limits
from grader.sandbox.printed import PrintedText
from grader.sandbox.watch import Watch

_REQUESTS = wire.Caps(max_bytes=1 << 30, max_items=10_000_000, max_text_bytes=1 << 28)


class ChannelClosed(Exception):
    """By the student's process, or with its end."""


class RawAnswer(NamedTuple):
    kind: bytes
    body: bytearray  #: one wire value, of which nothing is known


class Answer(NamedTuple):
    kind: bytes
    value: Any


JudgeFunctions = Sequence[Callable[..., Any]]


def encoded(value: Any) -> bytes:
    """The body of a request."""
    return bytes(wire.encode(value, _REQUESTS))


class Exchange:
    def __init__(self, channel: socket.socket, printed: PrintedText) -> None:
        self._channel, self._printed = channel, printed
        self._poll = select.poll()
        self._poll.register(channel, select.POLLIN)
        self._poll.register(printed.descriptor, select.POLLIN)
        self._limits = Limits()
        self._reply_caps = wire.CAPS
        self._number = 0
        self._unsent: memoryview | None = None

    def limit_to(self, limits: Limits) -> None:
        self._limits = limits
        self._reply_caps = wire.CAPS._replace(max_bytes=limits.reply_bytes, max_items=limits.reply_items)

    def frame(self, kind: bytes, value: Any, *, same_request: bool = False) -> bytearray:
        if not same_request:
            self._number += 1
        data = wire.encode(value, _REQUESTS, bytearray(frames.HEADER.size))
        frames.HEADER.pack_into(data, 0, kind, self._number, len(data) - frames.HEADER.size)
        return data

    def read(self, answer: RawAnswer) -> Answer:
        """SessionEnded: no value can be made of it."""
        try:
            return Answer(answer.kind, wire.decode(answer.body, self._reply_caps))
        except wire.WireError as error:
            raise SessionEnded("broken_channel", str(error)) from None

    def ask(self, request: bytearray, watch: Watch, functions: JudgeFunctions = ()) -> Answer:
        """SessionEnded: a limit, or what no honest process does. ChannelClosed: it is gone. What a function of the judge
        raises passes through."""
        self._begin(request)
        questions = 0
        while True:
            answer = self.read(self._receive(self._number, watch, self._limits.reply_bytes))
            if answer.kind != frames.QUESTION:
                break
            questions += 1
            watch.pause_s()  # who sends questions ahead is never waited for, and answering them is time of the call too
            if questions > self._limits.questions:
                raise SessionEnded("too_many_questions", f"more than {self._limits.questions} in one call")
            self._unsent = memoryview(self._answer_to(answer.value, functions))
            self._send()
        self._finish()
        return answer

    def ask_all(self, kind: bytes, bodies: Sequence[bytes], watch: Watch) -> list[RawAnswer]:
        """As `ask`, of many requests that are encoded already. All answers together may be as large as one, and are not
        read yet."""
        first, out = self._number + 1, bytearray()
        for body in bodies:
            self._number += 1
            out += frames.HEADER.pack(kind, self._number, len(body))
            out += body
        self._begin(out)
        answers, bytes_left = [], self._limits.reply_bytes
        for number in range(first, self._number + 1):
            answers.append(self._receive(number, watch, bytes_left))
            bytes_left -= len(answers[-1].body)
        self._finish()
        return answers

    def _begin(self, out: bytearray) -> None:
        self._refuse_early_bytes()
        self._unsent = memoryview(out)
        self._send()

    def _finish(self) -> None:
        if self._unsent:
            raise SessionEnded("broken_channel", "answered before the whole request was sent")

    def _refuse_early_bytes(self) -> None:
        try:
            early = self._channel.recv(1)
        except BlockingIOError:
            return
        except OSError:
            return  # sending will tell
        if early:
            raise SessionEnded("broken_channel", "wrote to the channel on its own")

    def _receive(self, number: int, watch: Watch, most_bytes: int) -> RawAnswer:
        """The next frame of the child, while the rest of the request is still being sent."""
        kind, answered, length = frames.HEADER.unpack(self._read(frames.HEADER.size, watch))
        if answered != number:
            raise SessionEnded("broken_channel", "an answer to another request")
        if length > most_bytes:
            raise SessionEnded("output_limit", f"{length} bytes returned; at most {most_bytes}")
        return RawAnswer(kind, self._read(length, watch))

    def _read(self, length: int, watch: Watch) -> bytearray:
        data = bytearray(length)
        missing = memoryview(data)
        while missing:
            try:
                got = self._channel.recv_into(missing)
            except BlockingIOError:
                self._wait(watch)
                continue
            except OSError:
                got = 0
            if not got:
                raise ChannelClosed
            missing = missing[got:]
        return data

    def _send(self) -> None:
        if self._unsent is None:
            return
        try:
            self._unsent = self._unsent[self._channel.send(self._unsent) :] or None
        except BlockingIOError:
            pass
        except OSError:  # broken pipe: what the child said before is still read
            self._unsent = None

    def _wait(self, watch: Watch) -> None:
        """Sleep until the child says something. SessionEnded: a limit is reached before it does."""
        while True:
            sending = select.POLLOUT if self._unsent is not None else 0
            pause_s = watch.pause_s()
            self._poll.modify(self._channel, select.POLLIN | sending)
            events = dict(self._poll.poll(1000 * pause_s + 1))
            if events.pop(self._printed.descriptor, 0):
                self._read_printed()
            what = events.get(self._channel.fileno(), 0)
            if what & select.POLLOUT:
                self._send()
            if what & ~select.POLLOUT:
                return

    def _read_printed(self) -> None:
        self._printed.read(self._limits.log_bytes)
        if not self._printed.is_open:
            self._poll.unregister(self._printed.descriptor)
        if self._printed.is_flood(self._limits.log_bytes):
            raise SessionEnded("output_limit", "printed too much")

    def _answer_to(self, question: Any, functions: JudgeFunctions) -> bytearray:
        match question:
            case [int(number), tuple(args)] if type(number) is int and 0 <= number < len(functions):
                return self.frame(frames.ANSWER, _answered(functions[number], args), same_request=True)
        raise SessionEnded("broken_channel", "no such question")


def _answered(function: Callable[..., Any], args: tuple[Any, ...]) -> list[Any]:
    """[True, value]; or [False, text] when the student's arguments do not fit, raised there as ValueError."""
    try:
        return [True, function(*args)]
    except (TypeError, ValueError) as error:
        return [False, str(error)[:200]]
