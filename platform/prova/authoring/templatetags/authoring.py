"""How the pages of authors write names."""

from django import template
from django.utils.translation import get_language

from prova.authoring.judging import Remark
from prova.authoring.kinds import kind_of
from prova.authoring.languages import name_of

register = template.Library()


@register.filter
def language_name(code: str) -> str:
    return name_of(code)


@register.filter
def dashed(name: str) -> str:
    """As ids of fields are written."""
    return name.replace(".", "-")


@register.filter
def kind_name(item_type: str) -> str:
    return str(kind_of(item_type).name)


@register.filter
def said(remark: Remark) -> str:
    """In the language of the page."""
    return remark.text(get_language() or "en")
