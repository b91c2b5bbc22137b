"""Plain values to YAML in one way only: the same value is always the same lines."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from questionbank.formats.fields import WORD
from questionbank.formats.writing.scalars import lines_of, number, quoted_or_plain

WIDTH = 110
STEP = 2


def scalar(value: Any) -> str:
    """One value on one line. Raises TypeError for what a file cannot hold."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return "null"
    if isinstance(value, int | float):
        return number(value)
    if isinstance(value, str):
        return quoted_or_plain(value)
    raise TypeError(f"a file holds no {type(value).__name__}")


def block(values: Mapping[str, Any], indent: int, prose: Collection[str] = ()) -> list[str]:
    """The lines of a mapping. Ids and numbers stand on one line in brackets where they fit; what lies under one of
    the keys `prose` is prose at any depth and always has lines of its own."""
    lines: list[str] = []
    for key, value in values.items():
        lines += _entry(f"{' ' * indent}{scalar(key)}:", value, indent + STEP, prose, key in prose)
    return lines


def _entry(head: str, value: Any, indent: int, prose: Collection[str], is_prose: bool) -> list[str]:
    """`head` and its value: behind it on the line, or below it at `indent`."""
    if not is_prose or not _has_members(value):
        brief = _brief(value)
        if brief is not None and (len(head) + 1 + len(brief) <= WIDTH or not _can_break(value)):
            return [f"{head} {brief}"]
    if isinstance(value, Mapping):
        return [head, *block(value, indent, list(value) if is_prose else prose)]
    if isinstance(value, str):
        header, *lines = lines_of(value)
        return [f"{head} {header}", *(f"{' ' * indent}{line}" if line else "" for line in lines)]
    return [head, *(line for member in value for line in _member(member, indent, prose, is_prose))]


def _member(value: Any, indent: int, prose: Collection[str], is_prose: bool) -> list[str]:
    dash = f"{' ' * indent}-"
    head, *rest = _entry(dash, value, indent + STEP, prose, is_prose)
    if head == dash and isinstance(value, Mapping):  # the first field stands behind the dash
        first, *rest = rest
        return [f"{dash} {first.lstrip()}", *rest]
    return [head, *rest]


def _has_members(value: Any) -> bool:
    return isinstance(value, Mapping | list | tuple) and bool(value)


def _can_break(value: Any) -> bool:
    return isinstance(value, str) or _has_members(value)


def _brief(value: Any) -> str | None:
    """The value on one line; None: it needs lines of its own."""
    if isinstance(value, Mapping):
        members = [(scalar(key), _in_brackets(member)) for key, member in value.items()]
        whole = ", ".join(f"{key}: {member}" for key, member in members)
        return None if any(member is None for _key, member in members) else f"{{{whole}}}"
    if isinstance(value, list | tuple):
        if any(isinstance(member, Mapping) for member in value):
            return None  # a line each: a changed option is one changed line
        listed = [_in_brackets(member) for member in value]
        return None if None in listed else f"[{', '.join(map(str, listed))}]"
    if isinstance(value, str) and lines_of(value)[0] == "|":
        return None
    return scalar(value)


def _in_brackets(value: Any) -> str | None:
    """Ids and numbers; prose stands in no brackets."""
    return None if isinstance(value, str) and not WORD.fullmatch(value) else _brief(value)
