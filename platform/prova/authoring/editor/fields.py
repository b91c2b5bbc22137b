"""Single fields and passages, with what is said at them; what all builders of the editor's page start from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from prova.authoring.editor.model import FormField, Passage
from prova.authoring.forms import to_fields
from prova.authoring.forms.content import Content, languages_of
from prova.authoring.forms.shapes import Shape, shape_of
from prova.authoring.judging import Remark
from prova.authoring.models import ReviewNote
from prova.authoring.words import FieldWords


@dataclass
class FieldBuilder:
    content: Content
    topic: str
    slug_is_fixed: bool
    at: Mapping[str, list[Remark]]
    notes: Mapping[str, list[ReviewNote]]

    def __post_init__(self) -> None:
        self.fields = to_fields(self.content) | {"topic": self.topic}
        self.words = FieldWords()
        self.codes = languages_of(self.content)
        self.type = str(self.content.get("type", ""))
        self.shape: Shape = shape_of(self.type)

    def one(self, name: str, label: str, kind: str = "line", **more: Any) -> FormField:
        return FormField(
            name=name,
            label=label,
            value=self.fields.get(name, ""),
            kind=kind,
            remarks=tuple(self.at.get(name, ())),
            notes=tuple(self.notes.get(name, ())),
            **more,
        )

    def tick(self, name: str, label: str, **more: Any) -> FormField:
        return self.one(name, label, "check", is_checked=bool(self.fields.get(name)), **more)

    def passage(self, label: str, rest: str, kind: str = "area", help: str = "", only: str = "") -> Passage:
        cells = tuple(
            self.one(f"texts.{code}.{rest}", label, kind, language=code, help="" if place else help)
            for place, code in enumerate(self.codes)
        )
        return Passage(label, cells, only)

    def tolerance(self, start: str, *, only: str = "", may_lack: bool = False) -> list[FormField]:
        choices = self.words.tolerances()
        if may_lack:
            choices = (("", self.words.no_tolerance()), *choices)
        kind = self.one(f"{start}.kind", self.words.tolerance(), "select", choices=choices, only=only)
        ends = self.words.tolerance_ends()
        return [
            kind,
            *(
                self.one(f"{start}.{name}", label, "number", only=only, tolerance=kinds)
                for name, label, kinds in ends
            ),
        ]
