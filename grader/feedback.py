"""From a failure to what the learner reads: verdict, message key, parameters. Pure."""

import math

from grader import raised
from grader.exercise import ExerciseLimits
from grader.failures import CheckStopped, CodeFailed, WrongAnswer
from grader.report import Message, Verdict
from grader.uploads.places import placed

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
        return Verdict.ERROR, raised.unreadable(text)
    if failed.kind == "MemoryError":
        return Verdict.MEMORY_LIMIT, Message(key="memory_limit", params={"limit_mib": limits.memory_mib})
    if failed.kind == "NotImplementedError":
        return Verdict.ERROR, Message(key="not_written_yet")
    message = raised.recognised(failed.kind, text, failed.line, failed.function) or raised.unforeseen(
        "student_error", failed.kind, text, failed.line
    )
    return Verdict.ERROR, placed(message, file=failed.file)


def of_stop(stop: CheckStopped) -> tuple[Verdict, Message]:
    verdict = Verdict(stop.verdict) if stop.verdict in set(Verdict) else Verdict.ERROR
    return verdict, Message(key=stop.key, params=stop.params)


def of_load_error(kind: str, text: str, line: int | None, file: str = "") -> Message:
    """Why the file could not be loaded."""
    text = _short(text)
    if kind == "SyntaxError":
        line = line or 1
    message = raised.recognised(kind, text, line) or raised.unforeseen("load_error", kind, text, line)
    return placed(message, file=file)


def of_load_stop(stop: CheckStopped) -> Message:
    """A limit or a crash while the file was loaded."""
    key = stop.key if stop.key not in {"cpu_limit", "wall_limit"} else f"load_{stop.key}"
    return Message(key=key, params=stop.params)


def _short(text: str) -> str:
    text = " ".join(text.split()).rstrip(".")  # sentences put their own full stop after it
    return text if len(text) <= MAX_ERROR_CHARS else text[: MAX_ERROR_CHARS - 1] + "…"
