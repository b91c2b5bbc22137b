"""Gaps: what each holds, and in each language its wordings, choices and explanation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from prova.authoring.forms.content import Content
from prova.authoring.forms.ids import ids_in
from prova.authoring.forms.parts.part import Fields, Part, Texts, filled, lines, said, wordings
from prova.authoring.forms.values import number, shown, tolerance_fields

_TOLERANCE = ("value", "floor", "low", "high")


def _write(neutral: Content, texts: Texts) -> Fields:
    fields: Fields = {}
    for place, gap in enumerate(neutral.get("gaps", [])):
        start = f"gaps.{place}"
        fields[f"{start}.id"], fields[f"{start}.kind"] = gap["id"], gap["kind"]
        fields[f"{start}.key"], fields[f"{start}.unit"] = shown(gap.get("key")), shown(gap.get("unit"))
        tolerance = gap.get("tolerance", {})
        fields.update({f"{start}.tolerance.{name}": shown(tolerance.get(name)) for name in _TOLERANCE})
        fields[f"{start}.tolerance.kind"] = shown(tolerance.get("kind"))
        choices = gap.get("choices", [])
        fields.update({f"{start}.choices.{at}.id": each for at, each in enumerate(choices)})
        for language, text in texts.items():
            _write_text(f"texts.{language}.{start}", text.get("gaps", {}).get(gap["id"], {}), choices, fields)
    return fields


def _write_text(start: str, told: Mapping[str, Any], choices: Sequence[str], fields: Fields) -> None:
    fields[f"{start}.answers"] = lines(told.get("answers", []))
    fields[f"{start}.explanation"] = shown(told.get("explanation"))
    for at, each in enumerate(choices):
        fields[f"{start}.choices.{at}"] = shown(told.get("choices", {}).get(each))


def _read(fields: Mapping[str, str], languages: Sequence[str]) -> tuple[Content, Texts]:
    gaps = ids_in(fields, "gaps")
    neutral = filled({"gaps": [_gap(fields, f"gaps.{place}", each) for place, each in gaps.items()]})
    texts = {}
    for language in languages:
        told = {
            each: _gap_text(fields, f"gaps.{place}", f"texts.{language}.gaps.{place}")
            for place, each in gaps.items()
        }
        texts[language] = filled({"gaps": filled(told)})
    return neutral, texts


def _gap(fields: Mapping[str, str], start: str, name: str) -> Content:
    kind = fields.get(f"{start}.kind") or "text"
    gap: Content = {"id": name, "kind": kind}
    if kind == "choice":
        choices = list(ids_in(fields, f"{start}.choices").values())
        return gap | filled({"choices": choices, "key": fields.get(f"{start}.key", "").strip()})
    if kind == "number":
        tolerance = fields.get(f"{start}.tolerance.kind", "")
        read: Content = {"kind": tolerance} if tolerance else {}
        for each in tolerance_fields(tolerance) if tolerance else ():
            read[each] = number(fields.get(f"{start}.tolerance.{each}", ""))
        return gap | filled(
            {
                "key": number(fields.get(f"{start}.key", "")),
                "tolerance": filled(read),
                "unit": said(fields, f"{start}.unit"),
            }
        )
    return gap


def _gap_text(fields: Mapping[str, str], gap: str, start: str) -> Content:
    kind = fields.get(f"{gap}.kind") or "text"
    told: Content = {}
    if kind == "text":
        told["answers"] = wordings(fields.get(f"{start}.answers", ""))
    if kind == "choice":
        ids = ids_in(fields, f"{gap}.choices")
        told["choices"] = filled({each: said(fields, f"{start}.choices.{at}") for at, each in ids.items()})
    return filled(told | {"explanation": said(fields, f"{start}.explanation")})


GAPS = Part(("gaps",), ("gaps",), _write, _read)
