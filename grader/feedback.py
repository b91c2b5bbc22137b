"""From a failure to what the learner reads: verdict, message key, parameters. Pure."""

import math

from grader.checklist import CheckInfo
from grader.exercise import ExerciseLimits
from grader.failures import CheckStopped, CodeFailed, WrongAnswer
from grader.report import Message, Verdict

MAX_ERROR_CHARS = 300
HIDDEN = Message(key="hidden_failed")
NOT_LOADED = Message(key="not_loaded")


def of_wrong_answer(wrong: WrongAnswer, slip: str | None) -> tuple[Verdict, Message]:
    # not a number and infinity have no place in a JSON message
    params = {
        k: str(v) if isinstance(v, float) and not math.isfinite(v) else v for k, v in wrong.params.items()
    }
    return Verdict.WRONG_ANSWER, Message(key=slip or wrong.key, params=params)


def of_code_failed(failed: CodeFailed, limits: ExerciseLimits) -> tuple[Verdict, Message]:
    text = _short(failed.text)
    if failed.kind == "MissingFunction":
        return Verdict.ERROR, Message(key="missing_function", params={"function": failed.function})
    if failed.kind == "UnsupportedValue":
        return Verdict.ERROR, Message(key="unsupported_value", params={"text": text})
    if failed.kind == "MemoryError":
        return Verdict.MEMORY_LIMIT, Message(key="memory_limit", params={"limit_mib": limits.memory_mib})
    if failed.kind == "NotImplementedError":
        return Verdict.ERROR, Message(key="not_written_yet")
    params: dict[str, str | int | float] = {"kind": failed.kind, "text": text}
    if failed.line is None:
        return Verdict.ERROR, Message(key="student_error", params=params)
    return Verdict.ERROR, Message(key="student_error_line", params={**params, "line": failed.line})


def of_stop(stop: CheckStopped) -> tuple[Verdict, Message]:
    verdict = Verdict(stop.verdict) if stop.verdict in set(Verdict) else Verdict.ERROR
    return verdict, Message(key=stop.key, params=stop.params)


def of_load_error(kind: str, text: str, line: int | None) -> Message:
    """Why the file could not be loaded."""
    text = _short(text)
    if kind in {"SyntaxError", "IndentationError", "TabError"}:
        return Message(key="syntax_error", params={"text": text, "line": line or 1})
    if kind in {"ModuleNotFoundError", "ImportError"}:
        return Message(key="module_missing", params={"text": text})
    if line is None:
        return Message(key="load_error", params={"kind": kind, "text": text})
    return Message(key="load_error_line", params={"kind": kind, "text": text, "line": line})


def not_run_because_of(info: CheckInfo) -> Message:
    return Message(key="not_run_dependency", params={"check": info.name})


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= MAX_ERROR_CHARS else text[: MAX_ERROR_CHARS - 1] + "…"
