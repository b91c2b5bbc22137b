"""A question and its form fields: what a learner answers in. Previews and practice show the same."""

from contextlib import nullcontext
from typing import Any, Protocol

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from prova.courses.html import html
from prova.courses.templatetags.prova import lang_unless_page
from prova.quizzes.fragments.choices import options
from prova.quizzes.fragments.number import number
from questionbank.items import Presentation

NOTHING = SafeString("")
FIELD = "item"


class Answerable(Protocol):
    @property
    def item(self) -> Any: ...  # with pk, a number or a name
    @property
    def presentation(self) -> Presentation: ...
    @property
    def answer_text(self) -> str: ...


def card_body(card: Answerable) -> SafeString:
    """In the question's own language."""
    shown = card.presentation
    lang = lang_unless_page(shown.language)
    with translation.override(shown.language) if lang else nullcontext():
        stem = _template("gaps", card) if shown.pieces else mark_safe(shown.stem_html)
        return html(
            '<div class="question__body"{lang}>\n<div class="question__stem prose" id="stem-{pk}">{stem}</div>\n'
            "{fields}\n</div>",
            lang=lang,
            pk=card.item.pk,
            stem=stem,
            fields=_fields(card),
        )


def _fields(card: Answerable) -> SafeString:
    shown, pk = card.presentation, card.item.pk
    if shown.options:
        return _options(shown, pk)
    if shown.type == "numeric":
        return number(shown, FIELD, pk, card.answer_text, says_state=True)
    if shown.type == "gaps":
        return _template("gaps_rules", card)
    if shown.rows:
        return _template("rows", card)
    return _template(shown.type, card)


def _options(shown: Presentation, pk: int | str) -> SafeString:
    several = html('<p class="muted small">{text}</p>\n', text=_("More than one may be right."))
    return html(
        '<div class="options" role="{role}" aria-labelledby="title-{pk} stem-{pk}" aria-describedby="state-{pk}">\n'
        "{several}{options}\n</div>",
        role="group" if shown.multiple else "radiogroup",
        pk=pk,
        several=several if shown.multiple else NOTHING,
        options=options(shown, FIELD, pk),
    )


def _template(name: str, card: Answerable) -> SafeString:
    """Of the types that are met less often, or are answered in one large field."""
    context = {
        "card": card,
        "shown": card.presentation,
        "typed": card.answer_text,
        "field": FIELD,
        "pk": card.item.pk,
        "says_state": True,
    }
    if card.presentation.hotspot is not None:
        context["points"] = getattr(card, "points", None) or card.presentation.hotspot.points
    return render_to_string(f"quizzes/_{name}.html", context)
