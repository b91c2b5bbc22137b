"""Short answers: what earns something, known mistakes, and the wordings of both in each language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from prova.authoring.forms.content import Content
from prova.authoring.forms.ids import ids_in
from prova.authoring.forms.parts.part import Fields, Part, Texts, filled, lines, said, wordings
from prova.authoring.forms.values import number, shown


def _write(neutral: Content, texts: Texts) -> Fields:
    fields: Fields = {}
    for place, answer in enumerate(neutral.get("answers", [])):
        fields[f"answers.{place}.id"] = answer["id"]
        fields[f"answers.{place}.fraction"] = shown(answer.get("fraction"))
    for place, slip in enumerate(neutral.get("slips", [])):
        fields[f"slips.{place}.id"] = slip
    for kind, ids in (("answers", ids_in(fields, "answers")), ("slips", ids_in(fields, "slips"))):
        for place, each in ids.items():
            for language, text in texts.items():
                start = f"texts.{language}.{kind}.{place}"
                fields[f"{start}.wordings"] = lines(text.get("answers", {}).get(each, []))
                fields[f"{start}.told"] = shown(text.get("slips", {}).get(each))
    return fields


def _read(fields: Mapping[str, str], languages: Sequence[str]) -> tuple[Content, Texts]:
    answers, slips = ids_in(fields, "answers"), ids_in(fields, "slips")
    neutral = filled(
        {
            "answers": [
                filled({"id": each, "fraction": number(fields.get(f"answers.{place}.fraction", ""))})
                for place, each in answers.items()
            ],
            "slips": list(slips.values()),
        }
    )
    rows = [("answers", place, each) for place, each in answers.items()]
    rows += [("slips", place, each) for place, each in slips.items()]
    texts = {}
    for language in languages:
        start = f"texts.{language}"
        words = {each: wordings(fields.get(f"{start}.{kind}.{at}.wordings", "")) for kind, at, each in rows}
        told = {each: said(fields, f"{start}.{kind}.{at}.told") for kind, at, each in rows}
        texts[language] = filled({"answers": filled(words), "slips": filled(told)})
    return neutral, texts


SHORT_ANSWERS = Part(("answers", "slips"), ("answers", "slips"), _write, _read)
