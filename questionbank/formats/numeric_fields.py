"""Numeric questions: key, tolerance, unit and known-wrong values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from questionbank.definition import ToleranceDefinition
from questionbank.formats.fields import WORD, Fields
from questionbank.formats.generator_fields import is_generated
from questionbank.formats.option_fields import named_texts
from questionbank.formats.type_format import Neutral, TypeFormat
from questionbank.items.tolerance import KINDS
from questionbank.typed import DigitsDefinition, UnitsDefinition

_UNIT = re.compile(r"[^\W\d_][^\s]{0,19}")


def _read(fields: Fields) -> dict[str, Any]:
    slips = _slips(fields, is_generated(fields))
    key, tolerance = _key(fields, is_generated(fields))
    unit = fields.text("unit", required=False) or None
    return {
        "slips": slips,
        "key": key,
        "tolerance": tolerance,
        "unit": unit,
        "units": _units(fields, unit),
        "digits": _digits(fields),
    }


def _units(fields: Fields, unit: str | None) -> UnitsDefinition | None:
    if "units" not in fields.values:
        return None
    units = fields.sub("units")
    units.only({"factors", "required"})
    factors = units.sub("factors")
    read = {name: factors.number(name, required=True) or 0.0 for name in factors.values}
    for name, factor in read.items():
        if not _UNIT.fullmatch(name):
            factors.problem(f"“{name}” cannot be told from a number; a unit begins with a letter", name)
        if factor <= 0:
            factors.problem(f"“{name}” needs a factor above zero: how many {unit} one of it is", name)
    if not unit:
        fields.problem("“units” are counted in “unit”; write the unit of the key", "unit")
    return UnitsDefinition(read, units.flag("required"))


def _digits(fields: Fields) -> DigitsDefinition | None:
    if "digits" not in fields.values:
        return None
    digits = fields.sub("digits")
    digits.only({"least", "most"})
    least = digits.whole("least", 1, 1, 12)
    most = digits.whole("most", 12, 1, 15) if "most" in digits.values else None
    if most is not None and least > most:
        digits.problem("“least” lies above “most”; exchange them", "least")
    return None if (least, most) == (1, None) else DigitsDefinition(least, most)


def _texts(fields: Fields, neutral: Neutral) -> dict[str, Any]:
    return named_texts(fields, "slips", neutral["slips"])


def _slips(fields: Fields, generated: bool) -> dict[str, float | None]:
    value = fields.values.get("slips")
    if value is None:
        return {}
    if generated:
        if not isinstance(value, list) or not all(isinstance(slip, str) for slip in value):
            fields.problem(
                "with a generator “slips” is a list of names; the generator computes the values", "slips"
            )
            return {}
        check_slip_names(fields, value)
        return dict.fromkeys(value)
    if not isinstance(value, Mapping):
        fields.problem("without a generator “slips” maps each name to its wrong value", "slips")
        return {}
    check_slip_names(fields, value)
    inner = fields.sub("slips")
    return {slip: inner.number(slip, required=True) for slip in value}


def check_slip_names(fields: Fields, names: Iterable[str]) -> None:
    for name in names:
        if not WORD.fullmatch(name):
            fields.problem(f"slip “{name}” must be small letters, digits, - and _", "slips")


def _key(fields: Fields, generated: bool) -> tuple[float | None, ToleranceDefinition | None]:
    if generated:
        if "key" in fields.values:
            fields.problem("the generator computes the key; leave “key” out and write “tolerance”", "key")
        return None, read_tolerance(fields)
    key = fields.sub("key")
    key.only({"value", "tolerance"})
    if "tolerance" in fields.values and "tolerance" in key.values:
        fields.problem("“tolerance” is written twice; keep the one inside “key”", "tolerance")
    holder = key if "tolerance" in key.values else fields
    return key.number("value", required=True), read_tolerance(holder)


def read_tolerance(fields: Fields) -> ToleranceDefinition:
    tolerance = fields.sub("tolerance")
    kind = tolerance.choice("kind", KINDS)
    if kind == "interval":
        tolerance.only({"kind", "low", "high"})
        low, high = tolerance.number("low", required=True), tolerance.number("high", required=True)
        if low is not None and high is not None and low > high:
            tolerance.problem("“low” lies above “high”; exchange them", "low")
        return ToleranceDefinition(kind, low=low, high=high)
    with_floor = {"floor"} if kind in ("relative", "geometric", "significant_digits") else set()
    tolerance.only({"kind", "value"} | with_floor)
    if kind in ("decimal_places", "significant_digits"):
        value: float = tolerance.whole("value", 2, int(kind == "significant_digits"), 12)
    else:
        value = tolerance.number("value", required=True) or 0.0
    if value < 0:
        tolerance.problem("a tolerance is not negative", "value")
    return ToleranceDefinition(kind, value, floor=tolerance.number("floor") or 0.0)


NUMERIC = TypeFormat(frozenset({"key", "tolerance", "unit", "units", "digits", "slips"}), _read, _texts)
