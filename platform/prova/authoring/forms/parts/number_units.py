"""Units a number may be typed in, and how many digits must be typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from prova.authoring.forms.content import Content
from prova.authoring.forms.ids import ids_in
from prova.authoring.forms.parts.part import Fields, Part, Texts, filled
from prova.authoring.forms.values import number, shown


def _write(neutral: Content, texts: Texts) -> Fields:
    units, digits = dict(neutral.get("units", {})), dict(neutral.get("digits", {}))
    fields = {f"digits.{name}": shown(digits.get(name)) for name in ("least", "most")}
    for place, (name, factor) in enumerate(units.get("factors", {}).items()):
        fields[f"units.{place}.id"], fields[f"units.{place}.factor"] = name, shown(factor)
    return fields | ({"units.required": "on"} if units.get("required") is True else {})


def _read(fields: Mapping[str, str], languages: Sequence[str]) -> tuple[Content, Texts]:
    rows = ids_in(fields, "units")
    factors = {each: number(fields.get(f"units.{place}.factor", "")) for place, each in rows.items()}
    units: Content = {"factors": factors} if factors else {}
    if factors and fields.get("units.required"):
        units["required"] = True
    digits = filled({name: number(fields.get(f"digits.{name}", "")) for name in ("least", "most")})
    return filled({"units": units, "digits": digits}), {}


NUMBER_UNITS = Part(("units", "digits"), (), _write, _read)
