"""What an author declares: values to draw, values computed from them, conditions, the key and the known-wrong values."""

from __future__ import annotations

import ast
import keyword
import math
from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

from questionbank.parameters.expressions import FUNCTIONS, BadExpression, CannotCompute, Expression
from questionbank.variant import Variant

MAX_NAMES = 40
#: Draws until the conditions have to be met.
MAX_TRIES = 2000
#: One parameter is drawn from at most this many values.
MAX_CHOICES = 1_000_000
MAX_LISTED = 200
#: Steps of 0.1 must not show as 0.30000000000000004.
_DIGITS = 12


class BadDeclaration(ValueError):
    """The author's turn. `place`: keys inside “parameters”."""

    def __init__(self, message: str, *place: str) -> None:
        super().__init__(message)
        self.place = place


@dataclass(frozen=True)
class Range:
    """first, first + step, …, up to the last that is not above `last`."""

    first: int | float
    step: int | float
    count: int

    def drawn(self, draw: Random) -> int | float:
        value = self.first + draw.randrange(self.count) * self.step
        return value if isinstance(value, int) else float(f"{value:.{_DIGITS}g}")


@dataclass(frozen=True)
class Choice:
    values: tuple[Any, ...]

    def drawn(self, draw: Random) -> Any:
        return self.values[draw.randrange(len(self.values))]


@dataclass(frozen=True)
class Declaration:
    draw: Mapping[str, Range | Choice]
    #: Each uses only those before it.
    compute: Mapping[str, Expression]
    where: tuple[Expression, ...]
    key: Expression | None
    slips: Mapping[str, Expression]
    options: Mapping[str, Expression]

    def __call__(self, draw: Random) -> Variant:
        """A generator as any other. CannotCompute: a formula has no value for what was drawn, or the conditions are
        hardly ever met."""
        for _ in range(MAX_TRIES):
            values: dict[str, Any] = {name: source.drawn(draw) for name, source in self.draw.items()}
            shown = dict(values)
            for name, formula in self.compute.items():
                shown[name] = formula.value(shown)
            if all(condition.value(shown) for condition in self.where):
                return self._variant(shown)
        raise CannotCompute(f"the conditions were not met in {MAX_TRIES} draws; loosen one")

    def _variant(self, shown: Mapping[str, Any]) -> Variant:
        return Variant(
            params=shown,
            options=_computed(self.options, shown),
            key=None if self.key is None else self.key.value(shown),
            slips=_computed(self.slips, shown),
        )

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Declaration:
        """From the field “parameters” of a question file. BadDeclaration."""
        known = {"draw", "compute", "where", "key", "slips", "options"}
        for name in data:
            if name not in known:
                raise BadDeclaration(
                    f"“{name}” is not a field here; known are {', '.join(sorted(known))}", str(name)
                )
        drawn = {name: _source(written, name) for name, written in sorted(_mapping(data, "draw").items())}
        if not drawn:
            raise BadDeclaration(
                "“draw” names nothing; give every parameter a range or a list of values", "draw"
            )
        names = list(drawn)
        compute = {}
        for name, text in _in_order_of_use(_mapping(data, "compute")):
            compute[name] = _formula(text, names, "compute", name)
            names.append(name)
        _refuse_names(names)
        where = data.get("where", [])
        if not isinstance(where, list):
            raise BadDeclaration("“where” is a list of conditions, such as - hi != -lo", "where")
        return cls(
            draw=drawn,
            compute=compute,
            where=tuple(_formula(text, names, "where") for text in where),
            key=_formula(data["key"], names, "key") if data.get("key") is not None else None,
            slips={
                name: _formula(text, names, "slips", name) for name, text in _mapping(data, "slips").items()
            },
            options={
                name: _formula(text, names, "options", name)
                for name, text in _mapping(data, "options").items()
            },
        )


def _in_order_of_use(formulas: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """What a formula uses comes before it, else by name. The written order counts for nothing, since no database keeps
    it. Formulas that use each other come last, and are refused when they are read."""
    left = {name: _names_in(formulas[name]) & formulas.keys() for name in sorted(formulas)}
    ordered: list[str] = []
    while left:
        ready = next((name for name, used in left.items() if used <= set(ordered)), next(iter(left)))
        ordered.append(ready)
        del left[ready]
    return [(name, formulas[name]) for name in ordered]


def _names_in(formula: Any) -> set[str]:
    try:
        return {
            node.id for node in ast.walk(ast.parse(str(formula), mode="eval")) if isinstance(node, ast.Name)
        }
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return set()  # said when it is read


def _computed(formulas: Mapping[str, Expression], values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: formula.value(values) for name, formula in formulas.items()}


def _mapping(data: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = data.get(key) or {}
    if not isinstance(value, Mapping) or not all(isinstance(name, str) for name in value):
        raise BadDeclaration(f"“{key}” must hold fields of its own (a mapping)", key)
    if len(value) > MAX_NAMES:
        raise BadDeclaration(f"“{key}” has more than {MAX_NAMES} names; leave out what nothing uses", key)
    return value


def _formula(text: Any, names: list[str], *place: str) -> Expression:
    if isinstance(text, bool) or not isinstance(text, str | int | float):
        raise BadDeclaration(f"a formula is a text or a number; it is {text!r}", *place)
    try:
        return Expression.read(str(text), names)
    except BadExpression as bad:
        raise BadDeclaration(str(bad), *place) from None


def _source(written: Any, name: str) -> Range | Choice:
    fields = set(written) if isinstance(written, Mapping) else set()
    if fields == {"one_of"}:
        values = written["one_of"]
        if (
            not isinstance(values, list)
            or not 1 <= len(values) <= MAX_LISTED
            or not all(map(_is_value, values))
        ):
            raise BadDeclaration(f"“one_of” is a list of 1 to {MAX_LISTED} numbers or texts", "draw", name)
        return Choice(tuple(values))
    if {"from", "to"} <= fields <= {"from", "to", "step"}:
        return _range(written, name)
    raise BadDeclaration(f"{name}: write {{from: 1, to: 9, step: 2}} or {{one_of: [4, 6, 8]}}", "draw", name)


def _range(written: Mapping[str, Any], name: str) -> Range:
    first, last, step = written["from"], written["to"], written.get("step", 1)
    if not all(_is_number(each) for each in (first, last, step)) or step <= 0 or last < first:
        raise BadDeclaration(
            f"{name}: “from” is not above “to”, and “step” is a number above 0", "draw", name
        )
    count = math.floor((last - first) / step * (1 + 1e-12)) + 1
    if count > MAX_CHOICES:
        raise BadDeclaration(
            f"{name}: that are more than {MAX_CHOICES} values; make the step larger", "draw", name
        )
    return Range(first, step, count)


def _is_number(value: Any) -> bool:
    return (
        not isinstance(value, bool)
        and isinstance(value, int | float)
        and math.isfinite(value)
        and abs(value) < 1e30
    )


def _is_value(value: Any) -> bool:
    return _is_number(value) or (isinstance(value, str) and len(value) <= 200)


def _refuse_names(names: list[str]) -> None:
    for name in names:
        if not name.isidentifier() or not name.isascii() or keyword.iskeyword(name) or name in FUNCTIONS:
            raise BadDeclaration(
                f"“{name}” cannot be the name of a parameter; use letters, digits and _", "draw", name
            )
    if twice := {name for name in names if names.count(name) > 1}:
        raise BadDeclaration(f"declared twice: {', '.join(sorted(twice))}", "compute")
