"""JSON of strangers: how deep and how large it is, is known before anything is built from it."""

import json
import re
from typing import Any

#: A string that does not end runs to the end of the text: then each character is looked at once, whatever comes.
_TOKEN = re.compile(rb'"(?:[^"\\]+|\\.)*(?:"|\\?\Z)|[\[{]|[\]}]|,', re.DOTALL)
_STEP = {b"[": 1, b"{": 1, b"]": -1, b"}": -1}


def read_json(data: bytes, *, max_depth: int, max_values: int) -> Any:
    """ValueError: no JSON, nested too deeply, or more values than `max_values`; see `TooComplex`."""
    depth = values = 0
    for found in _TOKEN.finditer(data):
        token = found[0]
        step = _STEP.get(token, 0)
        depth += step
        values += step > 0 or token == b","
        if depth > max_depth or values > max_values:
            raise TooComplex
    return json.loads(data.decode("utf-8-sig"))  # as bytes it might be taken for UTF-16, and read anew


class TooComplex(ValueError):
    """Too deep, or too many values."""
