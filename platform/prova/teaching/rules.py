"""How a question's answers become a share of its points, in words."""

from django.utils.translation import gettext as _


def rule_words(rule: str) -> str:
    """Empty: it has no words."""
    words = {
        "net_correct": _("right minus wrong choices"),
        "every_decision": _("every decision counts the same"),
        "all_or_nothing": _("all or nothing"),
        "coverage": _("share of the keys found, times share of the choices that are right"),
        "fractions": _("each option has its own share"),
        "pairs": _("share of the pairs in the right order"),
        "net_pairs": _("pairs in the right order minus pairs in the wrong one"),
        "places": _("share of the steps at their place"),
        "lines": _("share of the lines that are right and in their order"),
    }
    return words.get(rule, "")
