"""What an exception of the learner's code says to a learner: a message for the mistakes that many make. Pure.

Kind and text come out of the sandbox and may be anything; whatever is not recognised keeps the general message.
"""

import re
from collections.abc import Mapping
from math import prod

from grader.report import Message

_Params = dict[str, str | int | float]

#: kind of exception -> pattern of its text -> key. All these messages name the line.
_BY_KIND: Mapping[str, tuple[tuple[str, str], ...]] = {
    "EOFError": ((r"EOF when reading a line", "asked_for_input"),),
    "SystemExit": ((r"", "called_exit"),),
    "FileNotFoundError": (
        (r"\[Errno 2\] No usable temporary directory", "no_temporary_folder"),
        (r"", "file_missing"),
    ),
    "PermissionError": ((r"", "not_permitted"),),
    "gaierror": ((r"", "not_permitted"),),
    # no space left on device; too large a file
    "OSError": ((r"\[Errno 30\]", "not_permitted"), (r"\[Errno (28|27)\]", "no_space")),
    "NameError": ((r"name '(?P<name>\w{1,60})' is not defined", "name_unknown"),),
    "IndentationError": ((r"", "indentation_error"),),
    "TabError": ((r"", "indentation_error"),),
    "SyntaxError": ((r"", "syntax_error"),),
    "ValueError": ((r"The truth value of an array ", "array_as_condition"),),
    "TypeError": (
        (r"only (0-dimensional|length-1|size-1|integer scalar) arrays can be converted", "array_as_number"),
    ),
    "RecursionError": ((r"", "endless_recursion"),),
}

#: text of a value that could not cross, as `grader.sandbox` words it -> key; named groups are parameters
_UNREADABLE = (
    (r"an array of dtype (?P<got>.{1,100}) cannot be sent; .*", "unsupported_dtype"),
    (r"a value of type (?P<got>.{1,100}) cannot be sent; .*", "unsupported_type"),
    (r"dict keys must be text or whole numbers, not (?P<got>.{1,100})", "unsupported_keys"),
    (r"more than (?P<limit>\d{1,12}) values; .*", "too_many_values"),
    (
        r"an array of shape (?P<got>\([\d, ]{0,200}\)) and dtype (?P<dtype>\w{1,20}); at most (?P<limit_bytes>\d{1,24}) bytes",
        "array_too_large",
    ),
    (r"a tensor of (?P<bytes>\d{1,24}) bytes; at most (?P<limit_bytes>\d{1,24})", "returned_too_much"),
    (r"a value of (?P<bytes>\d{1,24}) bytes; at most (?P<limit_bytes>\d{1,24})", "returned_too_much"),
    (
        r"text of (?P<bytes>\d{1,24}) (?:characters|bytes); at most (?P<limit_bytes>\d{1,24})( bytes)?",
        "returned_too_much",
    ),
    (r"an integer of (?P<got>\d{1,24}) bits; .*", "integer_too_long"),
    (r"nested more than (?P<limit>\d{1,6}) deep, .*", "nested_too_deeply"),
    (r"a quantized tensor cannot be sent; .*", "quantized_tensor"),
    (r"a sparse tensor cannot be sent; .*", "sparse_tensor"),
)


def recognised(kind: str, text: str, line: int | None, function: str = "") -> Message | None:
    """The message of a mistake that many make, or None."""
    if function and kind == "TypeError" and line is None and text.startswith(f"{function}() "):
        return Message(key="wrong_arguments", params={"function": function, "text": text})
    if kind in {"ModuleNotFoundError", "ImportError"}:
        return Message(key="module_missing", params={"text": text})
    if line is None:
        return None
    for pattern, key in _BY_KIND.get(kind, ()):
        if found := re.match(pattern, text):
            return Message(key=key, params={"text": text, **found.groupdict(), "line": line})
    return None


def unreadable(text: str) -> Message:
    """Why a value could not leave the sandbox."""
    for pattern, key in _UNREADABLE:
        if found := re.fullmatch(pattern, text):
            return Message(key=key, params=_numbered(found.groupdict()))
    return Message(key="unsupported_value", params={"text": text})


def unforeseen(key: str, kind: str, text: str, line: int | None) -> Message:
    """Of any other exception; `key` has a twin, `key`_line, that names the line."""
    params: _Params = {"kind": kind, "text": text or "…"}
    if line is None:
        return Message(key=key, params=params)
    if not text:  # `assert x > 0`
        return Message(key="silent_error_line", params={"kind": kind, "line": line})
    return Message(key=f"{key}_line", params={**params, "line": line})


def _numbered(groups: Mapping[str, str]) -> _Params:
    """Whole numbers as such, and sizes in MiB: of an array, by its shape and dtype."""
    params: _Params = {name: int(value) if value.isdecimal() else value for name, value in groups.items()}
    if dtype := params.pop("dtype", None):
        params["bytes"] = _array_bytes(str(params["got"]), str(dtype))
    for name, shown in (("bytes", "size_mib"), ("limit_bytes", "limit_mib")):
        if name in params:
            params[shown] = int(params.pop(name)) / (1 << 20)
    return params


def _array_bytes(shape: str, dtype: str) -> int:
    """As the sandbox counts them: a side of 0 as 1."""
    bits = re.search(r"\d+$", dtype)
    return prod(max(1, int(side)) for side in re.findall(r"\d+", shape)) * (int(bits[0]) // 8 if bits else 1)
