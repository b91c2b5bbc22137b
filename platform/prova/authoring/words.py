"""Words of the editor that depend on what is edited."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from prova.authoring.choice_words import tolerance_choices
from prova.authoring.forms.drawn import is_drawn
from prova.authoring.group_words import group_words


class FieldWords:
    def group(self, kind: str, item_type: str) -> tuple[str, str, str]:
        """(title, help, words of the button that adds a row)"""
        if kind == "options":
            return self._options(item_type)
        return (
            group_words()[kind]
            if kind != "slips" or item_type != "short_answer"
            else group_words()["mistakes"]
        )

    def _options(self, item_type: str) -> tuple[str, str, str]:
        if item_type == "true_false":
            return _("Statements"), _("Each is true or false on its own."), _("Add a statement")
        if item_type == "ordering":
            return _("Steps"), _("In their right order; students see them mixed."), _("Add a step")
        if item_type == "matching":
            return _("Rows"), _("Each belongs to one of the choices below."), _("Add a row")
        return _("Options"), _("Students see them shuffled."), _("Add an option")

    def option(self, item_type: str) -> str:
        if item_type == "true_false":
            return _("Statement")
        return {"ordering": _("Step"), "matching": _("Row")}.get(item_type, _("Option"))

    def correct(self, item_type: str) -> str:
        return _("True") if item_type == "true_false" else _("Right")

    def text(self, kind: str) -> str:
        return {
            "choices": _("Choice"),
            "slips": _("What the student is told"),
            "hints": _("Hint"),
            "regions": _("What the student is told"),
            "levels": _("What the level means"),
        }[kind]

    def row_id(self, kind: str) -> str:
        return _("Name") if kind in ("units", "draw", "compute", "values") else _("Id")

    def is_drawn(self, fields: Mapping[str, str]) -> bool:
        return is_drawn(fields)

    def tolerance(self) -> str:
        return _("Tolerance")

    def no_tolerance(self) -> str:
        return _("exactly the number")

    def tolerances(self) -> tuple[tuple[str, str], ...]:
        return tolerance_choices()

    def tolerance_ends(self) -> tuple[tuple[str, str, str], ...]:
        """(field, label, kinds that have it)"""
        by_share = "relative geometric significant_digits"
        return (
            ("value", _("how much"), f"absolute decimal_places {by_share}"),
            ("floor", _("but at least"), by_share),
            ("low", _("from"), "interval"),
            ("high", _("to"), "interval"),
        )

    def shape(self, shape: str) -> str:
        """With the numbers that it is written with."""
        return {
            "rectangle": _("rectangle: x, y, x, y"),
            "circle": _("circle: x, y, radius"),
            "band": _("band: from x, to x"),
            "bar": _("bar: its number"),
            "polygon": _("polygon: x, y; x, y; x, y …"),
        }[shape]

    def picture(self, kind: str) -> str:
        return {
            "histogram": _("histogram"),
            "bars": _("bars"),
            "curve": _("curve"),
            "staircase": _("staircase"),
            "matrix": _("matrix"),
            "asset": _("uploaded picture"),
            "file": _("file beside the question files"),
        }[kind]

    def drawing(self, column: str) -> str:
        return {
            "edges": _("Edges"),
            "counts": _("Counts"),
            "marks": _("Dashed lines at"),
            "values": _("Values"),
            "names": _("Names, with commas"),
            "log": _("Logarithmic axis"),
            "x": _("x of each point"),
            "y": _("y of each point"),
            "dots_only": _("Points without a line"),
            "log_x": _("Logarithmic x axis"),
            "log_y": _("Logarithmic y axis"),
            "levels": _("Levels"),
            "identity": _("With the line output = input"),
            "columns": _("Columns"),
        }[column]
