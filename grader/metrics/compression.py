"""How many times smaller: bytes before over bytes after, counted from what was handed over."""

from typing import Any

from grader import expect
from grader.metric import Metric, exact


def compression_ratio(stored: Any, *, original_bytes: int, source_bytes: int = 0) -> Metric:
    """`stored`: the bytes a learner's `compress` returned. `source_bytes` (`solution.source_bytes`) counts the program
    too, where a codebook could hide in it. WrongAnswer: not bytes."""
    size = len(expect.blob(stored)) + source_bytes
    return exact(
        "compression_ratio", original_bytes / max(size, 1), reference=float(original_bytes), size_bytes=size
    )
