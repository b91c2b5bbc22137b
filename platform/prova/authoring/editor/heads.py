"""What stands at the head of a row: its id, and what is said about it once for all languages."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _

from prova.authoring.editor.fields import FieldBuilder
from prova.authoring.editor.model import FormField
from prova.authoring.forms.ids import ids_of
from prova.authoring.forms.parts.images import DRAWINGS, KINDS
from questionbank.items.hotspot_areas import SHAPES

Head = tuple[FormField, ...]
_CODECS = {"numbers": "wide", "words": "wide", "one": "number", "flag": "check"}


class HeadBuilder(FieldBuilder):
    def head(self, kind: str, place: int) -> Head:
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
            return self._option_head(place)
        name = self.one(f"{start}.id", self.words.row_id(last))
        return (name, *heads[last](start)) if last in heads and kind != "choices" else (name,)

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
