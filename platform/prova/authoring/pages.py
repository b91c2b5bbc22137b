"""What several views of the editor share."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import Http404
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from prova.authoring.asking import Wish
from prova.authoring.demands import demands_on
from prova.authoring.forms.content import Content, languages_of
from prova.authoring.judging import Judgement, Remark, judged
from prova.authoring.languages import name_of
from prova.authoring.models import Draft
from prova.authoring.preview import preview_of
from prova.authoring.variants import Drawn, variants_of
from prova.drawing.page import context_of
from prova.drawing.variants import Found


def find_draft(draft_id: int) -> Draft:
    draft = (
        Draft.objects.select_related("based_on", "author", "published_version").filter(pk=draft_id).first()
    )
    if draft is None:
        raise Http404(_("No such draft."))
    return draft


def looked_at(draft: Draft, content: Content, topic: str) -> tuple[Judgement, Drawn]:
    """What is wrong with this content, and the variants it can be shown with; nothing is stored."""
    demanded = [demand.language for demand in demands_on(draft)]
    bare = judged(content, topic, (), demanded=demanded)
    drawn = variants_of(draft, bare.definition, is_sound=bare.is_readable)
    if not (bare.is_readable and drawn.is_current):
        return _with_failure(bare, drawn), drawn
    return judged(content, topic, drawn.variants, demanded=demanded), drawn


def _with_failure(bare: Judgement, drawn: Drawn) -> Judgement:
    """Nothing is in order while what the question asks for cannot be drawn."""
    if drawn.found is None or drawn.found.state != Found.FAILED:
        return bare
    message = f"no variants could be drawn: {drawn.found.problem_text('en')}"
    return replace(bare, remarks=(Remark("", message, is_error=True, rule="draw"), *bare.remarks))


def preview_context(content: Content, judgement: Judgement, drawn: Drawn, wish: Wish) -> dict[str, Any]:
    written = languages_of(content)
    language = wish.language if wish.language in written else written[0]
    place = wish.variant if wish.variant < len(drawn.variants) else 0
    variant = drawn.variants[place] if drawn.variants else None
    preview = preview_of(judgement.definition, variant, language, wish.answer)
    return {
        "card": preview,
        "item": preview.item,
        "shown": preview.presentation,
        "preview_language": language,
        "preview_languages": [(code, name_of(code)) for code in written],
        "preview_variant": place,
        "preview_variants": range(len(drawn.variants)),
        "tried": wish.answer or ("",),
        "drawn": drawn,
        "drawing": context_of(drawn.found) if drawn.found else None,
        "judgement": judgement,
    }


def page_language(content: Content) -> str:
    """The page's language where the question has it, else its first."""
    written = languages_of(content)
    asked = get_language() or "en"
    return asked if asked in written else written[0]
