"""Which parts of a question the form shows as fields of their own, by item type. The rest is written as YAML."""

from __future__ import annotations

from dataclasses import dataclass

from questionbank.items import ITEM_TYPES
from questionbank.items.partial_credit import DEFAULT_RULE, FRACTIONS, RULES

_MULTIPLE = (DEFAULT_RULE, *(rule for rule in RULES if rule != DEFAULT_RULE), FRACTIONS)


@dataclass(frozen=True)
class Shape:
    #: Columns of the options beside their id; None: the type has no options.
    options: tuple[str, ...] | None = None
    #: Exactly one option is right.
    one_key: bool = False
    choices: bool = False
    #: Rules of partial credit; the first is used where none is named.
    scoring: tuple[str, ...] = ()
    #: Key, tolerance, unit and known-wrong values.
    number: bool = False
    #: A program and its output.
    program: bool = False
    #: The type has a form; without one everything of its own is YAML.
    complete: bool = True


def _rules(item_type: str) -> tuple[str, ...]:
    return tuple(getattr(ITEM_TYPES[item_type], "rules", ()))


SHAPES: dict[str, Shape] = {
    "single_choice": Shape(("pin",), one_key=True),
    "multiple_choice": Shape(("correct", "pin", "fraction"), scoring=_MULTIPLE),
    "true_false": Shape(("correct",), scoring=_rules("true_false")),
    "matching": Shape(("match",), choices=True, scoring=_rules("matching")),
    "ordering": Shape((), scoring=_rules("ordering")),
    "numeric": Shape(number=True),
    "code_reading": Shape(program=True, scoring=_rules("code_reading")),
}


def shape_of(item_type: str) -> Shape:
    return SHAPES.get(item_type, Shape(complete=False))
