"""Runs an author's generator in the sandbox, one session a variant, and says in neutral words how it ended."""

import hashlib
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Any

from grader.draw_reference import answer
from grader.draw_support import SUPPORT
from grader.run import Sandbox
from grader.sandbox import JudgeFunction, Limits, Ref, SessionEnded, StudentError

IMPORTS = ("numpy",)
LIMITS = Limits(
    call_cpu_s=2.0,
    session_cpu_s=20.0,
    call_wall_s=8.0,
    memory_bytes=256 << 20,
    reply_bytes=256 << 10,
    reply_items=5000,
    log_bytes=16 << 10,
    questions=200,
)
_GENERATE = "generate"
_NOT_PERMITTED = {"PermissionError", "FileNotFoundError", "gaierror", "BlockingIOError"}

Answer = dict[str, Any]  #: {"value": …} or {"problem": {"key": …, "params": …}}


class SourceRunner:
    """SystemFailure, SandboxRefused from a call: not the author's doing."""

    def __init__(self, sandbox: Callable[[], Sandbox]) -> None:
        """`sandbox` is asked when there is a program to run, and not before."""
        self._sandbox = sandbox
        self.was_used = False
        self._session: Any = None
        self._of: tuple[str, int] | None = None

    def __call__(self, source: str, seed: str, variant: int, draw: int) -> Answer:
        place: dict[str, int] = {"variant": variant, "draw": draw}
        try:
            if self._of != (source, variant):
                self._open(source, variant)
        except StudentError as error:
            return _not_loading(error)
        except SessionEnded as ended:
            return _ended(ended, place)
        try:
            self._session.reseed(_number(seed))
            function = Ref("support:draw_source", (seed, JudgeFunction(0)))
            value = self._session.call(_GENERATE, [function], judge_functions=[answer])
        except StudentError as error:
            return _raised(error, place)
        except SessionEnded as ended:
            return _ended(ended, place)
        return {"value": value}

    def _open(self, source: str, variant: int) -> None:
        self.close()
        self.was_used = True
        sandbox = self._sandbox()
        self._session = sandbox.open(source, LIMITS, _number(f"{variant}"), support=SUPPORT)
        self._of = (source, variant)

    def close(self) -> None:
        if self._session is not None:
            self._session.close()
        self._session = self._of = None

    def __enter__(self) -> "SourceRunner":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _number(seed: str) -> int:
    """Of the generators that a program uses without a seed of its own."""
    return int.from_bytes(hashlib.blake2s(seed.encode(), digest_size=4).digest())


def _problem(key: str, params: Mapping[str, Any] | None = None, **place: int) -> Answer:
    return {"problem": {"key": key, "params": {**(params or {}), **place}}}


def _not_loading(error: StudentError) -> Answer:
    if error.kind == "MemoryError":
        return _problem("memory_limit", {"limit_mib": LIMITS.memory_bytes >> 20}, variant=1, draw=1)
    params: dict[str, Any] = {"kind": error.kind, "text": error.text}
    if error.line is None:
        return _problem("not_loading", params)
    if _is_not_permitted(error):
        return _problem("not_permitted", {**params, "line": error.line})
    return _problem("not_loading_line", {**params, "line": error.line})


def _raised(error: StudentError, place: Mapping[str, int]) -> Answer:
    params: dict[str, Any] = {"kind": error.kind, "text": error.text or "…", **place}
    if error.kind == "MissingFunction":
        return _problem("no_generate")
    if error.kind == "UnsupportedValue":
        return _problem("unreadable", params)
    if error.kind == "MemoryError":
        return _problem("memory_limit", {"limit_mib": LIMITS.memory_bytes >> 20, **place})
    if error.line is None:
        return _problem("raised", params)
    key = "not_permitted" if _is_not_permitted(error) else "raised_line"
    return _problem(key, {**params, "line": error.line})


def _is_not_permitted(error: StudentError) -> bool:
    """Only a program that reaches for the machine gets these; a generator has nothing to open."""
    return error.kind in _NOT_PERMITTED or (error.kind == "OSError" and "[Errno" in error.text)


def _ended(ended: SessionEnded, place: Mapping[str, int]) -> Answer:
    limits: dict[str, Any] = {
        "limit_s": LIMITS.longest_wall_s if ended.starved else LIMITS.call_cpu_s,
        "limit_mib": LIMITS.memory_bytes >> 20,
        "limit_kib": LIMITS.reply_bytes >> 10,
        "limit": LIMITS.questions,
        "detail": ended.detail,
    }
    if ended.verdict == "wall_limit":
        limits["limit_s"] = LIMITS.call_wall_s
    known = {
        "cpu_limit",
        "wall_limit",
        "memory_limit",
        "output_limit",
        "forbidden",
        "crashed",
        "no_result",
        "broken_channel",
        "too_many_questions",
    }
    return _problem(ended.verdict if ended.verdict in known else "crashed", {**limits, **place})
