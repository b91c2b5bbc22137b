"""Single values as a text field holds them, and back."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from typing import Any

import yaml

from questionbank.formats.located_yaml import has_references, load

MAX_YAML_CHARACTERS = 60_000
_FIRST = ("id", "kind", "draw", "compute", "where", "key", "from", "to", "step", "text", "explanation")
_WHOLE = re.compile(r"[+-]?\d{1,15}")


class UnreadableYaml(ValueError):
    """The author's turn; the text says what and on which line."""


def shown(value: Any) -> str:
    """A text stays what it is; a number is written as Python reads it; nothing is empty."""
    if value is None:
        return ""
    return value if isinstance(value, str) else repr(value)


def number(text: str) -> int | float | str | None:
    """None where nothing was typed; the text itself where it is no number, for the reader to refuse by name."""
    typed = text.strip().replace("\u2212", "-")
    if not typed:
        return None
    if _WHOLE.fullmatch(typed):
        return int(typed)
    try:
        read = float(typed if "." in typed else typed.replace(",", "."))
    except ValueError:
        return text.strip()
    return read if math.isfinite(read) else text.strip()


def passage(text: str) -> str:
    """As the format keeps a text: one kind of line end, nothing after the last word."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").strip("\n").rstrip()


def as_yaml(value: Mapping[str, Any]) -> str:
    if not value:
        return ""
    return yaml.safe_dump(_in_reading_order(value), allow_unicode=True, sort_keys=False, width=100)


def _in_reading_order(value: Any) -> Any:
    """The database keeps no order of names: what people write first comes first, the rest by name."""
    if isinstance(value, Mapping):
        names = sorted(value, key=lambda name: (_FIRST.index(name) if name in _FIRST else len(_FIRST), name))
        return {name: _in_reading_order(value[name]) for name in names}
    return [_in_reading_order(each) for each in value] if isinstance(value, list) else value


def from_yaml(text: str) -> dict[str, Any]:
    """A mapping of plain values. Raises UnreadableYaml."""
    if not text.strip():
        return {}
    if len(text) > MAX_YAML_CHARACTERS:
        raise UnreadableYaml(f"longer than {MAX_YAML_CHARACTERS} characters")
    if has_references(text):
        raise UnreadableYaml("a reference (*name): write the value out")
    document = load(text)
    if document.problems:
        problem = document.problems[0]
        raise UnreadableYaml(f"line {problem.line}: {problem.message}")
    if not isinstance(document.value, Mapping):
        raise UnreadableYaml("line 1: write fields, as in “name: value”")
    return dict(json.loads(json.dumps(document.value, default=str)))


def tolerance_fields(kind: str) -> tuple[str, ...]:
    """What the format reads for this kind; what stands in the others is of a kind that was chosen before."""
    if kind == "interval":
        return ("low", "high")
    return ("value", "floor") if kind in ("relative", "geometric", "significant_digits") else ("value",)
