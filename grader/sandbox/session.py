"""One locked-down process that holds one submission, and calls into it.

    with zygote.open(source, Limits(), seed=1) as session:
        scale, zero_point = session.call("choose_qparams", [-1.0, 1.0, 8])

A call returns plain values or raises an error of `grader.sandbox.errors`. Limits are watched from here.
"""

import json
import os
import select
import signal
import socket
import struct
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any, NamedTuple, NoReturn, Protocol

from grader.sandbox.errors import SessionEnded, StudentError, SystemFailure
from grader.sandbox.harness import frames, wire
from grader.sandbox.limits import Limits
from grader.sandbox.printed import PrintedText
from grader.sandbox.process import End, StudentProcess
from grader.sandbox.session_group import SessionGroup
from grader.uploads.module_files import module_files

_CORES = os.cpu_count() or 1
_REQUESTS = wire.Caps(max_bytes=1 << 30, max_items=10_000_000, max_text_bytes=1 << 28)
_LOCKDOWN_WAIT_S = 15.0
ENDING_WAIT_S = 1.0  # between the end of a process's channel and its own, on a busy machine
REPORT_WAIT_S = 10.0
_SOCKET_BUFFER_BYTES = 1 << 20
_SMALLEST_PAUSE_S = 0.002
_USUAL_SIZES = {"tmp_bytes": Limits.tmp_bytes, "tmp_files": Limits.tmp_files}
_CREDENTIALS = struct.Struct("iii")


class Source(Protocol):
    """What a session needs of the zygote that forks its process."""

    hidden_paths: tuple[str, ...]
    private_bytes: int  #: of memory that a new process shares with it until one of them writes

    def request_child(self, descriptors: list[int]) -> None: ...

    def is_alive(self) -> bool: ...


class Wall(NamedTuple):
    """Of one call, by the clock."""

    limit_s: float  #: waiting for a core does not count
    longest_s: float  #: however long others have the cores


@dataclass
class _Budget:
    """Of one exchange."""

    cpu_end_s: float  #: on the process's CPU clock
    wall_end_s: float  #: later by what it waited for a core
    latest_wall_end_s: float  #: however much that was
    waited_before_s: float = 0.0

    def wall_left_s(self) -> float:
        return min(self.wall_end_s, self.latest_wall_end_s) - time.monotonic()


class Session:
    """Made prepared (no limits, no source yet); `open` makes it one student's."""

    def __init__(self, zygote: Source, group: SessionGroup | None = None) -> None:
        """`group`: the cgroup that its process joins; closed with the session."""
        self.ended: SessionEnded | None = None
        self.cpu_used = 0.0  #: seconds, by the last call
        self._waited_s = 0.0
        self.calls = 0
        self.limits = Limits()
        self._reply_caps = wire.CAPS
        self._zygote, self._group = zygote, group
        self._number = 0
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
        self._poll = select.poll()
        self._poll.register(self._channel, select.POLLIN)
        self._poll.register(self._printed.descriptor, select.POLLIN)

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
        self._reply_caps = wire.CAPS._replace(max_bytes=limits.reply_bytes, max_items=limits.reply_items)
        self._lock_down(seed)
        kind, value = self._exchange(
            frames.SOURCE, [source, support, further], limits.call_cpu_s, self._wall(), ()
        )
        if kind == frames.ERROR:
            self._raise_student_error(value)
        if kind != frames.LOADED:
            self._stop("broken_channel", "an unexpected frame")

    def call(
        self,
        function: str,
        args: Sequence[Any] = (),
        kwargs: Mapping[str, Any] | None = None,
        *,
        cpu_s: float | None = None,
        wall: "Wall | None" = None,
        judge_functions: Sequence[Callable[..., Any]] = (),
    ) -> Any:
        """Call a function of the student's file. `judge_functions` answer for `JudgeFunction(n)` among the arguments."""
        if self.ended:
            raise self.ended
        self.calls += 1
        limits = self.limits
        request = [function, list(args), dict(kwargs or {}), self._seed]
        self._seed = None
        kind, value = self._exchange(
            frames.CALL,
            request,
            limits.call_cpu_s if cpu_s is None else cpu_s,
            wall or self._wall(),
            judge_functions,
        )
        if kind == frames.ERROR:
            self._raise_student_error(value)
        if kind != frames.VALUE:
            self._stop("broken_channel", "an unexpected frame")
        return value

    def _wall(self) -> "Wall":
        return Wall(self.limits.call_wall_s, self.limits.longest_wall_s)

    def reseed(self, seed: int) -> None:
        """Before the next call, random generators start from `seed`, however often they were used until now."""
        self._seed = seed

    def printed(self) -> str:
        """What the code printed so far: cleaned, cut to the limit."""
        return self._without_paths(self._printed.text(self.limits.log_bytes))

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
            self._channel.sendall(self._frame(frames.OPEN, message))
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

    # ---- one request, one answer

    def _exchange(
        self,
        kind: bytes,
        value: Any,
        cpu_s: float,
        wall: "Wall",
        judge_functions: Sequence[Callable[..., Any]],
    ) -> tuple[bytes, Any]:
        out: memoryview | None = memoryview(self._frame(kind, value))
        self._refuse_early_bytes()
        self._cpu_at_call = self._cpu_at_end  # threads may have computed since the last answer
        cpu_end = min(self._cpu_at_call + cpu_s, self._cpu_at_open + self.limits.session_cpu_s)
        now_s = time.monotonic()
        budget = _Budget(cpu_end, now_s + wall.limit_s, now_s + max(wall.limit_s, wall.longest_s))
        questions = 0
        while True:
            answer_kind, answer, out = self._receive(self._send(out), budget)
            if answer_kind != frames.QUESTION:
                break
            questions += 1
            if questions > self.limits.questions:
                self._stop("too_many_questions", f"more than {self.limits.questions} in one call")
            out = memoryview(self._answer_to(answer, judge_functions))
        self._cpu_at_end = self._student().cpu_s()
        self.cpu_used = self._cpu_at_end - self._cpu_at_call
        if out:
            self._stop("broken_channel", "answered before the whole request was sent")
        return answer_kind, answer

    def _refuse_early_bytes(self) -> None:
        try:
            early = self._channel.recv(1)
        except BlockingIOError:
            return
        except OSError:
            return  # sending will tell
        if early:
            self._stop("broken_channel", "wrote to the channel on its own")

    def _receive(self, out: memoryview | None, budget: _Budget) -> tuple[bytes, Any, memoryview | None]:
        """The next frame of the child, while the rest of the request is still being sent."""
        head = bytearray(frames.HEADER.size)
        out = self._fill(head, out, budget)
        kind, number, length = frames.HEADER.unpack(head)
        if number != self._number:
            self._stop("broken_channel", "an answer to another request")
        if length > self.limits.reply_bytes:
            self._stop("output_limit", f"{length} bytes returned; at most {self.limits.reply_bytes}")
        body = bytearray(length)
        out = self._fill(body, out, budget)
        try:
            return kind, wire.decode(body, self._reply_caps), out
        except wire.WireError as error:
            self._stop("broken_channel", str(error))

    def _fill(self, buffer: bytearray, out: memoryview | None, budget: _Budget) -> memoryview | None:
        want = memoryview(buffer)
        while want:
            try:
                got = self._channel.recv_into(want)
            except BlockingIOError:
                out = self._wait(out, budget)
                continue
            except OSError:
                got = 0
            if not got:
                self._explain_end()
            want = want[got:]
        return out

    def _send(self, out: memoryview | None) -> memoryview | None:
        """What is left to send."""
        if out is None:
            return None
        try:
            return out[self._channel.send(out) :] or None
        except BlockingIOError:
            return out
        except OSError:  # broken pipe: what the child said before is still read
            return None

    def _wait(self, out: memoryview | None, budget: _Budget) -> memoryview | None:
        """Sleep until the child says something or a limit is reached.

        Even on every core at once it cannot pass its CPU limit before `left / cores`: that is when to look again.
        """
        while True:
            left_s = self._time_left(budget)
            self._poll.modify(self._channel, select.POLLIN | (select.POLLOUT if out is not None else 0))
            events = dict(self._poll.poll(1000 * left_s + 1))
            if events.pop(self._printed.descriptor, 0):
                self._read_printed()
            what = events.get(self._channel.fileno(), 0)
            if what & select.POLLOUT:
                out = self._send(out)
            if what & ~select.POLLOUT:
                return out

    def _time_left(self, budget: _Budget) -> float:
        """Until a limit may be reached. SessionEnded: one is."""
        process = self._student()
        used_s = process.cpu_s()
        cpu_left_s = budget.cpu_end_s - used_s
        if cpu_left_s <= 0:
            self._stop("cpu_limit", f"used {used_s - self._cpu_at_call:.2f} s")
        wall_left_s = budget.wall_left_s()
        if wall_left_s <= 0:
            waited_s = process.waited_for_a_core_s()
            budget.wall_end_s += waited_s - budget.waited_before_s
            budget.waited_before_s = waited_s
            wall_left_s = budget.wall_left_s()
            if wall_left_s <= 0:
                ended = SessionEnded("wall_limit", "waited without computing")
                ended.starved = budget.wall_end_s > budget.latest_wall_end_s
                self._end_with(ended)
                raise ended
        return min(max(cpu_left_s / _CORES, _SMALLEST_PAUSE_S), wall_left_s)

    def _read_printed(self) -> None:
        self._printed.read(self.limits.log_bytes)
        if not self._printed.is_open:
            self._poll.unregister(self._printed.descriptor)
        if self._printed.is_flood(self.limits.log_bytes):
            self._stop("output_limit", "printed too much")

    def _answer_to(self, question: Any, judge_functions: Sequence[Callable[..., Any]]) -> bytearray:
        match question:
            case [int(number), tuple(args)] if type(number) is int and 0 <= number < len(judge_functions):
                return self._frame(frames.ANSWER, self._ask(judge_functions[number], args), same_request=True)
        self._stop("broken_channel", "no such question")

    def _ask(self, function: Callable[..., Any], args: tuple[Any, ...]) -> list[Any]:
        """[True, value]; or [False, text] when the student's arguments do not fit, raised there as ValueError."""
        try:
            return [True, function(*args)]
        except (TypeError, ValueError) as error:
            return [False, str(error)[:200]]
        except BaseException:  # ours; the child waits for an answer that will not come
            self._end_with(SessionEnded("closed", "the judge's own function failed"))
            raise

    def _frame(self, kind: bytes, value: Any, same_request: bool = False) -> bytearray:
        if not same_request:
            self._number += 1
        data = wire.encode(value, _REQUESTS, bytearray(frames.HEADER.size))
        frames.HEADER.pack_into(data, 0, kind, self._number, len(data) - frames.HEADER.size)
        return data

    # ---- endings

    def _student(self) -> StudentProcess:
        if self._process is None:
            raise SystemFailure("the session was not opened")
        return self._process

    def _raise_student_error(self, value: Any) -> NoReturn:
        match value:
            case [str(kind), str(text), line, str(file)] if line is None or type(line) is int:
                is_known = line is not None and 1 <= line <= self._lines.get(file, 0)
                place = (line, file) if is_known else (None, "")
                raise StudentError(kind[:100], self._without_paths(text[:2000]), *place)
        self._stop("broken_channel", "a malformed error")

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
        verdict, detail = self._verdict(process, end)
        self._stop(verdict, detail)

    def _verdict(self, process: StudentProcess, end: End) -> tuple[str, str]:
        number = end.signal
        if number == 0:
            return "no_result", "ended its own process"
        past_limit = end.cpu_s - self._cpu_at_open >= self.limits.session_cpu_s
        if number == signal.SIGXCPU or (number == signal.SIGKILL and past_limit):
            return "cpu_limit", f"used {end.cpu_s - self._cpu_at_open:.2f} s"
        if number == signal.SIGKILL and self._was_killed_for_memory(process):
            return "memory_limit", "killed by the system"
        if number == signal.SIGSYS:
            return "forbidden", "a system call that is not allowed"
        known = number in signal.Signals._value2member_map_
        return "crashed", signal.Signals(number).name if known else f"signal {number}"

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
