"""JSON of strangers: how deep and how large it is, is known before anything is built from it."""

import json
import re
from typing import Any

_TOKEN = re.compile(rb'["\[{\]},]')
#: What may end a string, and escapes, in bounded runs since each costs the engine memory.
_CLOSING = re.compile(rb'(?:\\.){1,1000}|"', re.DOTALL)
_STEP = {b"[": 1, b"{": 1, b"]": -1, b"}": -1}


def read_json(data: bytes, *, max_depth: int, max_values: int) -> Any:
    """ValueError: no JSON, nested too deeply, or more values than `max_values`; see `TooComplex`."""
    depth = values = position = 0
    while found := _TOKEN.search(data, position):
        token, position = found[0], found.end()
        if token == b'"':
            position = _end_of_string(data, position)
        step = _STEP.get(token, 0)
        depth += step
        values += step > 0 or token == b","
        if depth > max_depth or values > max_values:
            raise TooComplex
    return json.loads(data.decode("utf-8-sig"))  # as bytes it might be taken for UTF-16, and read anew


def _end_of_string(data: bytes, position: int) -> int:
    """One that does not end runs to the end of the text."""
    while found := _CLOSING.search(data, position):
        position = found.end()
        if found[0] == b'"':
            return position
    return len(data)


class TooComplex(ValueError):
    """Too deep, or too many values."""
