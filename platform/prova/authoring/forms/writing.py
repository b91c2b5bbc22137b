"""From the mapping of a question to the fields of the form."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from prova.authoring.forms.content import (
    UNREAD,
    Content,
    languages_of,
    mapping,
    members,
    source_language,
    text_of,
    without_revision,
)
from prova.authoring.forms.shapes import Shape, shape_of
from prova.authoring.forms.values import as_yaml, shown

Fields = dict[str, str]
PROGRAM, PROGRAM_FLAGS = ("code", "output"), ("ignore_case", "ignore_spaces")
TOLERANCE = ("kind", "value", "floor", "low", "high")
PLAIN = ("id", "type", "level", "source", "note", "generator", "generator_source", "variants")


def to_fields(content: Mapping[str, Any]) -> Fields:
    """Every value of the mapping, under flat names: options.0.id, texts.en.stem. What no field shows is YAML in “more”.

    `from_fields` of the result is the same question.
    """
    rest: Content = {name: value for name, value in content.items() if name not in ("texts", UNREAD)}
    shape = shape_of(str(content.get("type", "")))
    fields: Fields = {name: shown(rest.pop(name, "")) for name in PLAIN if _is_plain(rest.get(name, ""))}
    languages = languages_of(content)
    fields["source_language"] = source_language(content)
    rest.pop("source_language", None)
    fields["languages"] = ",".join(languages)
    told = {each: without_revision(text_of(content, each)) for each in languages}
    for part in shape.parts:
        fields |= part.moved(rest, told)
    fields["parameters"] = as_yaml(mapping(rest.pop("parameters", None)))
    rows = _neutral(rest, shape, fields)
    phrases = {name: mapping(rest.pop(name, None)) for name in ("objective", "convention")}
    for language in languages:
        for name, texts in phrases.items():
            fields[f"texts.{language}.{name}"] = shown(texts.get(language))
        fields[f"texts.{language}.revision"] = shown(text_of(content, language).get("revision", 1))
        _texts(told[language], language, rows, fields)
    fields["more"] = as_yaml(rest)
    return fields | {name: str(text) for name, text in mapping(content.get(UNREAD)).items()}


def _is_plain(value: Any) -> bool:
    return not isinstance(value, Mapping | list)


def _neutral(rest: Content, shape: Shape, fields: Fields) -> dict[str, list[str]]:
    """Moves what the form shows from `rest` to `fields`; gives the ids of the rows."""
    rows: dict[str, list[str]] = {}
    if shape.options is not None:
        rows["options"] = _options(members(rest.pop("options", None)), shape, fields)
    if shape.choices:
        rows["choices"] = [str(each) for each in rest.pop("choices", None) or []]
        _ids("choices", rows["choices"], fields)
    if shape.scoring:
        fields["scoring"] = shown(rest.pop("scoring", ""))
    if shape.number:
        rows["slips"] = _number(rest, fields)
    if shape.program and set(mapping(rest.get("program"))) <= {*PROGRAM, *PROGRAM_FLAGS}:
        program = mapping(rest.pop("program", None))
        fields.update({f"program.{name}": shown(program.get(name)) for name in PROGRAM})
        fields.update({f"program.{name}": "on" for name in PROGRAM_FLAGS if program.get(name) is True})
    if hints := members(rest.get("hints")):
        rest.pop("hints")
        rows["hints"] = [str(hint.get("id", "")) for hint in hints]
        _ids("hints", rows["hints"], fields)
        fields.update({f"hints.{place}.cost": shown(hint.get("cost")) for place, hint in enumerate(hints)})
    return rows


def _ids(kind: str, ids: list[str], fields: Fields) -> None:
    fields.update({f"{kind}.{place}.id": each for place, each in enumerate(ids)})


def _options(options: list[dict[str, Any]], shape: Shape, fields: Fields) -> list[str]:
    for place, option in enumerate(options):
        left = dict(option)
        fields[f"options.{place}.id"] = shown(left.pop("id", ""))
        if shape.one_key and left.pop("correct", False) is True:
            fields["correct"] = str(place)
        for column in shape.options or ():
            value = left.pop(column, None)
            written = ("on" if value is True else "") if column == "correct" else shown(value)
            if written:
                fields[f"options.{place}.{column}"] = written
        if left.get("correct") is False:
            left.pop("correct")
        if left:
            fields[f"options.{place}.rest"] = json.dumps(left, ensure_ascii=False)
    return [str(option.get("id", "")) for option in options]


def _number(rest: Content, fields: Fields) -> list[str]:
    key = mapping(rest.pop("key", None))
    fields["key.value"] = shown(key.get("value"))
    tolerance = mapping(key.get("tolerance")) or mapping(rest.pop("tolerance", None))
    fields.update({f"tolerance.{name}": shown(tolerance.get(name)) for name in TOLERANCE})
    fields["unit"] = shown(rest.pop("unit", ""))
    slips = rest.pop("slips", None)
    values = mapping(slips) if isinstance(slips, Mapping) else {str(each): None for each in slips or []}
    _ids("slips", list(values), fields)
    fields.update({f"slips.{place}.value": shown(value) for place, value in enumerate(values.values())})
    return list(values)


def _texts(rest: Content, language: str, rows: dict[str, list[str]], fields: Fields) -> None:
    start = f"texts.{language}"
    for name in ("stem", "explanation"):
        fields[f"{start}.{name}"] = shown(rest.pop(name, ""))
    for kind, ids in rows.items():
        written = mapping(rest.pop(kind, None))
        for place, each in enumerate(ids):
            text = written.pop(each, None)
            if kind == "options":
                both = mapping(text)
                fields[f"{start}.options.{place}.text"] = shown(both.get("text"))
                fields[f"{start}.options.{place}.explanation"] = shown(both.get("explanation"))
            else:
                fields[f"{start}.{kind}.{place}"] = shown(text)
        if written:
            rest[kind] = written
    fields[f"{start}.more"] = as_yaml(rest)
