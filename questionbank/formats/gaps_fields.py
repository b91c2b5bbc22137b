"""Gaps: what each holds, and in each language its wordings, choices and explanation."""

from __future__ import annotations

from typing import Any

from questionbank.formats.fields import WORD, Fields
from questionbank.formats.generator_fields import is_generated
from questionbank.formats.numeric_fields import read_tolerance
from questionbank.formats.option_fields import refuse_twice
from questionbank.formats.text_fields import read_text_rules, read_wordings
from questionbank.formats.type_format import Neutral, TypeFormat
from questionbank.items.gap_marks import MOST_GAPS
from questionbank.items.gaps import Gaps
from questionbank.typed import GapDefinition, GapKind, GapText

LEAST_CHOICES, MOST_CHOICES = 2, 12
_OF_KIND = {
    GapKind.TEXT: set[str](),
    GapKind.NUMBER: {"key", "tolerance", "unit"},
    GapKind.CHOICE: {"choices", "key"},
}


def _read(fields: Fields) -> dict[str, Any]:
    generated = is_generated(fields)
    gaps = tuple(_gap(each, generated) for each in fields.members("gaps"))
    refuse_twice(fields, "gaps", [gap.id for gap in gaps])
    if len(gaps) > MOST_GAPS:
        fields.problem(f"{len(gaps)} gaps; write at most {MOST_GAPS}", "gaps")
    return {
        "gaps": gaps,
        "text_rules": read_text_rules(fields),
        "scoring": fields.choice("scoring", Gaps.rules, default=Gaps.rules[0]),
    }


def _gap(fields: Fields, generated: bool) -> GapDefinition:
    kind = GapKind(fields.choice("kind", [each.value for each in GapKind]))
    fields.only({"id", "kind"} | _OF_KIND[kind])
    name = fields.word("id")
    if kind is GapKind.NUMBER:
        return _number(fields, name, generated)
    if kind is GapKind.CHOICE:
        return _choice(fields, name)
    return GapDefinition(name, kind.value)


def _number(fields: Fields, name: str, generated: bool) -> GapDefinition:
    key = fields.number("key", required=not generated)
    tolerance = read_tolerance(fields) if "tolerance" in fields.values else None
    unit = fields.text("unit", required=False) or None
    return GapDefinition(name, GapKind.NUMBER.value, key=key, tolerance=tolerance, unit=unit)


def _choice(fields: Fields, name: str) -> GapDefinition:
    value = fields.values.get("choices")
    if not isinstance(value, list) or not all(
        isinstance(each, str) and WORD.fullmatch(each) for each in value
    ):
        fields.problem("“choices” must be a list of ids: small letters, digits, - and _", "choices")
        value = []
    refuse_twice(fields, "choices", value)
    if value and not LEAST_CHOICES <= len(value) <= MOST_CHOICES:
        fields.problem(f"{len(value)} choices; write {LEAST_CHOICES} to {MOST_CHOICES}", "choices")
    right = fields.word("key")
    if right and value and right not in value:
        fields.problem(f"“{right}” is not among “choices”; add it or correct the name", "key")
    return GapDefinition(name, GapKind.CHOICE.value, choices=tuple(value), right=right)


def _texts(fields: Fields, neutral: Neutral) -> dict[str, Any]:
    written = fields.sub("gaps")
    written.only(gap.id for gap in neutral["gaps"])
    return {"gaps": {gap.id: _gap_text(written.sub(gap.id), gap) for gap in neutral["gaps"]}}


def _gap_text(fields: Fields, gap: GapDefinition) -> GapText:
    own = {GapKind.TEXT: "answers", GapKind.CHOICE: "choices"}.get(GapKind(gap.kind))
    fields.only({"explanation"} | ({own} if own else set()))
    choices = fields.sub("choices", required=gap.kind == GapKind.CHOICE)
    choices.only(gap.choices)
    return GapText(
        explanation=fields.text("explanation"),
        answers=read_wordings(fields, "answers") if gap.kind == GapKind.TEXT else (),
        choices={choice: choices.text(choice) for choice in gap.choices},
    )


GAPS = TypeFormat(frozenset({"gaps", "text_rules", "scoring"}), _read, _texts)
