"""One locked-down process that holds one submission, and calls into it.

    with zygote.open(source, Limits(), seed=1) as session:
        scale, zero_point = session.call("choose_qparams", [-1.0, 1.0, 8])

A call returns plain values or raises an error of `grader.sandbox.errors`. Limits are watched from here.
"""

import json
import os
import socket
import struct
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from types import TracebackType
from typing import Any, NoReturn, Protocol

from grader.sandbox.endings import explained
from grader.sandbox.errors import SessionEnded, StudentError, SystemFailure
from grader.sandbox.exchange import Answer, ChannelClosed, Exchange, JudgeFunctions, RawAnswer, encoded
from grader.sandbox.harness import frames
from grader.sandbox.limits import Limits
from grader.sandbox.printed import PrintedText
from grader.sandbox.process import End, StudentProcess
from grader.sandbox.session_group import SessionGroup
from grader.sandbox.watch import Wall, Watch
from grader.uploads.module_files import module_files

_LOCKDOWN_WAIT_S = 15.0
ENDING_WAIT_S = 1.0  # between the end of a process's channel and its own, on a busy machine
REPORT_WAIT_S = 10.0
_SOCKET_BUFFER_BYTES = 1 << 20
_USUAL_SIZES = {"tmp_bytes": Limits.tmp_bytes, "tmp_files": Limits.tmp_files}
_CREDENTIALS = struct.Struct("iii")


def encoded_call(function: str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> bytes:
    """For `Session.ask_together`. WireError: it cannot cross."""
    return encoded([function, list(args), dict(kwargs), None])


class Source(Protocol):
    """What a session needs of the zygote that forks its process."""

    hidden_paths: tuple[str, ...]
    private_bytes: int  #: of memory that a new process shares with it until one of them writes

    def request_child(self, descriptors: list[int]) -> None: ...

    def is_alive(self) -> bool: ...


class Session:
    """Made prepared (no limits, no source yet); `open` makes it one student's."""

    def __init__(self, zygote: Source, group: SessionGroup | None = None) -> None:
        """`group`: the cgroup that its process joins; closed with the session."""
        self.ended: SessionEnded | None = None
        self.cpu_used = 0.0  #: seconds, by the last call
        self._waited_s = 0.0
        self.calls = 0
        self.limits = Limits()
        self._zygote, self._group = zygote, group
        self._seed: int | None = None  #: to go with the next call
        self._process: StudentProcess | None = None
        self._lines: dict[str, int] = {}  #: how many each of the student's files has, the main one under ""
        self._cpu_at_open = self._cpu_at_call = self._cpu_at_end = 0.0
        self._closed = False
        self._channel, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        self._life, their_life = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._printed = PrintedText()
        try:
            self._channel.setsockopt(
                socket.SOL_SOCKET, socket.SO_PASSCRED, 1
            )  # the kernel stamps the sender's pid
            for end in (self._channel, theirs):
                end.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _SOCKET_BUFFER_BYTES)
            joining = [] if group is None else [group.processes]
            zygote.request_child([theirs.fileno(), self._printed.theirs, their_life.fileno(), *joining])
        except OSError as error:
            self.close()
            raise SystemFailure(f"the sandbox does not take requests: {error}") from None
        finally:
            theirs.close()
            their_life.close()
            os.close(self._printed.theirs)
            if group is not None:
                group.close_processes()
        self._exchange = Exchange(self._channel, self._printed)

    # ---- what the judge uses

    def open(
        self,
        source: str,
        limits: Limits,
        seed: int,
        support: str | None,
        modules: Mapping[str, str] | None = None,
    ) -> None:
        """Lock down, then load the student's file, which may import `modules` (name -> source).

        StudentError, SessionEnded: it does not load.
        """
        self.limits = limits
        further = {name: (part.file, part.source) for name, part in module_files(modules or {}).items()}
        self._lines = {file: text.count("\n") + 1 for file, text in [("", source), *further.values()]}
        self._exchange.limit_to(limits)
        self._lock_down(seed)
        request = self._exchange.frame(frames.SOURCE, [source, support, further])
        answer = self._ask(request, limits.call_cpu_s, self._wall())
        if answer.kind != frames.LOADED:
            self._value(answer)
            self._stop("broken_channel", "an unexpected frame")

    def call(
        self,
        function: str,
        args: Sequence[Any] = (),
        kwargs: Mapping[str, Any] | None = None,
        *,
        cpu_s: float | None = None,
        wall: Wall | None = None,
        judge_functions: JudgeFunctions = (),
    ) -> Any:
        """Call a function of the student's file. `judge_functions` answer for `JudgeFunction(n)` among the arguments."""
        if self.ended:
            raise self.ended
        request = self._request(function, args, kwargs or {})
        cpu_s = self.limits.call_cpu_s if cpu_s is None else cpu_s
        return self._value(self._ask(request, cpu_s, wall or self._wall(), judge_functions))

    def ask_together(
        self, requests: Sequence[bytes], *, cpu_s: float, wall: Wall | None = None
    ) -> list[RawAnswer]:
        """Calls that `encoded_call` made, one after the other, sent and answered together; `value_of` reads an answer.

        `cpu_s`, `wall` and the size of a reply are for all of them. SessionEnded: which call it was is not known.
        """
        if self.ended:
            raise self.ended
        seeding = [] if self._seed is None else [encoded([None, [], {}, self._seed])]
        self._seed = None
        self.calls += len(requests)
        with self._measured():
            watch = self._watch(cpu_s, wall or self._wall())
            return self._exchange.ask_all(frames.CALL, [*seeding, *requests], watch)[len(seeding) :]

    def value_of(self, answer: RawAnswer) -> Any | StudentError:
        """SessionEnded: it is not one that an honest process gives."""
        try:
            return self._value_or_error(self._exchange.read(answer))
        except SessionEnded as ended:
            self._end_with(ended)
            raise

    def _request(self, function: str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> bytearray:
        request = self._exchange.frame(frames.CALL, [function, list(args), dict(kwargs), self._seed])
        self.calls += 1
        self._seed = None
        return request

    def _wall(self) -> Wall:
        return Wall(self.limits.call_wall_s, self.limits.longest_wall_s)

    def reseed(self, seed: int) -> None:
        """Before the next call, random generators start from `seed`, however often they were used until now."""
        self._seed = seed

    def printed(self) -> str:
        """What the code printed so far: cleaned, cut to the limit."""
        return self._without_paths(self._printed.text(self.limits.log_bytes))

    def printed_mark(self) -> int:
        """For `forget_printed`."""
        return self._printed.take_all(self.limits.log_bytes)

    def forget_printed(self, mark: int) -> bool:
        """What was printed since then by calls that have been answered. False: there was nothing."""
        something = self._printed.take_all(self.limits.log_bytes) > mark
        self._printed.forget(mark)
        return something

    @property
    def pid(self) -> int:
        """Of the student's process, as seen from here."""
        return self._student().pid

    @property
    def waited_s(self) -> float:
        """For a core, until now or until the session ended; 0 when its process ended first."""
        self._note_waiting()
        return self._waited_s

    @property
    def session_cpu_s(self) -> float:
        """Used since the session was opened, loading included."""
        return 0.0 if self._process is None else self._process.cpu_s() - self._cpu_at_open

    def close(self, wait_s: float = 0.0) -> End | None:
        """End the process. With `wait_s` its final use of CPU time and memory is waited for."""
        if self._closed:
            return None if self._process is None else self._process.end(0.0)
        self._closed = True
        self.ended = self.ended or SessionEnded("closed")
        end = None
        if self._process is not None:
            self._process.cpu_s()
            self._note_waiting()
            self._process.kill()
            end = self._process.end(wait_s) if wait_s else None
            self._process.close()
        if self._group is not None:
            self._group.close()
        self._channel.close()
        self._life.close()
        self._printed.close()
        return end

    def __enter__(self) -> "Session":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # ---- opening

    def _lock_down(self, seed: int) -> None:
        """OPEN -> READY: trusted code on both ends, so every failure here is ours."""
        limits = self.limits
        message = {
            "seed": seed,
            "memory_bytes": limits.memory_bytes,
            "reply_bytes": limits.reply_bytes,
            "reply_items": limits.reply_items,
            "tmp_bytes": limits.tmp_bytes,
            "rlimit_cpu_s": int(limits.session_cpu_s)
            + 2,  # a backstop; the exact limit is watched from outside
        }
        try:
            self._make_room()
            self._channel.settimeout(_LOCKDOWN_WAIT_S)
            self._channel.sendall(self._exchange.frame(frames.OPEN, message))
            data, credentials, _, _ = self._channel.recvmsg(frames.HEADER.size + 1, 64)
            if data[:1] != frames.READY:
                state = "alive" if self._zygote.is_alive() else "dead"
                raise SystemFailure(f"the process did not lock itself down; the zygote is {state}")
            pid = _CREDENTIALS.unpack(credentials[0][2][: _CREDENTIALS.size])[0]
            if pid <= 0:
                raise SystemFailure(
                    "the process cannot be seen from here: the worker needs an outer pid namespace"
                )
            self._process = StudentProcess(pid, self._life)
            self._channel.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 0)
            self._channel.setblocking(False)
        except OSError as error:
            raise SystemFailure(f"opening a session: {error}") from None
        self._cpu_at_open = self._cpu_at_end = self._process.cpu_s()

    def _make_room(self) -> None:
        """For memory and temporary files, where it is not what every session gets. OSError: its parent is gone."""
        limits = self.limits
        if self._group is not None:
            self._group.limit_memory(self._zygote.private_bytes + limits.memory_bytes + limits.tmp_bytes)
        sizes = {"tmp_bytes": limits.tmp_bytes, "tmp_files": limits.tmp_files}
        if sizes != _USUAL_SIZES:
            self._life.settimeout(_LOCKDOWN_WAIT_S)
            self._life.send(json.dumps(sizes).encode())
            if self._life.recv(64) != b"resized":
                raise SystemFailure("the private folder of a session could not be resized")
            self._life.settimeout(None)

    # ---- requests and answers

    def _ask(self, request: bytearray, cpu_s: float, wall: Wall, functions: JudgeFunctions = ()) -> Answer:
        with self._measured():
            return self._exchange.ask(request, self._watch(cpu_s, wall), functions)

    @contextmanager
    def _measured(self) -> Iterator[None]:
        """Around one exchange: what it used, and how it ended the session if it did."""
        if self.ended:
            raise self.ended
        self._cpu_at_call = self._cpu_at_end  # threads may have computed since the last answer
        try:
            yield
        except ChannelClosed:
            self._explain_end()
        except SessionEnded as ended:
            self._end_with(ended)
            raise
        except BaseException:  # the judge's own function failed, and the child waits for an answer
            self._end_with(SessionEnded("closed", "the judge's own function failed"))
            raise
        self._cpu_at_end = self._student().cpu_s()
        self.cpu_used = self._cpu_at_end - self._cpu_at_call

    def _watch(self, cpu_s: float, wall: Wall) -> Watch:
        end_s = min(self._cpu_at_call + cpu_s, self._cpu_at_open + self.limits.session_cpu_s)
        return Watch(self._student(), self._cpu_at_call, end_s, wall)

    def _value(self, answer: Answer) -> Any:
        """StudentError: it raised."""
        found = self._value_or_error(answer)
        if isinstance(found, StudentError):
            raise found
        return found

    def _value_or_error(self, answer: Answer) -> Any | StudentError:
        if answer.kind == frames.ERROR:
            return self._student_error(answer.value)
        if answer.kind != frames.VALUE:
            self._stop("broken_channel", "an unexpected frame")
        return answer.value

    def _student_error(self, value: Any) -> StudentError:
        match value:
            case [str(kind), str(text), line, str(file)] if line is None or type(line) is int:
                is_known = line is not None and 1 <= line <= self._lines.get(file, 0)
                place = (line, file) if is_known else (None, "")
                return StudentError(kind[:100], self._without_paths(text[:2000]), *place)
        self._stop("broken_channel", "a malformed error")

    # ---- endings

    def _student(self) -> StudentProcess:
        if self._process is None:
            raise SystemFailure("the session was not opened")
        return self._process

    def _without_paths(self, text: str) -> str:
        for path in self._zygote.hidden_paths:
            text = text.replace(path, "…")
        return text

    def _explain_end(self) -> NoReturn:
        """The channel is closed: the process is dead, or closed it and still runs. Its parent tells which."""
        process = self._student()
        if not process.has_ended(ENDING_WAIT_S):
            self._stop("no_result", "closed the channel")
        end = process.end(REPORT_WAIT_S)
        if end is None:
            if not self._zygote.is_alive():
                self._end_with(SessionEnded("system_failure"))
                raise SystemFailure("the zygote died during a call")
            self._stop("crashed", "killed together with its watcher")
        used_s = end.cpu_s - self._cpu_at_open
        ended = explained(
            end.signal, used_s, self.limits.session_cpu_s, partial(self._was_killed_for_memory, process)
        )
        self._end_with(ended)
        raise ended

    def _was_killed_for_memory(self, process: StudentProcess) -> bool:
        """Known exactly in a group; otherwise told from what happened on the whole machine meanwhile."""
        if self._group is not None:
            return self._group.used().was_killed_for_memory
        return process.was_killed_for_memory()

    def _stop(self, verdict: str, detail: str = "") -> NoReturn:
        ended = SessionEnded(verdict, detail)
        self._end_with(ended)
        raise ended

    def _end_with(self, ended: SessionEnded) -> None:
        self.ended = ended
        if self._process is not None:
            self.cpu_used = max(0.0, self._process.cpu_s() - self._cpu_at_call)
            self._note_waiting()
            self._process.kill()

    def _note_waiting(self) -> None:
        if self._process is not None:
            self._waited_s = max(self._waited_s, self._process.waited_for_a_core_s())
