"""Which parts of a question the form shows as fields of their own, by item type. The rest is written as YAML."""

from __future__ import annotations

from dataclasses import dataclass, field

from prova.authoring.forms import parts
from prova.authoring.forms.parts import Part
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
    #: What is of this type alone, each with a form of its own.
    own: tuple[Part, ...] = field(default=())
    #: The type has a form; without one everything of its own is YAML.
    complete: bool = True

    @property
    def parts(self) -> tuple[Part, ...]:
        """Every question may have pictures and declared parameters."""
        return (*self.own, parts.IMAGES, parts.PARAMETERS)


def _rules(item_type: str) -> tuple[str, ...]:
    return tuple(getattr(ITEM_TYPES[item_type], "rules", ()))


SHAPES: dict[str, Shape] = {
    "single_choice": Shape(("pin",), one_key=True),
    "multiple_choice": Shape(("correct", "pin", "fraction"), scoring=_MULTIPLE),
    "true_false": Shape(("correct",), scoring=_rules("true_false")),
    "matching": Shape(("match",), choices=True, scoring=_rules("matching")),
    "ordering": Shape((), scoring=_rules("ordering")),
    "numeric": Shape(number=True, own=(parts.NUMBER_UNITS,)),
    "code_reading": Shape(program=True, scoring=_rules("code_reading")),
    "short_answer": Shape(own=(parts.SHORT_ANSWERS, parts.TEXT_RULES)),
    "gaps": Shape(own=(parts.GAPS, parts.TEXT_RULES), scoring=_rules("gaps")),
    "hotspot": Shape(own=(parts.REGIONS,), scoring=_rules("hotspot")),
    "free_text": Shape(own=(parts.RUBRIC,)),
    "code": Shape(own=(parts.CODE,)),
}


def shape_of(item_type: str) -> Shape:
    return SHAPES.get(item_type, Shape(complete=False))
