from typing import Any

from django import template
from django.urls import NoReverseMatch, reverse
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from prova.bank.languages import name_of
from prova.bank.origins import origin_label
from prova.courses.texts import text_in
from questionbank.models import Collection

register = template.Library()

_PART_KINDS = {
    "placeholders": _("Placeholders"),
    "formulas": _("Formulas"),
    "code": _("Code"),
    "numbers": _("Numbers"),
    "options": _("Options"),
    "choices": _("Choices"),
    "slips": _("Known mistakes"),
    "gaps": _("Gaps"),
    "regions": _("Regions"),
    "hints": _("Hints"),
    "rubric": _("Criteria"),
}
_PLACES = {
    "objective": _("Objective"),
    "convention": _("Convention"),
    "stem": _("Stem"),
    "explanation": _("Explanation"),
    "options": _("Option"),
    "choices": _("Choice"),
    "slips": _("Known mistake"),
    "gaps": _("Gap"),
    "regions": _("Region"),
    "hints": _("Hint"),
    "rubric": _("Criterion"),
    "images": _("Image"),
    "model_answer": _("Model answer"),
}


@register.simple_tag
def url_if_there(name: str, *arguments: Any) -> str:
    """The address, or nothing where the site has no such page."""
    try:
        return reverse(name, args=arguments)
    except NoReverseMatch:
        return ""


@register.filter
def language_name(code: str) -> str:
    return name_of(code)


register.filter("origin", origin_label)


@register.filter
def correlation(value: float | None) -> str:
    """Two decimals, in the page's number format."""
    return "–" if value is None else number_format(round(value, 2), 2)


@register.simple_tag
def title_of(collection: Collection) -> str:
    return text_in(collection.titles)


@register.simple_tag
def description_of(collection: Collection) -> str:
    return text_in(collection.descriptions)


@register.filter
def part_kind(kind: str) -> str:
    return str(_PART_KINDS.get(kind, kind))


@register.filter
def place_name(place: tuple[str, ...]) -> str:
    """("options", "steps", "explanation"): Option steps, explanation."""
    kind, *rest = place
    names = [
        str(_PLACES.get(each, each)).lower() if each == "explanation" else each
        for each in rest
        if each != "text"
    ]
    return " ".join([str(_PLACES.get(kind, kind)), ", ".join(names)]).strip()
