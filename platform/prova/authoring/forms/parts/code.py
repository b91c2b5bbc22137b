"""Code: whose checks score the answer, what the student opens, and a source that earns everything."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from prova.authoring.forms.content import Content
from prova.authoring.forms.parts.part import Fields, Part, Texts, filled, said
from prova.authoring.forms.values import shown

#: Of a box per check: code.check.NAME. A name that the exercise does not have keeps its box.
CHECK = "code.check."


def _write(neutral: Content, texts: Texts) -> Fields:
    code = dict(neutral.get("code", {}))
    fields = {f"code.{name}": shown(code.get(name)) for name in ("exercise", "starter", "solution")}
    return fields | {f"{CHECK}{name}": str(at) for at, name in enumerate(code.get("checks", []))}


def _read(fields: Mapping[str, str], languages: Sequence[str]) -> tuple[Content, Texts]:
    ticked = [(value, name) for name, value in fields.items() if name.startswith(CHECK) and value]
    ticked.sort(key=lambda each: (not each[0].isdecimal(), each[0].zfill(4), each[1]))
    code = {
        "exercise": said(fields, "code.exercise").strip(),
        "checks": [name.removeprefix(CHECK) for _, name in ticked],
        "starter": said(fields, "code.starter"),
        "solution": said(fields, "code.solution"),
    }
    return filled({"code": filled(code)}), {}


CODE = Part(("code",), (), _write, _read)
