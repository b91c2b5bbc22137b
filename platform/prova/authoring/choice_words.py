"""What the editor's lists offer to choose from, with the words beside each."""

from django.utils.translation import gettext as _

from prova.teaching.rules import rule_words


def level_choices() -> tuple[tuple[str, str], ...]:
    return ("recall", _("Recall")), ("apply", _("Apply")), ("analyse", _("Analyse"))


def rule_choices(rules: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    return tuple((rule, f"{rule}: {words}" if (words := rule_words(rule)) else rule) for rule in rules)


def tolerance_choices() -> tuple[tuple[str, str], ...]:
    return (
        ("absolute", _("give or take so much")),
        ("relative", _("give or take a share of the number")),
        ("decimal_places", _("right to so many decimal places")),
        ("significant_digits", _("right to so many significant digits")),
        ("interval", _("between two numbers")),
        ("geometric", _("up to so many times more or less")),
    )
