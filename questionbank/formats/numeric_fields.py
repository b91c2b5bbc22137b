"""Numeric questions: key, tolerance, unit and known-wrong values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from questionbank.definition import ToleranceDefinition
from questionbank.formats.fields import WORD, Fields
from questionbank.formats.generator_fields import is_generated
from questionbank.formats.option_fields import named_texts
from questionbank.formats.type_format import Neutral, TypeFormat
from questionbank.items.tolerance import KINDS


def _read(fields: Fields) -> dict[str, Any]:
    slips = _slips(fields, is_generated(fields))
    key, tolerance = _key(fields, is_generated(fields))
    unit = fields.text("unit", required=False) or None
    return {"slips": slips, "key": key, "tolerance": tolerance, "unit": unit}


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


NUMERIC = TypeFormat(frozenset({"key", "tolerance", "unit", "slips"}), _read, _texts)
