"""Values as Python source text, the way a learner could type them; cut where long."""

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

MAX_CHARS = 400
MAX_ITEMS = 24


def as_python(value: Any, max_chars: int = MAX_CHARS) -> str:
    """Source text of a plain value. Anything else, and whatever is too long, ends with an ellipsis."""
    text = _text(value, 0)
    return text if len(text) <= max_chars else text[: max_chars - 1] + "…"


def _text(value: Any, depth: int) -> str:
    if depth > 6:
        return "…"
    if isinstance(value, np.ndarray | np.generic):
        return _array(np.asarray(value))
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, list):
        return f"[{_items(value, depth)}]"
    if isinstance(value, tuple):
        return f"({_items(value, depth)}{',' if len(value) == 1 else ''})"
    if isinstance(value, Mapping):
        pairs = [f"{_text(k, depth + 1)}: {_text(v, depth + 1)}" for k, v in list(value.items())[:MAX_ITEMS]]
        return "{" + ", ".join(pairs) + (", …" if len(value) > MAX_ITEMS else "") + "}"
    if isinstance(value, str | bytes) and len(value) > MAX_CHARS:
        return repr(value[:MAX_CHARS]) + "…"
    return repr(value)


def _items(values: list[Any] | tuple[Any, ...], depth: int) -> str:
    shown = ", ".join(_text(v, depth + 1) for v in values[:MAX_ITEMS])
    return shown + (", …" if len(values) > MAX_ITEMS else "")


def _array(array: np.ndarray) -> str:
    if array.ndim == 0 and array.dtype.kind != "b":
        return f"np.{array.dtype}({_number(array[()])})"
    if array.ndim == 0:
        return f"np.bool_({bool(array)})"
    if array.size == 0:
        return f"np.zeros({array.shape!r}, dtype=np.{_dtype_name(array)})"
    return f"np.array({_nested(_start_of(array))}, dtype=np.{_dtype_name(array)})"


def _start_of(array: np.ndarray) -> np.ndarray:
    """As much as fits into the text: a learner's array of millions must cost no more than a small one."""
    array = array[(slice(MAX_ITEMS + 1),) * array.ndim]
    for axis in range(array.ndim):
        enough = MAX_CHARS // math.prod(array.shape[axis + 1 :]) + 2
        array = array[(slice(None),) * axis + (slice(enough),)]
    return array


def _nested(array: np.ndarray) -> str:
    if array.ndim == 0:
        return _number(array[()])
    shown = ", ".join(_nested(part) for part in array[:MAX_ITEMS])
    return f"[{shown}{', …' if len(array) > MAX_ITEMS else ''}]"


def _dtype_name(array: np.ndarray) -> str:
    return "bool_" if array.dtype.kind == "b" else array.dtype.name


def _number(value: Any) -> str:
    """Shortest text that gives the same number back; float32 keeps its own precision."""
    if isinstance(value, np.generic) and value.dtype.kind in "biu":
        return str(value)
    if isinstance(value, complex | np.complexfloating):
        return str(value)
    if math.isnan(value):
        return "np.nan"
    if math.isinf(value):
        return "np.inf" if value > 0 else "-np.inf"
    return str(value)
