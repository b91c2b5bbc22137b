"""Words of the editor that depend on what is edited."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from prova.authoring.forms.drawn import is_drawn


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


def group_words() -> dict[str, tuple[str, str, str]]:
    return {
        "choices": (
            _("Choices"),
            _("What the rows are matched with. Add one or two that fit no row."),
            _("Add a choice"),
        ),
        "slips": (
            _("Known wrong numbers"),
            _("Who gives exactly this number is told which mistake leads to it."),
            _("Add a known wrong number"),
        ),
        "mistakes": (
            _("Known wrong answers"),
            _("Who gives one of these wordings is told which mistake leads to it."),
            _("Add a known wrong answer"),
        ),
        "hints": (
            _("Hints"),
            _("Taken one after the other; each costs a share of the question's points."),
            _("Add a hint"),
        ),
        "answers": (
            _("Accepted answers"),
            _("A wording of any language counts. An answer that is right in part has a share of the points."),
            _("Add an answer"),
        ),
        "gaps": (
            _("Gaps"),
            _("Write [[gap.ID]] once in the question of each language, where the gap is."),
            _("Add a gap"),
        ),
        "inner choices": (_("List to choose from"), "", _("Add to the list")),
        "regions": (
            _("Regions"),
            _("In the numbers of the axes, or in percent of an uploaded picture. The preview draws them."),
            _("Add a region"),
        ),
        "images": (
            _("Pictures"),
            _("In a text a picture stands as ![what it shows](image:ID)."),
            _("Add a picture"),
        ),
        "rubric": (
            _("Criteria"),
            _("What a person marks by. Levels go up from 0 points to the full mark."),
            _("Add a criterion"),
        ),
        "inner levels": (_("Levels"), "", _("Add a level")),
        "units": (
            _("Other units"),
            _("Units that are understood beside the question's own."),
            _("Add a unit"),
        ),
        "draw": (
            _("Drawn numbers"),
            _("Each from a range or from a list. Texts print it as [[name]]."),
            _("Add a drawn number"),
        ),
        "compute": (
            _("Computed numbers"),
            _("From drawn ones and from each other, as in 2 ** bits - 1."),
            _("Add a computed number"),
        ),
        "values": (
            _("Values of mistakes, options and gaps"),
            _("A formula for each known wrong number, option or gap, under its id."),
            _("Add a value"),
        ),
    }


def level_choices() -> tuple[tuple[str, str], ...]:
    return ("recall", _("Recall")), ("apply", _("Apply")), ("analyse", _("Analyse"))


def rule_choices(rules: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    words = {
        "net_correct": _("right minus wrong choices"),
        "every_decision": _("every decision counts the same"),
        "all_or_nothing": _("all or nothing"),
        "coverage": _("share of the keys found, times share of the choices that are right"),
        "fractions": _("each option has its own share"),
        "pairs": _("share of the pairs in the right order"),
        "net_pairs": _("pairs in the right order minus pairs in the wrong one"),
        "places": _("share of the steps at their place"),
    }
    return tuple((rule, f"{rule}: {words[rule]}" if rule in words else rule) for rule in rules)


def tolerance_choices() -> tuple[tuple[str, str], ...]:
    return (
        ("absolute", _("give or take so much")),
        ("relative", _("give or take a share of the number")),
        ("decimal_places", _("right to so many decimal places")),
        ("significant_digits", _("right to so many significant digits")),
        ("interval", _("between two numbers")),
        ("geometric", _("up to so many times more or less")),
    )
