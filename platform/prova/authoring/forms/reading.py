"""From the fields of the form to the mapping of a question. Nothing that was typed is lost."""

from __future__ import annotations

import json
from collections.abc import Mapping

from prova.authoring.forms.content import LANGUAGE, MOST_LANGUAGES, UNREAD, Content, mapping
from prova.authoring.forms.drawn import is_drawn
from prova.authoring.forms.ids import ids_in
from prova.authoring.forms.shapes import Shape, shape_of
from prova.authoring.forms.values import UnreadableYaml, from_yaml, number, passage, tolerance_fields
from prova.authoring.forms.writing import PLAIN, PROGRAM, PROGRAM_FLAGS, TOLERANCE
from questionbank.definition import SOURCE_LANGUAGE


def from_fields(fields: Mapping[str, str]) -> Content:
    """The question that these fields say. What cannot be read as YAML is kept under `_unread` until it can."""
    unread: dict[str, str] = {}
    content: Content = {name: passage(fields.get(name, "")) for name in PLAIN}
    content["variants"] = number(content["variants"])
    content["parameters"] = _yaml(fields, "parameters", unread) or None
    shape = shape_of(content["type"])
    rows = {kind: ids_in(fields, kind) for kind in ("options", "choices", "slips", "hints")}
    content |= _neutral(fields, shape, rows)
    content = {name: value for name, value in content.items() if value not in ("", None)}
    source = fields.get("source_language", "") or SOURCE_LANGUAGE
    if source != SOURCE_LANGUAGE:
        content["source_language"] = source
    languages = _languages(fields, source)
    for name in ("objective", "convention"):
        phrases = {each: passage(fields.get(f"texts.{each}.{name}", "")) for each in languages}
        content[name] = {each: text for each, text in phrases.items() if text}
    content["texts"] = {each: _text(fields, each, shape, rows, unread) for each in languages}
    content = _with_parts(content, fields, shape, languages)
    content = _merged(_yaml(fields, "more", unread), content)
    return content | ({UNREAD: unread} if unread else {})


def _with_parts(content: Content, fields: Mapping[str, str], shape: Shape, languages: list[str]) -> Content:
    for part in shape.parts:
        neutral, texts = part.read(fields, languages)
        content = _merged(content, neutral | ({"texts": texts} if texts else {}))
    return content


def _languages(fields: Mapping[str, str], source: str) -> list[str]:
    named = [each.strip().lower() for each in fields.get("languages", "").split(",")]
    sound = [each for each in [source, *named] if LANGUAGE.fullmatch(each)]
    return list(dict.fromkeys(sound))[:MOST_LANGUAGES]


def _neutral(fields: Mapping[str, str], shape: Shape, rows: dict[str, dict[int, str]]) -> Content:
    content: Content = {}
    if shape.options is not None:
        content["options"] = [_option(fields, shape, place, each) for place, each in rows["options"].items()]
    if shape.choices:
        content["choices"] = list(rows["choices"].values())
    if shape.scoring:
        content["scoring"] = fields.get("scoring", "").strip()
    if shape.number:
        content |= _number(fields, rows["slips"])
    if shape.program:
        program = {name: passage(fields.get(f"program.{name}", "")) for name in PROGRAM}
        flags = {name: True for name in PROGRAM_FLAGS if fields.get(f"program.{name}")}
        content["program"] = {name: text for name, text in program.items() if text} | flags or None
    if rows["hints"]:
        content["hints"] = [
            _without_nothing({"id": each, "cost": number(fields.get(f"hints.{place}.cost", ""))})
            for place, each in rows["hints"].items()
        ]
    return content


def _option(fields: Mapping[str, str], shape: Shape, place: int, name: str) -> Content:
    start = f"options.{place}"
    option: Content = {"id": name}
    if shape.one_key and fields.get("correct") == str(place):
        option["correct"] = True
    for column in shape.options or ():
        typed = fields.get(f"{start}.{column}", "").strip()
        if column == "correct":
            option[column] = True if typed else None
        elif column == "fraction":
            option[column] = number(typed)
        else:
            option[column] = typed or None
    return _without_nothing(option) | _rest(fields.get(f"{start}.rest", ""))


def _rest(text: str) -> Content:
    try:
        return mapping(json.loads(text)) if text else {}
    except (ValueError, RecursionError):
        return {}


def _without_nothing(values: Content) -> Content:
    return {name: value for name, value in values.items() if value is not None}


def _number(fields: Mapping[str, str], slips: dict[int, str]) -> Content:
    key = number(fields.get("key.value", ""))
    tolerance = {name: fields.get(f"tolerance.{name}", "").strip() for name in TOLERANCE}
    content: Content = {"unit": passage(fields.get("unit", ""))}
    is_generated = is_drawn(fields)
    used = {"kind", *tolerance_fields(tolerance["kind"])}
    read = {
        name: text if name == "kind" else number(text)
        for name, text in tolerance.items()
        if text and name in used
    }
    if key is not None:
        content["key"] = {"value": key} | ({"tolerance": read} if read and not is_generated else {})
    if key is None or is_generated:
        content["tolerance"] = read or None
    if slips and is_generated:
        content["slips"] = list(slips.values())
    elif slips:
        values = {each: number(fields.get(f"slips.{place}.value", "")) for place, each in slips.items()}
        content["slips"] = values
    return content


def _text(
    fields: Mapping[str, str],
    language: str,
    shape: Shape,
    rows: dict[str, dict[int, str]],
    unread: dict[str, str],
) -> Content:
    start = f"texts.{language}"
    text: Content = {name: passage(fields.get(f"{start}.{name}", "")) for name in ("stem", "explanation")}
    text = {name: value for name, value in text.items() if value}
    shows = {
        "options": shape.options is not None,
        "choices": shape.choices,
        "slips": shape.number,
        "hints": True,
    }
    for kind, ids in rows.items():
        if not ids or not shows[kind]:
            continue
        take = _option_text if kind == "options" else _row_text
        written = {each: take(fields, f"{start}.{kind}.{place}") for place, each in ids.items()}
        text[kind] = {each: value for each, value in written.items() if value is not None}
    revision = number(fields.get(f"{start}.revision", ""))
    if revision not in (None, 1):
        text["revision"] = revision
    return _merged(_yaml(fields, f"{start}.more", unread), text)


def _option_text(fields: Mapping[str, str], start: str) -> Content:
    both = {name: passage(fields.get(f"{start}.{name}", "")) for name in ("text", "explanation")}
    return {name: text for name, text in both.items() if text}


def _row_text(fields: Mapping[str, str], start: str) -> str | None:
    return passage(fields.get(start, "")) or None


def _yaml(fields: Mapping[str, str], name: str, unread: dict[str, str]) -> Content:
    typed = fields.get(name, "")
    try:
        return from_yaml(typed)
    except UnreadableYaml:
        unread[name] = typed
        return {}


def _merged(under: Content, over: Content) -> Content:
    """`over` where both say something; mappings are merged."""
    merged = dict(under)
    for name, value in over.items():
        both = isinstance(value, Mapping) and isinstance(under.get(name), Mapping)
        merged[name] = _merged(under[name], value) if both else value
    return merged
