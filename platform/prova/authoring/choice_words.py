"""What the editor's lists offer to choose from, with the words beside each."""

from django.utils.translation import gettext as _


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
