"""The rows of a group: what stands at the head of each, its texts in every language, and the rows inside it."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _

from prova.authoring.editor.fields import FieldBuilder
from prova.authoring.editor.model import FormField, Group, Passage, Row
from prova.authoring.forms.ids import WITHOUT_ORDER, ids_of
from prova.authoring.forms.parts.images import DRAWINGS, KINDS
from questionbank.items.hotspot_areas import SHAPES

Head = tuple[FormField, ...]
Passages = tuple[Passage, ...]
_CODECS = {"numbers": "wide", "words": "wide", "one": "number", "flag": "check"}


class RowBuilder(FieldBuilder):
    def group(self, kind: str, where: str = "main", only: str = "") -> Group:
        last = kind.rsplit(".", 1)[-1] if "." in kind else kind
        title, help, add = self.words.group(f"inner {last}" if "." in kind else kind, self.type)
        count = len(ids_of(self.fields, kind))
        rows = tuple(self._row(kind, place, count) for place in range(count))
        return Group(kind, title, help, add, rows, where, only)

    def _row(self, kind: str, place: int, count: int) -> Row:
        mark = chr(ord("A") + place) if kind == "options" and place < 26 else str(place + 1)
        start = f"{kind}.{place}"
        heads: dict[str, Callable[[str], Head]] = {
            "slips": self._slip_head,
            "hints": lambda at: (self.one(f"{at}.cost", _("Costs (0 to 1)"), "number"),),
            "answers": self._answer_head,
            "gaps": self._gap_head,
            "regions": self._region_head,
            "images": self._image_head,
            "levels": lambda at: (self.one(f"{at}.points", _("Points"), "number"),),
            "units": self._unit_head,
            "draw": self._draw_head,
            "compute": lambda at: (self.one(f"{at}.formula", _("Formula"), "wide"),),
            "values": self._value_head,
        }
        last = kind.rsplit(".", 1)[-1]
        if last == "options":
            head = self._option_head(place)
        else:
            name = self.one(f"{start}.id", self.words.row_id(last))
            head = (name, *heads[last](start)) if last in heads and kind != "choices" else (name,)
        rest = self.fields.get(f"{start}.rest", "")
        return Row(
            kind,
            place,
            mark,
            head,
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

    def _option_head(self, place: int) -> Head:
        start = f"options.{place}"
        head = []
        if self.shape.one_key:
            is_key = self.fields.get("correct") == str(place)
            head.append(self.one("correct", _("Right answer"), "radio", sends=str(place), is_checked=is_key))
        for column in self.shape.options or ():
            name = f"{start}.{column}"
            if column == "correct":
                head.append(self.tick(name, self.words.correct(self.type)))
            elif column == "pin":
                is_last = self.fields.get(name) == "last"
                head.append(self.one(name, _("Stays last"), "check", sends="last", is_checked=is_last))
            elif column == "fraction":
                if self.fields.get("scoring") == "fractions" or self.fields.get(name):
                    head.append(self.one(name, _("Share of the points"), "number"))
            elif column == "match":
                head.append(self._one_of(name, _("Belongs to"), ids_of(self.fields, "choices")))
        head.append(self.one(f"{start}.id", _("Id")))
        return tuple(head)

    def _one_of(self, name: str, label: str, ids: list[str], only: str = "") -> FormField:
        value = self.fields.get(name, "")
        known = [value] if value not in ids else []
        choices = tuple((each, each or "–") for each in [*known, *ids])
        return self.one(name, label, "select", choices=choices, only=only)

    def _slip_head(self, start: str) -> Head:
        if self.type == "short_answer" or self.words.is_drawn(self.fields):
            return ()
        return (self.one(f"{start}.value", _("Wrong number"), "number"),)

    def _answer_head(self, start: str) -> Head:
        return (
            self.one(f"{start}.fraction", _("Share of the points"), "number", help=_("empty: all of them")),
        )

    def _gap_head(self, start: str) -> Head:
        kinds = (("text", _("a text")), ("number", _("a number")), ("choice", _("one of a list")))
        if self.fields.get(f"{start}.kind") == "choice":
            key = self._one_of(f"{start}.key", _("Right one"), ids_of(self.fields, f"{start}.choices"))
        else:
            key = self.one(
                f"{start}.key",
                _("Right number"),
                "number",
                only="number choice",
                help=_("drawn: stays empty") if self.words.is_drawn(self.fields) else "",
            )
        return (
            self.one(f"{start}.kind", _("Holds"), "select", choices=kinds),
            key,
            self.one(f"{start}.unit", _("Unit"), only="number"),
            *self.tolerance(f"{start}.tolerance", only="number", may_lack=True),
        )

    def _region_head(self, start: str) -> Head:
        shapes = tuple((shape, self.words.shape(shape)) for shape in SHAPES)
        return (
            self.tick(f"{start}.correct", _("Right")),
            self.one(f"{start}.shape", _("Shape"), "select", choices=shapes),
            self.one(f"{start}.at", _("Lies at"), "wide"),
        )

    def _image_head(self, start: str) -> Head:
        kinds = tuple((kind, self.words.picture(kind)) for kind in KINDS)
        head = [self.one(f"{start}.kind", _("What it is"), "select", choices=kinds)]
        head.append(
            self.one(f"{start}.name", _("Name of the picture"), "wide", only="asset file", suggests="assets")
        )
        of_kind: dict[str, list[str]] = {}
        codecs = {}
        for kind, columns in DRAWINGS.items():
            for column, codec in columns.items():
                of_kind.setdefault(column, []).append(kind)
                codecs[column] = _CODECS[codec]
        for column, kinds_with in of_kind.items():
            name, label, only = f"{start}.{column}", self.words.drawing(column), " ".join(kinds_with)
            if codecs[column] == "check":
                head.append(self.tick(name, label, only=only))
            else:
                head.append(self.one(name, label, codecs[column], only=only))
        drawn = " ".join(DRAWINGS)
        return (*head, self.tick(f"{start}.no_table", _("Without its numbers as a table"), only=drawn))

    def _image_passages(self, start: str) -> Passages:
        drawn = " ".join(DRAWINGS)
        return (
            self.passage(_("What it shows, for who does not see it"), f"{start}.alt"),
            self.passage(_("Words at the x axis"), f"{start}.x", "line", only=drawn),
            self.passage(_("Words at the y axis"), f"{start}.y", "line", only=drawn),
            self.passage(_("Names of the bars, one a line"), f"{start}.labels", only="bars"),
        )

    def _unit_head(self, start: str) -> Head:
        unit = self.fields.get("unit") or "–"
        return (self.one(f"{start}.factor", _("is so many %(unit)s") % {"unit": unit}, "number"),)

    def _draw_head(self, start: str) -> Head:
        return (
            self.one(f"{start}.from", _("from"), "number"),
            self.one(f"{start}.to", _("to"), "number"),
            self.one(f"{start}.step", _("in steps of"), "number"),
            self.one(f"{start}.one_of", _("or one of"), "wide"),
        )

    def _value_head(self, start: str) -> Head:
        uses = (("slip", _("a known wrong number")), ("option", _("an option or gap")))
        return (
            self.one(f"{start}.use", _("is the value of"), "select", choices=uses),
            self.one(f"{start}.formula", _("Formula"), "wide"),
        )
