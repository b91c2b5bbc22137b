"""Words of the editor that depend on what is edited."""

from collections.abc import Mapping

from django.utils.translation import gettext as _


class FieldWords:
    def group(self, kind: str, item_type: str) -> tuple[str, str, str]:
        """(title, help, words of the button that adds a row)"""
        if kind == "options":
            return self._options(item_type)
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
            "hints": (
                _("Hints"),
                _("Taken one after the other; each costs a share of the question's points."),
                _("Add a hint"),
            ),
        }[kind]

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
        return {"choices": _("Choice"), "slips": _("What the student is told"), "hints": _("Hint")}[kind]

    def is_drawn(self, fields: Mapping[str, str]) -> bool:
        return any(fields.get(way) for way in ("generator", "parameters", "generator_source"))


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
