"""Levels of exercises and of questions in the page's language."""

from django.utils.translation import gettext_lazy as _

LABELS = {
    "introductory": _("Introductory"),
    "intermediate": _("Intermediate"),
    "advanced": _("Advanced"),
    "recall": _("Recall"),
    "apply": _("Apply"),
    "analyse": _("Analyse"),
}


def level_label(level: str) -> str:
    return str(LABELS.get(level, level.capitalize()))
