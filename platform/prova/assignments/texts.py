"""Text that came out of somebody else's program, made safe to store and to show. Pure."""

import math
from typing import Any

from grader.visible import visible

__all__ = ["storable", "visible"]

_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


def storable(value: Any) -> Any:
    """The same JSON value without what PostgreSQL refuses: NUL and lone surrogates in texts, keys included.

    ValueError: a number that is not finite, or something that is not JSON.
    """
    match value:
        case None | bool() | int():
            return value
        case float():
            if not math.isfinite(value):
                raise ValueError("a number that is not finite")
            return value
        case str():
            return _storable_text(value)
        case list() | tuple():
            return [storable(item) for item in value]
        case dict():
            return {_storable_text(str(key)): storable(item) for key, item in value.items()}
    raise ValueError(f"not a JSON value: {type(value).__name__}")


def _storable_text(text: str) -> str:
    return text.replace("\0", _REPLACEMENT).encode("utf-8", "surrogatepass").decode("utf-8", "replace")
