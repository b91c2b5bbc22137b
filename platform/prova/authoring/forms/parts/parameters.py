"""Declared parameters: what is drawn, what is computed from it, conditions, and the formulas of key and mistakes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from prova.authoring.forms.content import Content
from prova.authoring.forms.ids import ids_in
from prova.authoring.forms.parts.part import Fields, Part, Texts, filled, lines, said, wordings
from prova.authoring.forms.values import number, shown

_RANGE = ("from", "to", "step")


def _write(neutral: Content, texts: Texts) -> Fields:
    written = dict(neutral.get("parameters", {}))
    fields: Fields = {
        "parameters.key": shown(written.get("key")),
        "parameters.where": lines(written.get("where", [])),
    }
    for place, (name, source) in enumerate(written.get("draw", {}).items()):
        start = f"draw.{place}"
        fields[f"{start}.id"] = name
        fields |= {f"{start}.{each}": shown(source.get(each)) for each in _RANGE}
        fields[f"{start}.one_of"] = ", ".join(shown(each) for each in source.get("one_of", []))
    for place, (name, formula) in enumerate(written.get("compute", {}).items()):
        fields[f"compute.{place}.id"], fields[f"compute.{place}.formula"] = name, shown(formula)
    named = [("slip", name, formula) for name, formula in written.get("slips", {}).items()]
    named += [("option", name, formula) for name, formula in written.get("options", {}).items()]
    for place, (use, name, formula) in enumerate(named):
        start = f"values.{place}"
        fields |= {f"{start}.id": name, f"{start}.use": use, f"{start}.formula": shown(formula)}
    return fields


def _read(fields: Mapping[str, str], languages: Sequence[str]) -> tuple[Content, Texts]:
    draws, computed, values = (ids_in(fields, kind) for kind in ("draw", "compute", "values"))
    uses = {place: fields.get(f"values.{place}.use") or "slip" for place in values}
    written = filled(
        {
            "draw": {name: _source(fields, f"draw.{place}") for place, name in draws.items()},
            "compute": {name: _formula(fields, f"compute.{place}") for place, name in computed.items()},
            "where": wordings(fields.get("parameters.where", "")),
            "key": number(said(fields, "parameters.key")),
            **{
                f"{use}s": {
                    name: _formula(fields, f"values.{place}")
                    for place, name in values.items()
                    if uses[place] == use
                }
                for use in ("slip", "option")
            },
        }
    )
    return filled({"parameters": written}), {}


def _formula(fields: Mapping[str, str], start: str) -> Any:
    """A bare number is a number; nothing is an empty text, for the reader to refuse."""
    read = number(said(fields, f"{start}.formula"))
    return "" if read is None else read


def _source(fields: Mapping[str, str], start: str) -> Content:
    listed = [each.strip() for each in fields.get(f"{start}.one_of", "").split(",") if each.strip()]
    ends = filled({name: number(fields.get(f"{start}.{name}", "")) for name in _RANGE})
    return ends | ({"one_of": [number(each) for each in listed]} if listed else {})


PARAMETERS = Part(("parameters",), (), _write, _read)
