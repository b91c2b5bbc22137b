"""Free text: what a person marks by, how long the answer should be, and one that would earn everything."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from prova.authoring.forms.content import Content
from prova.authoring.forms.ids import ids_in
from prova.authoring.forms.parts.part import Fields, Part, Texts, filled, said
from prova.authoring.forms.values import number, shown


def _write(neutral: Content, texts: Texts) -> Fields:
    limits = dict(neutral.get("words", {}))
    fields = {f"words.{name}": shown(limits.get(name)) for name in ("least", "most")}
    for place, criterion in enumerate(neutral.get("rubric", [])):
        start = f"rubric.{place}"
        fields[f"{start}.id"] = criterion["id"]
        levels = criterion.get("levels", [])
        for at, level in enumerate(levels):
            fields[f"{start}.levels.{at}.id"] = level["id"]
            fields[f"{start}.levels.{at}.points"] = shown(level.get("points"))
        for language, text in texts.items():
            told = text.get("rubric", {}).get(criterion["id"], {})
            fields[f"texts.{language}.{start}.text"] = shown(told.get("text"))
            for at, level in enumerate(levels):
                meaning = told.get("levels", {}).get(level["id"])
                fields[f"texts.{language}.{start}.levels.{at}"] = shown(meaning)
    for language, text in texts.items():
        fields[f"texts.{language}.model_answer"] = shown(text.get("model_answer"))
    return fields


def _read(fields: Mapping[str, str], languages: Sequence[str]) -> tuple[Content, Texts]:
    rows = ids_in(fields, "rubric")
    levels = {place: ids_in(fields, f"rubric.{place}.levels") for place in rows}
    criteria = [
        filled(
            {
                "id": each,
                "levels": [
                    filled(
                        {"id": level, "points": number(fields.get(f"rubric.{place}.levels.{at}.points", ""))}
                    )
                    for at, level in levels[place].items()
                ],
            }
        )
        for place, each in rows.items()
    ]
    limits = filled({name: number(fields.get(f"words.{name}", "")) for name in ("least", "most")})
    texts = {}
    for language in languages:
        told = {}
        for place, each in rows.items():
            start = f"texts.{language}.rubric.{place}"
            meanings = {level: said(fields, f"{start}.levels.{at}") for at, level in levels[place].items()}
            told[each] = filled({"text": said(fields, f"{start}.text"), "levels": filled(meanings)})
        model = said(fields, f"texts.{language}.model_answer")
        texts[language] = filled({"rubric": filled(told), "model_answer": model})
    return filled({"rubric": criteria, "words": limits}), texts


RUBRIC = Part(("rubric", "words"), ("rubric", "model_answer"), _write, _read)
