"""The numbers of a drawing: written by the author, or named after what the generator drew."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from questionbank.rendering.placeholders import PLACEHOLDER
from questionbank.rendering.problem import RenderingProblem
from questionbank.variant import Variant

MOST_NUMBERS = 400
#: Beyond these a place in a drawing cannot be told.
_SMALLEST, _LARGEST = 1e-12, 1e15


class DrawingProblem(RenderingProblem):
    """The numbers cannot be drawn; the author's turn."""


def drawn_value(written: Any, variant: Variant) -> Any:
    """The value itself, or what the generator drew for `[[name]]`. Raises DrawingProblem for an unknown name."""
    found = PLACEHOLDER.fullmatch(written) if isinstance(written, str) else None
    if found is None:
        return written
    if found[1] not in variant.params:
        known = ", ".join(f"[[{name}]]" for name in variant.params) or "no name at all"
        raise DrawingProblem(f"{written} stands for nothing", f"the variant of this question knows {known}")
    return variant.params[found[1]]


@dataclass(frozen=True)
class Numbers:
    """The fields of one drawing with the numbers of one variant. Every reader raises DrawingProblem."""

    fields: Mapping[str, Any]
    variant: Variant

    def only(self, *known: str) -> None:
        if strange := sorted(set(self.fields) - {"kind", "table", *known}):
            raise DrawingProblem(
                f"“{strange[0]}” is not a field of this drawing", f"known are {', '.join(sorted(known))}"
            )

    def one(self, name: str, default: float | None = None) -> float:
        if name not in self.fields and default is not None:
            return default
        return _number(name, self._value(name))

    def whole(self, name: str, default: int, least: int, most: int) -> int:
        value = self.one(name, default)
        if value != int(value) or not least <= value <= most:
            raise DrawingProblem(f"“{name}” is {value:g}", f"write a whole number from {least} to {most}")
        return int(value)

    def flag(self, name: str, default: bool = False) -> bool:
        value = self.fields.get(name, default)
        if not isinstance(value, bool):
            raise DrawingProblem(f"“{name}” is {value!r}", "write true or false")
        return value

    def many(self, name: str, least: int = 1, *, optional: bool = False) -> list[float]:
        if optional and name not in self.fields:
            return []
        value = self._value(name)
        if not isinstance(value, list | tuple):
            value = [value] if optional else None
        if value is None or not least <= len(value) <= MOST_NUMBERS:
            raise DrawingProblem(f"“{name}” is no list of {least} to {MOST_NUMBERS} numbers", "write one")
        return [_number(name, drawn_value(each, self.variant)) for each in value]

    def words(self, name: str) -> list[str]:
        value = self._value(name) if name in self.fields else []
        if not isinstance(value, list):
            raise DrawingProblem(f"“{name}” is no list", "write [A, B, …]")
        return [str(each) for each in value]

    def _value(self, name: str) -> Any:
        if self.fields.get(name) is None:
            raise DrawingProblem(f"the drawing has no “{name}”", "write it")
        return drawn_value(self.fields[name], self.variant)


def _number(name: str, value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise DrawingProblem(f"“{name}” holds {value!r}", "write a number")
    if abs(value) > _LARGEST or 0 < abs(value) < _SMALLEST:
        raise DrawingProblem(
            f"“{name}” holds {value!r}", "choose a unit in which it is neither huge nor tiny"
        )
    return float(value)


def increasing(name: str, values: Iterable[float]) -> None:
    if any(low >= high for low, high in pairwise(values)):
        raise DrawingProblem(f"“{name}” does not increase from each number to the next", "sort it")
