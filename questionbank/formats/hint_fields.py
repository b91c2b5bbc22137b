"""Hints: what each costs, and what it says in every language."""

from __future__ import annotations

from typing import Any

from questionbank.definition import HintDefinition
from questionbank.formats.fields import Fields
from questionbank.formats.option_fields import named_texts

MOST_HINTS = 5


def read_hints(fields: Fields) -> tuple[HintDefinition, ...]:
    if "hints" not in fields.values:
        return ()
    hints = []
    for each in fields.members("hints"):
        each.only({"id", "cost"})
        cost = each.number("cost", required=True)
        if cost is not None and not 0 <= cost <= 1:
            each.problem(f"a hint costs a share of the points, from 0 to 1; it is {cost:g}", "cost")
        hints.append(HintDefinition(each.word("id"), float(cost or 0.0)))
    if len(hints) > MOST_HINTS:
        fields.problem(f"{len(hints)} hints; at most {MOST_HINTS}", "hints")
    if sum(hint.cost for hint in hints) > 1 + 1e-9:
        fields.problem("together the hints cost more than the question gives; lower the costs", "hints")
    ids = [hint.id for hint in hints]
    if len(set(ids)) < len(ids):
        fields.problem("two hints have one id; every hint needs an id of its own", "hints")
    return tuple(hints)


def hint_texts(fields: Fields, hints: tuple[HintDefinition, ...]) -> dict[str, Any]:
    return named_texts(fields, "hints", (hint.id for hint in hints))
