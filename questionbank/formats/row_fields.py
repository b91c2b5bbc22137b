"""True/false, matching and ordering: options that are rows."""

from __future__ import annotations

from typing import Any

from questionbank.formats.fields import Fields
from questionbank.formats.matching_fields import matching_choices
from questionbank.formats.option_fields import named_texts, option_texts, read_options
from questionbank.formats.type_format import Neutral, TypeFormat
from questionbank.items.matching import Matching
from questionbank.items.ordering import Ordering
from questionbank.items.rows import RowItem
from questionbank.items.true_false import TrueFalse


def _true_false(fields: Fields) -> dict[str, Any]:
    return {"options": read_options(fields, ("id", "correct")), "scoring": _scoring(fields, TrueFalse)}


def _ordering(fields: Fields) -> dict[str, Any]:
    return {"options": read_options(fields, ("id",)), "scoring": _scoring(fields, Ordering)}


def _matching(fields: Fields) -> dict[str, Any]:
    options = read_options(fields, ("id", "match"))
    choices = matching_choices(fields, options)
    return {"options": options, "choices": choices, "scoring": _scoring(fields, Matching)}


def _scoring(fields: Fields, item: type[RowItem]) -> str:
    return fields.choice("scoring", item.rules, default=item.rules[0])


def _matching_texts(fields: Fields, neutral: Neutral) -> dict[str, Any]:
    return option_texts(fields, neutral) | named_texts(fields, "choices", neutral["choices"])


TRUE_FALSE = TypeFormat(frozenset({"options", "scoring"}), _true_false, option_texts)
ORDERING = TypeFormat(frozenset({"options", "scoring"}), _ordering, option_texts)
MATCHING = TypeFormat(frozenset({"options", "choices", "scoring"}), _matching, _matching_texts)
