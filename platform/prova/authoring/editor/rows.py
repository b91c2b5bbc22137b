"""The rows of a group: the head of each, its texts in every language, and the rows inside it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from prova.authoring.editor.heads import HeadBuilder
from prova.authoring.editor.model import Group, Passage, Row
from prova.authoring.forms.ids import WITHOUT_ORDER, ids_of
from prova.authoring.forms.parts.images import DRAWINGS

Passages = tuple[Passage, ...]


class RowBuilder(HeadBuilder):
    def group(self, kind: str, where: str = "main", only: str = "") -> Group:
        last = kind.rsplit(".", 1)[-1] if "." in kind else kind
        title, help, add = self.words.group(f"inner {last}" if "." in kind else kind, self.type)
        count = len(ids_of(self.fields, kind))
        rows = tuple(self._row(kind, place, count) for place in range(count))
        return Group(kind, title, help, add, rows, where, only)

    def _row(self, kind: str, place: int, count: int) -> Row:
        mark = chr(ord("A") + place) if kind == "options" and place < 26 else str(place + 1)
        start = f"{kind}.{place}"
        last = kind.rsplit(".", 1)[-1]
        rest = self.fields.get(f"{start}.rest", "")
        return Row(
            kind,
            place,
            mark,
            self.head(kind, place),
            self._passages(kind, last, start),
            place == 0 or kind in WITHOUT_ORDER,
            place == count - 1 or kind in WITHOUT_ORDER,
            rest,
            self._groups_in(last, start),
        )

    def _passages(self, kind: str, last: str, start: str) -> Passages:
        if last == "options":
            label = self.words.option(self.type)
            return self.passage(label, f"{start}.text"), self.passage(_("Why"), f"{start}.explanation")
        if self.type == "short_answer" and last in ("answers", "slips"):
            told = self.passage(self.words.text("slips"), f"{start}.told")
            is_partial = last == "slips" or self.fields.get(f"{start}.fraction") or self._has(f"{start}.told")
            return (
                self.passage(_("Wordings, one a line"), f"{start}.wordings"),
                *((told,) if is_partial else ()),
            )
        if last == "gaps":
            return (
                self.passage(_("Wordings, one a line"), f"{start}.answers", only="text"),
                self.passage(_("Explanation"), f"{start}.explanation"),
            )
        if last == "images":
            return self._image_passages(start)
        if last == "rubric":
            return (self.passage(_("What is looked at"), f"{start}.text"),)
        if last in ("units", "draw", "compute", "values"):
            return ()
        return (self.passage(self.words.text(last), start),)

    def _has(self, rest: str) -> bool:
        return any(self.fields.get(f"texts.{code}.{rest}") for code in self.codes)

    def _groups_in(self, last: str, start: str) -> tuple[Group, ...]:
        if last == "gaps":
            return (self.group(f"{start}.choices", only="choice"),)
        return (self.group(f"{start}.levels"),) if last == "rubric" else ()

    def _image_passages(self, start: str) -> Passages:
        drawn = " ".join(DRAWINGS)
        return (
            self.passage(_("What it shows, for who does not see it"), f"{start}.alt"),
            self.passage(_("Words at the x axis"), f"{start}.x", "line", only=drawn),
            self.passage(_("Words at the y axis"), f"{start}.y", "line", only=drawn),
            self.passage(_("Names of the bars, one a line"), f"{start}.labels", only="bars"),
        )
