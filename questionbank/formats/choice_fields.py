"""Single and multiple choice."""

from __future__ import annotations

from typing import Any

from questionbank.definition import OptionDefinition
from questionbank.formats.fields import Fields
from questionbank.formats.option_fields import option_texts, read_options
from questionbank.formats.type_format import TypeFormat
from questionbank.items.partial_credit import DEFAULT_RULE, FRACTIONS, RULES

_OPTION = ("id", "correct", "pin", "fraction")


def _single(fields: Fields) -> dict[str, Any]:
    options = read_options(fields, _OPTION)
    keys = sum(option.correct for option in options)
    if keys != 1:
        fields.problem(f"{keys} options are marked correct; single choice has exactly one key", "options")
    return {"options": options}


def _multiple(fields: Fields) -> dict[str, Any]:
    options = read_options(fields, _OPTION)
    if not any(option.correct for option in options) and fields.values.get("scoring") != FRACTIONS:
        fields.problem("no option is marked correct; mark every key", "options")
    return {"options": options, "scoring": _scoring(fields, options)}


def _scoring(fields: Fields, options: tuple[OptionDefinition, ...]) -> str:
    rule = fields.choice("scoring", [*RULES, FRACTIONS], default=DEFAULT_RULE)
    written = [option.fraction for option in options if option.fraction is not None]
    if rule == FRACTIONS:
        _check_fractions(fields, options)
    elif written:
        fields.problem("a “fraction” on an option needs “scoring: fractions”", "options")
    return rule


def _check_fractions(fields: Fields, options: tuple[OptionDefinition, ...]) -> None:
    fractions = {option.id: option.fraction or 0.0 for option in options}
    gained = sum(fraction for fraction in fractions.values() if fraction > 0)
    if abs(gained - 1) > 1e-4:
        fields.problem(f"the fractions above zero add up to {gained:g}; they must make 1", "options")
    for option in options:
        if option.correct != (fractions[option.id] > 0):
            fields.problem(
                f"option {option.id}: a fraction above zero and “correct: true” go together", "options"
            )
        if abs(fractions[option.id]) > 1:
            fields.problem(f"option {option.id}: a fraction lies between -1 and 1", "options")


SINGLE_CHOICE = TypeFormat(frozenset({"options"}), _single, option_texts)
MULTIPLE_CHOICE = TypeFormat(frozenset({"options", "scoring"}), _multiple, option_texts)
