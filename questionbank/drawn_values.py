"""At the door: what an author's own program returned, parsed into a Variant. Anything may come in here."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Any

from questionbank.draw_problem import CannotDraw
from questionbank.variant import Variant

MAX_NAMES = 60
MAX_MEMBERS = 200
MAX_TEXT_CHARACTERS = 2000
MAX_BITS = 256
#: Stored numbers keep this many digits, so that another machine's last bit makes no new version.
STORED_DIGITS = 12

_FIELDS = ("params", "options", "key", "slips")
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,59}")


def variant_from(value: Any) -> Variant:
    """CannotDraw: it is not what a question can show."""
    if not isinstance(value, Mapping):
        raise CannotDraw("not_fields", got=type(value).__name__)
    for name in value:
        if name not in _FIELDS:
            raise CannotDraw("strange_field", name=str(name)[:60])
    return Variant(
        params=_values(value.get("params"), "params"),
        options=_values(value.get("options"), "options"),
        key=None if value.get("key") is None else _number(value["key"], "key"),
        slips={name: _number(each, f"slips.{name}") for name, each in _named(value.get("slips"), "slips")},
    )


def stored(variant: Variant) -> Variant:
    """The variant as it is kept: plain JSON numbers, rounded to twelve digits. CannotDraw."""
    return variant_from(
        {
            "params": variant.params,
            "options": variant.options,
            "key": variant.key,
            "slips": variant.slips,
        }
    )


def _values(value: Any, field: str) -> dict[str, Any]:
    return {name: _shown(each, f"{field}.{name}") for name, each in _named(value, field)}


def _named(value: Any, field: str) -> list[tuple[str, Any]]:
    if value is None:
        return []
    if not isinstance(value, Mapping):
        raise CannotDraw("strange_value", field=field, got=type(value).__name__)
    if len(value) > MAX_NAMES:
        raise CannotDraw("too_many_values", field=field, limit=MAX_NAMES)
    for name in value:
        if not isinstance(name, str) or not _NAME.fullmatch(name):
            raise CannotDraw("strange_name", field=field, name=repr(name)[:80])
    return list(value.items())


def _shown(value: Any, field: str) -> Any:
    value = _plain(value)
    if isinstance(value, list | tuple):
        if len(value) > MAX_MEMBERS:
            raise CannotDraw("too_many_values", field=field, limit=MAX_MEMBERS)
        return [_one(_plain(member), field) for member in value]
    return _one(value, field)


def _one(value: Any, field: str) -> Any:
    if isinstance(value, str):
        if len(value) > MAX_TEXT_CHARACTERS:
            raise CannotDraw("text_too_long", field=field, limit=MAX_TEXT_CHARACTERS)
        if "\0" in value:  # no database keeps one
            raise CannotDraw("strange_value", field=field, got="null character")
        return str(value)
    if isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        return _number(value, field)
    raise CannotDraw("strange_value", field=field, got=type(value).__name__)


def _number(value: Any, field: str) -> int | float:
    value = _plain(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise CannotDraw("not_a_number", field=field, got=type(value).__name__)
    if isinstance(value, int):
        if value.bit_length() > MAX_BITS:
            raise CannotDraw("number_too_large", field=field, limit=MAX_BITS)
        return int(value)
    if not math.isfinite(value):
        raise CannotDraw("not_finite", number=str(value))
    return float(f"{value:.{STORED_DIGITS}g}")


def _plain(value: Any) -> Any:
    """A number or an array of numpy as Python's own; whatever else is left to the caller."""
    if type(value).__module__ == "numpy" and hasattr(value, "tolist"):
        if getattr(value, "size", 0) > MAX_MEMBERS:
            raise CannotDraw("too_many_values", field=type(value).__name__, limit=MAX_MEMBERS)
        return value.tolist()
    return value
