"""A sandbox for the judge's own logic: trusted test code runs here, and values cross the real wire format."""

import types
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from grader.report import ProgressNote
from grader.sandbox import JudgeFunction, Limits, Ref, SessionEnded, StudentError, Wall, wire
from grader.sandbox.exchange import RawAnswer
from grader.sandbox.harness import frames


@dataclass
class FakeSession:
    solution: types.ModuleType
    support: types.ModuleType
    ended: SessionEnded | None = None
    cpu_used: float = 0.0
    cpu_per_call_s: float = 0.0001
    call_cpu_s: float = 1.0  #: the limit
    text: str = ""
    waited_s: float = 0.0
    reseeded: list[int] = field(default_factory=list)
    walls: list[Wall | None] = field(default_factory=list)
    closed: bool = False

    def reseed(self, seed: int) -> None:
        self.reseeded.append(seed)

    def call(
        self,
        function: str,
        args: Any = (),
        kwargs: Any = None,
        *,
        wall: Wall | None = None,
        judge_functions: Sequence[Callable[..., Any]] = (),
    ) -> Any:
        if self.ended:
            raise self.ended
        self.cpu_used = self.cpu_per_call_s
        self.walls.append(wall)
        found = getattr(self.solution, function, None)
        if found is None:
            raise StudentError("MissingFunction", function, None)
        values = [self._arrived(value, judge_functions) for value in args]
        named = {name: self._arrived(value, judge_functions) for name, value in (kwargs or {}).items()}
        try:
            return wire.decode(wire.encode(found(*values, **named)))
        except SessionEnded as end:
            self.ended = end
            if end.verdict == "cpu_limit":
                self.cpu_used = self.call_cpu_s
            raise
        except wire.WireError as error:
            raise StudentError("UnsupportedValue", str(error), None) from None
        except Exception as error:
            trace = error.__traceback__
            line = None
            while trace is not None:
                line = trace.tb_lineno if trace.tb_frame.f_code.co_filename == "solution.py" else line
                trace = trace.tb_next
            raise StudentError(type(error).__name__, str(error), line) from None

    def ask_together(
        self, requests: Sequence[bytes], *, cpu_s: float, wall: Wall | None = None
    ) -> list[RawAnswer]:
        answers, used_s = [], 0.0
        for request in requests:
            function, args, kwargs, _ = wire.decode(request, untrusted=False, resolve=self._arrived)
            try:
                value = self.call(function, args, kwargs, wall=wall)
                answers.append(RawAnswer(frames.VALUE, wire.encode(value)))
            except StudentError as error:
                told = [error.kind, error.text, error.line, error.file]
                answers.append(RawAnswer(frames.ERROR, wire.encode(told)))
            used_s += self.cpu_used
            self.cpu_used = used_s
            if used_s > cpu_s:
                self.ended = SessionEnded("cpu_limit")
                raise self.ended
        return answers

    def value_of(self, answer: RawAnswer) -> Any:
        value = wire.decode(answer.body)
        return StudentError(*value) if answer.kind == frames.ERROR else value

    def printed_mark(self) -> int:
        return len(self.text)

    def forget_printed(self, mark: int) -> bool:
        something = len(self.text) > mark
        self.text = self.text[:mark]
        return something

    def _arrived(self, value: Any, judge_functions: Sequence[Callable[..., Any]] = ()) -> Any:
        if isinstance(value, JudgeFunction):
            return judge_functions[value.number]
        if isinstance(value, Ref):
            found = getattr(self.support, value.name.partition(":")[2])
            return found if value.args is None else found(*map(self._arrived, value.args))
        return wire.decode(wire.encode(value))

    def spend(self, cpu_s: float) -> None:
        """In the code under test: this call computes for so long."""
        self.cpu_used = cpu_s

    def printed(self) -> str:
        return self.text

    def close(self, wait_s: float = 0.0) -> None:
        self.closed = True


@dataclass
class FakeSandbox:
    """`end("cpu_limit")` is there for the code under test to end its session."""

    opened: list[FakeSession] = field(default_factory=list)
    seeds: list[int] = field(default_factory=list)
    limits: list[Limits] = field(default_factory=list)
    on_open: Callable[[int], None] = lambda number: None
    cpu_per_call_s: float = 0.0001
    cpu_by_session: tuple[float, ...] = ()  #: the same for the first sessions, one after the other
    load_cpu_s: tuple[float, ...] = ()  #: of the first sessions
    waited_s: float = 0.0  #: of every session, for a core
    names: dict[str, Any] = field(default_factory=dict)  #: for the code under test

    def open(
        self,
        source: str,
        limits: Limits,
        seed: int,
        support: str | None = None,
        modules: Mapping[str, str] | None = None,
    ) -> FakeSession:
        self.on_open(len(self.opened))
        self.seeds.append(seed)
        self.limits.append(limits)
        session = FakeSession(
            _module("solution", ""),
            _module("support", support or ""),
            cpu_per_call_s=dict(enumerate(self.cpu_by_session)).get(len(self.opened), self.cpu_per_call_s),
            cpu_used=dict(enumerate(self.load_cpu_s)).get(len(self.opened), 0.0),
            waited_s=self.waited_s,
            call_cpu_s=limits.call_cpu_s,
        )
        session.solution.__dict__.update(
            print=lambda *words: _print(session, *words), end=_end, spend=session.spend, **self.names
        )
        self.opened.append(session)
        try:
            exec(compile(source, "solution.py", "exec"), session.solution.__dict__)  # noqa: S102
        except SyntaxError as error:
            raise StudentError(type(error).__name__, error.msg, error.lineno) from None
        except Exception as error:
            raise StudentError(type(error).__name__, str(error), None) from None
        return session


@dataclass
class Sent:
    """Stands where the broker is."""

    notes: list[ProgressNote] = field(default_factory=list)

    def note(self, note: ProgressNote) -> None:
        self.notes.append(note)


def _module(name: str, source: str) -> types.ModuleType:
    module = types.ModuleType(name)
    exec(compile(source, f"{name}.py", "exec"), module.__dict__)  # noqa: S102
    return module


def _print(session: FakeSession, *words: Any) -> None:
    session.text += " ".join(map(str, words)) + "\n"


def _end(verdict: str) -> None:
    raise SessionEnded(verdict)
